import { randomUUID } from 'node:crypto';
import { controllersOf, type Route, routesOf } from 'test/architecture/routes';
import { promote, registerProved } from 'test/auth/links';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { ADMIN_ACTS } from './admin-acts';

interface Entry {
  actor_id: string;
  action: string;
  target_type: string;
  target_id: string | null;
  request_id: string;
}

let app: TestApp;
let admin: TestPerson;

beforeAll(async () => {
  app = await startTestApp();
  await app.setClock('2026-03-02T06:00:00Z');
  admin = await registerProved(app);
  await promote(app, admin);
});
afterAll(() => app.close());

const entries = async (): Promise<Entry[]> =>
  (await app.database.query<Entry>('SELECT * FROM audit_log ORDER BY at, request_id')).rows;
/** The routes that change something for administrators. */
const changing = (routes: readonly Pick<Route, 'verb' | 'path'>[]): string[] =>
  routes
    .filter(({ verb, path }) => verb !== 'get' && path.startsWith('/admin/'))
    .map(({ verb, path }) => `${verb} ${path}`)
    .sort();

describe('what an administrator changes', () => {
  it('is each a row of the table below: a new route without one fails here', () => {
    expect(Object.keys(ADMIN_ACTS).sort()).toEqual(changing(routesOf(controllersOf(app.nest))));
  });

  it('is found by a walk that a new route turns red, and a new page does not', () => {
    const known = Object.keys(ADMIN_ACTS).map((route) => {
      const [verb = '', path = ''] = route.split(' ');
      return { verb, path };
    });
    const page = { verb: 'get', path: '/admin/anything' };
    expect(changing([...known, page])).toEqual(Object.keys(ADMIN_ACTS).sort());
    const forgotten = { verb: 'delete', path: '/admin/users/:id' };
    expect(changing([...known, forgotten])).not.toEqual(Object.keys(ADMIN_ACTS).sort());
  });

  it.each(Object.entries(ADMIN_ACTS))(
    'leaves one entry of who did it, and of nothing that was said: %s',
    async (_, act) => {
      const call = await act({ app, admin });
      const before = await entries();
      const answer = await call.send(admin.http);
      expect([200, 201, 202, 204]).toContain(answer.status);
      const known = new Set(before.map(({ request_id }) => request_id));
      const added = (await entries()).filter(({ request_id }) => !known.has(request_id));
      const { targetId } = call;
      expect(added).toEqual([
        {
          id: expect.any(String) as string,
          at: expect.any(Date) as Date,
          actor_id: admin.id,
          action: call.action,
          target_type: call.target,
          target_id: targetId === 'answer' ? (answer.body as { id: string }).id : targetId,
          request_id: (answer as unknown as { headers: Record<string, string> }).headers['x-request-id'],
        },
      ]);
      expect((await entries()).length).toBe(before.length + 1);
    },
  );

  it.each(Object.entries(ADMIN_ACTS))('leaves none when it is refused: %s', async (route, act) => {
    const call = await act({ app, admin });
    const before = (await entries()).length;
    const stranger = await app.register({ role: 'coach' });
    expect((await call.send(stranger.http)).status).toBe(403);
    expect((await call.send(app.http)).status).toBe(401);
    const [verb = '', path = ''] = route.split(' ');
    const nowhere = path.replace(':domain', 'nowhere.example').replace(/:\w+/, randomUUID());
    // A row that is not there, a body that says nothing, no file.
    const refused = await admin.http[verb as 'post'](nowhere).send({});
    expect([404, 415, 422]).toContain(refused.status);
    expect((await entries()).length).toBe(before);
  });
});
