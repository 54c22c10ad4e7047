import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { aCoach, book, expectStatus } from 'test/support/coaching';
import { type HttpClient, startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

type Verb = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** What belongs to somebody: the id that a stranger tries. */
interface Belongings {
  device: string;
  pricing: string;
  availability: string;
  booking: string;
  notification: string;
}

/** Every route that names a row of somebody, and whose row. */
const OWNED: Readonly<Record<string, keyof Belongings>> = {
  'delete /auth/api-keys/{id}': 'device',
  'get /coaches/pricing/{id}': 'pricing',
  'put /coaches/pricing/{id}': 'pricing',
  'delete /coaches/pricing/{id}': 'pricing',
  'put /coaches/availability/{id}': 'availability',
  'delete /coaches/availability/{id}': 'availability',
  'get /bookings/{id}': 'booking',
  'get /bookings/{id}/history': 'booking',
  'post /bookings/{id}/confirm': 'booking',
  'post /bookings/{id}/reject': 'booking',
  'delete /bookings/{id}': 'booking',
  'post /notifications/{id}/read': 'notification',
};

/** Routes with a parameter that names nobody's row, each with its reason. */
const SHARED: Readonly<Record<string, string>> = {
  'get /coaches/{id}/slots': 'anybody may see what a coach offers',
  'get /static/avatars/{file}': 'the silhouettes are everybody’s',
  'post /admin/users/{id}/suspend': 'admins only, by role',
  'post /admin/users/{id}/reactivate': 'admins only, by role',
  'post /sandbox/jobs/{name}/run': 'development only',
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
    const booking = await book(client, owner.id, '2026-03-03T09:00:00Z');
    const firstOf = async (path: string): Promise<string> => {
      const body = await expectStatus<{ items?: { id: string }[] } | { id: string }[]>(owner.http.get(path), 200);
      const [row] = Array.isArray(body) ? body : (body.items ?? []);
      if (!row) throw new Error(`nothing at ${path}`);
      return row.id;
    };
    belongings = {
      device: await firstOf('/auth/api-keys'),
      pricing: await firstOf('/coaches/pricing'),
      availability: await firstOf('/coaches/availability'),
      booking: booking.id,
      notification: await firstOf('/notifications'),
    };
  });
  afterAll(() => app.close());

  const snapshot = async (): Promise<string> => {
    const { rows } = await app.database.query<{ state: string }>(
      `SELECT md5(string_agg(state, '|' ORDER BY state)) AS state FROM (
         SELECT b::text AS state FROM bookings b UNION ALL SELECT p::text FROM pricings p
         UNION ALL SELECT a::text FROM availabilities a UNION ALL SELECT n::text FROM notifications n
         UNION ALL SELECT k.id::text || coalesce(k.revoked_at::text, '') FROM api_keys k) AS everything`,
    );
    return rows[0]?.state ?? '';
  };
  const ask = async (http: HttpClient, route: string, id: string): Promise<{ status: number; body: object }> => {
    const [verb = 'get', path = ''] = route.split(' ');
    const answer = await http[verb as Verb](path.replace('{id}', id)).send(verb === 'get' ? undefined : {});
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
