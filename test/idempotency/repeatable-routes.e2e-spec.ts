import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { exerciseId } from 'src/database/exercise-catalogue';
import { promote, registerProved } from 'test/auth/links';
import { bond, confirm, sell, setPolicy } from 'test/booking/dealings';
import { connected } from 'test/integration/strava';
import { train } from 'test/performance/training';
import { aToken } from 'test/enrollment/enrolling';
import { aPlan } from 'test/program/plans';
import { aClub } from 'test/support/clubs';
import { aCoach, book, expectStatus } from 'test/support/coaching';
import { join } from 'test/support/queues';
import { StravaServer } from 'test/support/strava-server';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { parameterId } from 'test/wellness/values';

const NOW = '2026-03-02T06:00:00Z';
const SLOT = '2026-03-03T09:00:00Z';

interface Attempt {
  person: TestPerson;
  path: string;
  body?: object;
  /** A file, instead of a body. */
  file?: string;
}

interface Scene {
  app: TestApp;
  strava: StravaServer;
  coach: TestPerson;
  client: TestPerson;
}

const confirmed = async ({ coach, client }: Scene): Promise<string> => {
  const booking = await book(client, coach.id, SLOT);
  await confirm(coach, booking);
  return booking.id;
};
const full = async ({ app, coach }: Scene): Promise<{ holder: TestPerson; bookingId: string }> => {
  const holder = await app.register();
  return { holder, bookingId: (await book(holder, coach.id, SLOT)).id };
};
const packagePrice = async ({ coach }: Scene): Promise<string> => {
  const price = { type: 'package', name: 'Dix', session_count: 10, price_cents: 45_000 };
  return (await expectStatus<{ id: string }>(coach.http.post('/coaches/pricing').send(price), 201)).id;
};

