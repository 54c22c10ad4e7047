import { randomUUID } from 'node:crypto';
import { aCoach } from 'test/support/coaching';
import { type HttpClient, startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { documentedRoutes, ownedRows, verbOf } from './access';
import { aWorld, type Belongings, BODIES, named } from './belongings';

const OWNED = ownedRows();

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
  'delete /integrations/disconnect/{provider}': 'a word that names the own connection',
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
  'get /enroll/{token}': 'knowing a link is the right to see where it leads',
  'post /users/me/enroll/{token}': 'knowing a link is the right to follow it',
  'get /health/sharing/{coach_id}': 'what the caller himself shares with any coach',
  'patch /health/sharing/{coach_id}': 'the same',
  'put /admin/social-platforms/{id}': 'admins only, by role',
  'delete /admin/social-platforms/{id}': 'admins only, by role',
  'patch /admin/health/parameters/{id}': 'admins only, by role',
  'delete /admin/health/parameters/{id}': 'admins only, by role',
  'head /webhooks/withings/{secret}': 'knowing the secret is the right to call it',
  'post /webhooks/withings/{secret}': 'the same',
  'delete /users/me/gyms/{gym_id}': 'the club is everybody’s; what goes is its place among the own ones',
  'delete /admin/blocked-domains/{domain}': 'admins only, by role',
  'get /admin/feedback/{id}': 'admins only, by role',
  'patch /admin/feedback/{id}': 'admins only, by role',
  'post /admin/dead-letters/{id}/replay': 'admins only, by role',
  'delete /admin/dead-letters/{id}': 'admins only, by role',
  'post /sandbox/jobs/{name}/run': 'development only',
  'get /sandbox/messages/{id}/preview': 'development only',
};

const parametrised = documentedRoutes().filter((route) => route.includes('{'));

describe('trust 1: somebody else’s row', () => {
  let app: TestApp;
  let stranger: TestPerson;
  let belongings: Belongings;

  beforeAll(async () => {
    app = await startTestApp();
    await app.setClock('2026-03-02T06:00:00Z');
    ({ belongings } = await aWorld(app));
    stranger = await aCoach(app);
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
         UNION ALL SELECT s::text FROM social_links s UNION ALL SELECT e::text FROM enrollment_tokens e
         UNION ALL SELECT l::text FROM health_logs l UNION ALL SELECT v::text FROM health_sharings v
         UNION ALL SELECT w::text FROM waitlist_entries w UNION ALL SELECT f::text FROM performance_sessions f
         UNION ALL SELECT h::text FROM plans h UNION ALL SELECT i::text FROM plan_assignments i
         UNION ALL SELECT k.id::text || coalesce(k.revoked_at::text, '') FROM api_keys k) AS everything`,
    );
    return rows[0]?.state ?? '';
  };
  const ask = async (http: HttpClient, route: string, id: string): Promise<{ status: number; body: object }> => {
    const verb = verbOf(route);
    const answer = await http[verb](named(route, id, belongings)).send(
      verb === 'get' ? undefined : (BODIES[route] ?? {}),
    );
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
