import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exerciseId } from 'src/database/exercise-catalogue';
import { setOf, train } from 'test/performance/training';
import { adjustmentsOf, aPlan, assigned, onDay, planned } from 'test/program/following';
import { aCoach, book, expectStatus } from 'test/support/coaching';
import { type HttpClient, startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

type Verb = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** What belongs to somebody: the id that a stranger tries. */
interface Belongings {
  device: string;
  pricing: string;
  availability: string;
  certification: string;
  timeOff: string;
  template: string;
  client: string;
  coach: string;
  booking: string;
  request: string;
  package: string;
  notification: string;
  waitlistEntry: string;
  performance: string;
  plan: string;
  adjustment: string;
}

/** Every route that names a row of somebody, and whose row. */
const OWNED: Readonly<Record<string, keyof Belongings>> = {
  'delete /auth/api-keys/{id}': 'device',
  'get /coaches/pricing/{id}': 'pricing',
  'put /coaches/pricing/{id}': 'pricing',
  'delete /coaches/pricing/{id}': 'pricing',
  'put /coaches/availability/{id}': 'availability',
  'delete /coaches/availability/{id}': 'availability',
  'put /coaches/profile/certifications/{id}': 'certification',
  'delete /coaches/profile/certifications/{id}': 'certification',
  'delete /coaches/time-off/{id}': 'timeOff',
  'put /coaches/cancellation-templates/{id}': 'template',
  'delete /coaches/cancellation-templates/{id}': 'template',
  'post /coaches/cancellation-templates/{id}/preview': 'template',
  'get /coaches/clients/{id}': 'client',
  'put /coaches/clients/{id}/relation': 'client',
  'get /coaches/clients/{id}/note': 'client',
  'put /coaches/clients/{id}/note': 'client',
  'get /coaches/clients/{id}/hours': 'client',
  'post /coaches/clients/{id}/packages': 'client',
  'get /coaches/clients/{id}/packages': 'client',
  'post /coaches/clients/{id}/packages/{package_id}/adjust': 'client',
  'post /coaches/clients/{id}/payments': 'client',
  'get /coaches/clients/{id}/payments': 'client',
  'put /coaches/clients/{id}/payments/{payment_id}': 'client',
  'get /coaches/clients/{id}/performances': 'client',
  'get /coaches/clients/{id}/program-progress': 'client',
  'get /coaches/programs/{id}': 'plan',
  'put /coaches/programs/{id}': 'plan',
  'delete /coaches/programs/{id}': 'plan',
  'post /coaches/programs/{id}/archive': 'plan',
  'post /coaches/programs/{id}/duplicate': 'plan',
  'post /coaches/programs/{id}/assign': 'plan',
  'get /packages/{id}/movements': 'package',
  'put /clients/coaches/{coach_id}/sharing': 'coach',
  'post /clients/program/adjustments/{id}/refuse': 'adjustment',
  'get /bookings/{id}': 'booking',
  'get /bookings/{id}/history': 'booking',
  'get /bookings/{id}/calendar.ics': 'booking',
  'post /bookings/{id}/confirm': 'booking',
  'post /bookings/{id}/reject': 'booking',
  'get /bookings/{id}/cancellation-preview': 'booking',
  'post /bookings/{id}/reschedule': 'booking',
  'post /bookings/{id}/done': 'booking',
  'post /bookings/{id}/no-show': 'booking',
  'post /bookings/{id}/apply-penalty': 'booking',
  'post /bookings/{id}/waive-penalty': 'booking',
  'delete /bookings/{id}': 'booking',
  'delete /clients/coaching-requests/{id}': 'request',
  'post /coaches/coaching-requests/{id}/accept': 'request',
  'post /coaches/coaching-requests/{id}/reject': 'request',
  'post /notifications/{id}/read': 'notification',
  'post /performances/for-client/{id}': 'client',
  'get /performances/{id}': 'performance',
  'put /performances/{id}': 'performance',
  'delete /performances/{id}': 'performance',
  'post /performances/{id}/report-error': 'performance',
  'post /waitlist/{id}/confirm': 'waitlistEntry',
  'delete /waitlist/{id}': 'waitlistEntry',
  'get /waitlist/{coach_id}/{slot_datetime}': 'coach',
  'put /waitlist/{coach_id}/{slot_datetime}/reorder': 'coach',
};

/** Routes with a parameter that names nobody's row, each with its reason. */
const SHARED: Readonly<Record<string, string>> = {
  'get /coaches/{id}/slots': 'anybody may see what a coach offers',
  'post /waitlist/{coach_id}/{slot_datetime}': 'anybody may wait for a place',
  'get /coaches/{id}/public': 'a coach shows it to everybody',
  'get /coaches/{id}/social-links': 'a coach shows them to everybody',
  'delete /coaches/profile/specialties/{specialty}': 'a word of the own profile',
  'get /static/avatars/{file}': 'the silhouettes are everybody’s',
  'get /static/photos/{file}': 'knowing the name of a picture is the right to see it',
  'get /static/videos/{file}': 'knowing the name of a video is the right to see it',
  'get /calendar/{token}.ics': 'the secret address is the right to see it',
  'post /admin/users/{id}/suspend': 'admins only, by role',
  'post /admin/users/{id}/reactivate': 'admins only, by role',
  'post /admin/coaches/{id}/verify': 'admins only, by role',
  'post /admin/certifications/{id}/validate': 'admins only, by role',
  'post /admin/certifications/{id}/reject': 'admins only, by role',
  'post /admin/machines/{id}/validate': 'admins only, by role',
  'post /admin/machines/{id}/reject': 'admins only, by role',
  'get /admin/machines/{id}/qr.svg': 'admins only, by role',
  'post /admin/videos/generate/{exercise_id}': 'admins only, by role',
  'post /admin/videos/{id}/validate': 'admins only, by role',
  'post /admin/videos/{id}/reject': 'admins only, by role',
  'get /machines/qr/{hash}': 'whoever stands at a machine may scan it',
  'get /gyms/{id}': 'clubs are for everybody to see',
  'get /exercises/{id}': 'the catalogue is for everybody to see',
  'get /performances/stats/exercise/{id}': 'the exercise is of the catalogue; a client is named by client_id',
  'get /performances/stats/exercise/{id}/chart.svg': 'the same',
  'delete /users/me/gyms/{gym_id}': 'the club is everybody’s; what goes is its place among the own ones',
  'post /admin/dead-letters/{id}/replay': 'admins only, by role',
  'delete /admin/dead-letters/{id}': 'admins only, by role',
  'post /sandbox/jobs/{name}/run': 'development only',
  'get /sandbox/messages/{id}/preview': 'development only',
};

/** What a route needs to be told before it looks for the row. */
const BODIES: Readonly<Record<string, object>> = {
  'post /performances/for-client/{id}': { date: '2026-03-01T17:00:00Z' },
  'put /performances/{id}': { feeling: 3 },
  'put /coaches/programs/{id}': { name: 'Autre' },
  'post /coaches/programs/{id}/assign': { client_id: randomUUID(), start_date: '2026-03-02' },
  'put /coaches/clients/{id}/relation': { status: 'ended' },
  'put /coaches/clients/{id}/note': { content: 'Bonjour' },
  'put /waitlist/{coach_id}/{slot_datetime}/reorder': [{ id: randomUUID(), position: 1 }],
  'put /clients/coaches/{coach_id}/sharing': { share_performances: true },
  'post /coaches/clients/{id}/packages': { name: 'Dix', sessions_total: 10, price_cents: 1 },
  'post /coaches/clients/{id}/packages/{package_id}/adjust': { sessions: 1, reason: 'Offerte' },
  'post /coaches/clients/{id}/payments': { amount_cents: 1 },
  'put /coaches/clients/{id}/payments/{payment_id}': { status: 'paid' },
  'post /coaches/cancellation-templates/{id}/preview': { booking_id: randomUUID() },
  'post /bookings/{id}/reschedule': { scheduled_at: '2026-03-04T09:00:00Z' },
};

const document = JSON.parse(readFileSync(join(__dirname, '../../docs/openapi.json'), 'utf8')) as {
  paths: Record<string, Record<string, unknown>>;
};
const parametrised = Object.entries(document.paths)
  .filter(([path]) => path.includes('{'))
  .flatMap(([path, verbs]) => Object.keys(verbs).map((verb) => `${verb} ${path}`));

describe('trust 1: somebody else’s row', () => {
  let app: TestApp;
  let stranger: TestPerson;
  let belongings: Belongings;

  beforeAll(async () => {
    app = await startTestApp();
    await app.setClock('2026-03-02T06:00:00Z');
    const owner = await aCoach(app);
    const client = await app.register();
    stranger = await aCoach(app);
    const diploma = owner.http.post('/coaches/profile/certifications').send({ name: 'BPJEPS' });
    const certification = await expectStatus<{ id: string }>(diploma, 201);
    const booking = await book(client, owner.id, '2026-03-03T09:00:00Z');
    await expectStatus(owner.http.put(`/coaches/clients/${client.id}/relation`).send({ status: 'active' }), 200);
    await expectStatus(owner.http.put(`/coaches/clients/${client.id}/note`).send({ content: 'Ponctuel' }), 200);
    await expectStatus(
      owner.http.post('/coaches/time-off').send({ starts_at: '2026-03-09T00:00:00Z', ends_at: '2026-03-10T00:00:00Z' }),
      201,
    );
    const tenSessions = { name: 'Dix', sessions_total: 10, price_cents: 45_000 };
    const sold = owner.http.post(`/coaches/clients/${client.id}/packages`).send(tenSessions);
    const { id: soldId } = await expectStatus<{ id: string }>(sold, 201);
    await expectStatus(owner.http.post(`/coaches/clients/${client.id}/payments`).send({ amount_cents: 5_000 }), 201);
    const trained = owner.http.post(`/performances/for-client/${client.id}`).send({ date: '2026-03-01T17:00:00Z' });
    const performance = await expectStatus<{ id: string }>(trained, 201);
    const squat = exerciseId('barbell-back-squat');
    await assigned(app, owner, client, await aPlan(owner, onDay(0, planned(squat, 40))), '2026-03-02');
    await train(client, '2026-03-02T07:00:00Z', [setOf(squat, 1)]);
    const [adjustment] = await adjustmentsOf(client);
    const written = owner.http.post('/coaches/programs').send({ name: 'Force' });
    const plan = await expectStatus<{ id: string }>(written, 201);
    const firstOf = async (path: string): Promise<string> => {
      const body = await expectStatus<{ items?: { id: string }[] } | { id: string }[]>(owner.http.get(path), 200);
      const [row] = Array.isArray(body) ? body : (body.items ?? []);
      if (!row) throw new Error(`nothing at ${path}`);
      return row.id;
    };
    await expectStatus(owner.http.put('/coaches/profile').send({ discovery_enabled: true }), 200);
    const asked = (await app.register()).http.post('/clients/coaching-requests').send({ coach_id: owner.id });
    const request = await expectStatus<{ id: string }>(asked, 201);
    const waitingFor = async (coachId: string, startsAt: string): Promise<string> => {
      const someone = await app.register();
      const entry = someone.http.post(`/waitlist/${coachId}/${startsAt}`);
      return (await expectStatus<{ id: string }>(entry, 201)).id;
    };
    belongings = {
      device: await firstOf('/auth/api-keys'),
      pricing: await firstOf('/coaches/pricing'),
      availability: await firstOf('/coaches/availability'),
      certification: certification.id,
      timeOff: await firstOf('/coaches/time-off'),
      template: await firstOf('/coaches/cancellation-templates'),
      client: client.id,
      coach: owner.id,
      booking: booking.id,
      request: request.id,
      package: soldId,
      notification: await firstOf('/notifications'),
      performance: performance.id,
      plan: plan.id,
      adjustment: adjustment?.id ?? '',
      waitlistEntry: await waitingFor(owner.id, '2026-03-03T09:00:00Z'),
    };
  });
  afterAll(() => app.close());

  const snapshot = async (): Promise<string> => {
    const { rows } = await app.database.query<{ state: string }>(
      `SELECT md5(string_agg(state, '|' ORDER BY state)) AS state FROM (
         SELECT b::text AS state FROM bookings b UNION ALL SELECT p::text FROM pricings p
         UNION ALL SELECT t::text FROM time_offs t UNION ALL SELECT m::text FROM message_templates m
         UNION ALL SELECT c::text FROM certifications c UNION ALL SELECT a::text FROM availabilities a UNION ALL SELECT n::text FROM notifications n
         UNION ALL SELECT q::text FROM coaching_requests q
         UNION ALL SELECT r::text FROM relations r UNION ALL SELECT o::text FROM coach_notes o
         UNION ALL SELECT g::text FROM packages g UNION ALL SELECT y::text FROM payments y
         UNION ALL SELECT j::text FROM target_adjustments j
         UNION ALL SELECT w::text FROM waitlist_entries w UNION ALL SELECT f::text FROM performance_sessions f
         UNION ALL SELECT h::text FROM plans h UNION ALL SELECT i::text FROM plan_assignments i
         UNION ALL SELECT k.id::text || coalesce(k.revoked_at::text, '') FROM api_keys k) AS everything`,
    );
    return rows[0]?.state ?? '';
  };
  const ask = async (http: HttpClient, route: string, id: string): Promise<{ status: number; body: object }> => {
    const [verb = 'get', path = ''] = route.split(' ');
    const timed = path.replace('{slot_datetime}', '2026-03-03T09:00:00Z');
    const named = timed.replace(/\{\w+\}/, id).replace(/\{\w+\}/, belongings.package);
    const answer = await http[verb as Verb](named).send(verb === 'get' ? undefined : (BODIES[route] ?? {}));
    return { status: answer.status, body: { ...(answer.body as object), request_id: '' } };
  };

  it('is named by every route that takes an id, and by no other', () => {
    expect([...Object.keys(OWNED), ...Object.keys(SHARED)].sort()).toEqual([...parametrised].sort());
  });

  it.each(Object.keys(OWNED))('looks like a missing one: %s', async (route) => {
    const before = await snapshot();
    const foreign = await ask(stranger.http, route, belongings[OWNED[route] ?? 'booking']);
    const missing = await ask(stranger.http, route, randomUUID());
    expect(foreign.status).toBe(404);
    expect(foreign).toEqual(missing);
    expect(await snapshot()).toBe(before);
  });

  it.each(Object.keys(OWNED))('is found malformed before anybody looks for it: %s', async (route) => {
    for (const id of ['1', 'x'.repeat(36), '%00', '2147483648'])
      expect(await ask(stranger.http, route, id)).toMatchObject({ status: 422, body: { detail: 'validation_error' } });
  });
});