/** Every route whose repeat with the same key gives the first answer again, and what leads to an answer that is kept. */
const REPEATABLE: Readonly<Record<string, (scene: Scene) => Promise<Attempt> | Attempt>> = {
  'post /users/me/gyms': async ({ app, client }) => ({
    person: client,
    path: '/users/me/gyms',
    body: { gym_id: await aClub(app) },
  }),
  'post /admin/gyms/import': async ({ app }) => {
    const person = await registerProved(app);
    await promote(app, person);
    const header = 'external_id,chain_name,name,address,zip_code,city,country,lat,lng,phone,open_24h';
    const file = `${header}\na1,Keep Cool,Keep Cool Agde,3 rue de la Mer,34300,Agde,FR,43.31,3.47,,true`;
    return { person, path: '/admin/gyms/import', file };
  },
  'post /admin/blocked-domains': async ({ app }) => {
    const person = await registerProved(app);
    await promote(app, person);
    return { person, path: '/admin/blocked-domains', body: { domain: 'trash.example' } };
  },
  'post /consents': ({ client }) => ({
    person: client,
    path: '/consents',
    body: { type: 'analytics', accepted: true },
  }),
  'post /feedback': ({ client }) => ({
    person: client,
    path: '/feedback',
    body: { type: 'suggestion', title: 'Mode sombre', description: 'La nuit, l’écran éblouit.' },
  }),
  'post /machines/submit': ({ client }) => ({
    person: client,
    path: '/machines/submit',
    body: { type_key: 'leg_press', brand: 'Technogym', qr_code_hash: 'lp-7' },
  }),
  'post /admin/videos/generate/{exercise_id}': async ({ app }) => {
    const person = await registerProved(app);
    await promote(app, person);
    return { person, path: `/admin/videos/generate/${exerciseId('barbell-back-squat')}`, body: { prompt: 'A squat.' } };
  },
  'post /users/me/social-links': ({ client }) => ({
    person: client,
    path: '/users/me/social-links',
    body: { platform: 'strava', url: 'https://strava.com/athletes/7' },
  }),
  'post /coaches/me/enrollment-tokens': ({ coach }) => ({
    person: coach,
    path: '/coaches/me/enrollment-tokens',
    body: { label: 'Affiche', max_uses: 3 },
  }),
  'post /users/me/enroll/{token}': async ({ coach, client }) => ({
    person: client,
    path: `/users/me/enroll/${(await aToken(coach)).token}`,
  }),
  'post /health/logs': async ({ app, client }) => ({
    person: client,
    path: '/health/logs',
    body: { parameter_id: await parameterId(app, 'weight_kg'), value: 72.5, note: 'À jeun' },
  }),
  'post /admin/social-platforms': async ({ app }) => {
    const person = await registerProved(app);
    await promote(app, person);
    return { person, path: '/admin/social-platforms', body: { slug: 'mastodon', label: 'Mastodon' } };
  },
  'post /admin/health/parameters': async ({ app }) => {
    const person = await registerProved(app);
    await promote(app, person);
    return { person, path: '/admin/health/parameters', body: { slug: 'mood', label: { fr: 'Humeur' } } };
  },
  'post /coaches/profile': async ({ app }) => ({
    person: await app.register({ role: 'coach' }),
    path: '/coaches/profile',
    body: { city: 'Lyon' },
  }),
  'post /coaches/profile/specialties': ({ coach }) => ({
    person: coach,
    path: '/coaches/profile/specialties',
    body: { specialty: 'yoga' },
  }),
  'post /coaches/profile/certifications': ({ coach }) => ({
    person: coach,
    path: '/coaches/profile/certifications',
    body: { name: 'BPJEPS' },
  }),
  'post /coaches/pricing': ({ coach }) => ({
    person: coach,
    path: '/coaches/pricing',
    body: { type: 'per_session', name: 'Duo', price_cents: 7_000 },
  }),
  'post /coaches/availability': ({ coach }) => ({
    person: coach,
    path: '/coaches/availability',
    body: { day_of_week: 0, start_time: '21:00', end_time: '22:00' },
  }),
  'post /coaches/time-off': ({ coach }) => ({
    person: coach,
    path: '/coaches/time-off',
    body: { starts_at: '2026-03-09T00:00:00Z', ends_at: '2026-03-10T00:00:00Z' },
  }),
  'post /coaches/cancellation-templates': ({ coach }) => ({
    person: coach,
    path: '/coaches/cancellation-templates',
    body: { title: 'Orage', body: 'Bonjour {prénom}, la séance du {date} est annulée.' },
  }),
  'post /coaches/bookings/bulk-cancel': async ({ coach, client }) => ({
    person: coach,
    path: '/coaches/bookings/bulk-cancel',
    body: { booking_ids: [(await book(client, coach.id, SLOT)).id], custom_message: 'Malade', block_slots: true },
  }),
  'post /coaches/sms/broadcast': async ({ app, coach, client }) => {
    await bond(app, coach, client);
    return { person: coach, path: '/coaches/sms/broadcast', body: { scope: 'all', custom_message: 'Bonjour' } };
  },
  'post /integrations/scale/manual': ({ client }) => ({
    person: client,
    path: '/integrations/scale/manual',
    body: { weight_kg: 80 },
  }),
  'post /clients/profile': ({ client }) => ({ person: client, path: '/clients/profile', body: { height_cm: 180 } }),
  'post /clients/questionnaire': ({ client }) => ({
    person: client,
    path: '/clients/questionnaire',
    body: { goal: 'endurance' },
  }),
  'post /clients/coaching-requests': ({ coach, client }) => ({
    person: client,
    path: '/clients/coaching-requests',
    body: { coach_id: coach.id },
  }),
  'post /coaches/coaching-requests/{id}/accept': async ({ coach, client }) => {
    const asked = client.http.post('/clients/coaching-requests').send({ coach_id: coach.id });
    const { id } = await expectStatus<{ id: string }>(asked, 201);
    return { person: coach, path: `/coaches/coaching-requests/${id}/accept`, body: { coach_message: 'Bienvenue' } };
  },
  'post /integrations/strava/push/{session_id}': async ({ app, strava, client }) => {
    await connected(app, strava, client);
    const { id } = await train(client, '2026-03-01T17:00:00Z', []);
    return { person: client, path: `/integrations/strava/push/${id}` };
  },
  'post /bookings': ({ coach, client }) => ({
    person: client,
    path: '/bookings',
    body: { coach_id: coach.id, scheduled_at: SLOT },
  }),
  'post /bookings/{id}/reschedule': async ({ coach, client }) => {
    const { id } = await book(client, coach.id, SLOT);
    const body = { scheduled_at: '2026-03-04T09:00:00Z' };
    return { person: client, path: `/bookings/${id}/reschedule`, body };
  },
  'post /bookings/{id}/done': async (scene) => {
    const id = await confirmed(scene);
    await scene.app.setClock(SLOT);
    return { person: scene.coach, path: `/bookings/${id}/done` };
  },
  'post /bookings/{id}/no-show': async (scene) => {
    const id = await confirmed(scene);
    await scene.app.setClock(SLOT);
    return { person: scene.coach, path: `/bookings/${id}/no-show` };
  },
  'post /bookings/{id}/apply-penalty': async (scene) => {
    await setPolicy(scene.coach, { mode: 'manual' });
    const id = await confirmed(scene);
    await scene.app.setClock('2026-03-02T10:00:00Z');
    await expectStatus(scene.client.http.delete(`/bookings/${id}`), 200);
    return { person: scene.coach, path: `/bookings/${id}/apply-penalty` };
  },
  'post /performances': ({ client }) => ({
    person: client,
    path: '/performances',
    body: { date: '2026-03-01T17:00:00Z', feeling: 4 },
  }),
  'post /performances/import': ({ client }) => {
    const header = 'Date,Workout Name,Exercise Name,Set Order,Weight,Reps';
    const file = `${header}\n2026-03-01 18:00:00,Legs,Squat (Barbell),1,60,5`;
    return { person: client, path: '/performances/import', file };
  },
  'post /performances/for-client/{id}': async ({ app, coach, client }) => {
    await bond(app, coach, client);
    const body = { date: '2026-03-01T17:00:00Z', feeling: 4 };
    return { person: coach, path: `/performances/for-client/${client.id}`, body };
  },
  'post /clients/program/generate': ({ client }) => ({
    person: client,
    path: '/clients/program/generate',
    body: { goal: 'endurance' },
  }),
  'post /clients/program/recalibrate': ({ client }) => ({
    person: client,
    path: '/clients/program/recalibrate',
    body: { frequency_per_week: 2 },
  }),
  'post /coaches/programs': ({ coach }) => ({ person: coach, path: '/coaches/programs', body: { name: 'Force' } }),
  'post /coaches/programs/{id}/duplicate': async ({ coach }) => ({
    person: coach,
    path: `/coaches/programs/${(await aPlan(coach)).id}/duplicate`,
    body: { name: 'Suite' },
  }),
  'post /coaches/programs/{id}/assign': async ({ app, coach, client }) => {
    await bond(app, coach, client);
    const { id } = await aPlan(coach);
    const body = { client_id: client.id, start_date: '2026-03-02' };
    return { person: coach, path: `/coaches/programs/${id}/assign`, body };
  },
  'post /waitlist/{coach_id}/{slot_datetime}': async (scene) => {
    await full(scene);
    return { person: scene.client, path: `/waitlist/${scene.coach.id}/${SLOT}` };
  },
  'post /waitlist/{id}/confirm': async (scene) => {
    const { holder, bookingId } = await full(scene);
    const { id } = await join(scene.client, scene.coach.id, SLOT);
    await expectStatus(holder.http.delete(`/bookings/${bookingId}`), 200);
    return { person: scene.client, path: `/waitlist/${id}/confirm` };
  },
  'post /coaches/clients/{id}/packages': async ({ app, coach, client }) => {
    await bond(app, coach, client);
    const body = { name: 'Dix', sessions_total: 10, price_cents: 45_000 };
    return { person: coach, path: `/coaches/clients/${client.id}/packages`, body };
  },
  'post /coaches/clients/{id}/packages/{package_id}/adjust': async ({ app, coach, client }) => {
    await bond(app, coach, client);
    const { id } = await sell(coach, client, 10);
    const body = { sessions: 1, reason: 'Offerte' };
    return { person: coach, path: `/coaches/clients/${client.id}/packages/${id}/adjust`, body };
  },
  'post /packages/purchase': async (scene) => ({
    person: scene.client,
    path: '/packages/purchase',
    body: { pricing_id: await packagePrice(scene), payment_method: 'card' },
  }),
  'post /coaches/clients/{id}/payments': async ({ app, coach, client }) => {
    await bond(app, coach, client);
    return { person: coach, path: `/coaches/clients/${client.id}/payments`, body: { amount_cents: 5_000 } };
  },
};

const document = JSON.parse(readFileSync(joinPath(__dirname, '../../docs/openapi.json'), 'utf8')) as {
  paths: Record<string, Record<string, { parameters?: { name: string }[] }>>;
};
const documented = Object.entries(document.paths).flatMap(([path, verbs]) =>
  Object.entries(verbs)
    .filter(([, { parameters = [] }]) => parameters.some(({ name }) => name === 'Idempotency-Key'))
    .map(([verb]) => `${verb} ${path}`),
);

describe('trust 47 and 48: a repeat with the same Idempotency-Key', () => {
  let app: TestApp;
  let strava: StravaServer;
  let scene: Scene;

  beforeAll(async () => {
    strava = await new StravaServer().start();
    app = await startTestApp(strava.variables);
  });
  afterAll(async () => {
    await app.close();
    await strava.stop();
  });
  beforeEach(async () => {
    await app.setClock(NOW);
    const coach = await aCoach(app, { profile: { discovery_enabled: true } });
    scene = { app, strava, coach, client: await app.register() };
  });

  /** How many rows each table has. */
  const rows = async (): Promise<unknown> => {
    const counted = await app.database.query(
      `SELECT tablename, (xpath('//n/text()', query_to_xml(format('SELECT count(*) AS n FROM %I', tablename),
         true, false, '')))[1]::text AS n
       FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename`,
    );
    return counted.rows;
  };
  const send = ({ person, path, body, file }: Attempt, key: string) => {
    const request = person.http.post(path).set('Idempotency-Key', key);
    return file === undefined ? request.send(body) : request.attach('file', Buffer.from(file), 'clubs.csv');
  };

  it('is tried on every route that says it honours the key, and on no other', () => {
    expect(Object.keys(REPEATABLE).sort()).toEqual([...documented].sort());
  });

  it.each(Object.entries(REPEATABLE))('gives the first answer again and does nothing: %s', async (_, prepare) => {
    const attempt = await prepare(scene);
    const key = randomUUID();
    const first = await send(attempt, key);
    expect([200, 201, 202]).toContain(first.status);
    expect(first.headers).not.toHaveProperty('idempotent-replayed');
    const before = await rows();
    const second = await send(attempt, key);
    expect(second.headers['idempotent-replayed']).toBe('true');
    expect([second.status, second.body]).toEqual([first.status, first.body]);
    expect(await rows()).toEqual(before);
    const { file } = attempt;
    const change = file === undefined ? { body: { ...attempt.body, other: 'words' } } : { file: `${file}\n` };
    const other = await send({ ...attempt, ...change }, key);
    expect([other.status, other.body]).toMatchObject([422, { detail: 'idempotency_key_reused' }]);
    expect(await rows()).toEqual(before);
  });
});
