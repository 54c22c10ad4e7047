import { randomUUID } from 'node:crypto';
import { aCoach, expectStatus } from 'test/support/coaching';
import { type HttpClient, startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { accessRules, documentedRoutes, type RouteAccess, verbOf } from './access';
import { aWorld, BODIES, named, type World } from './belongings';
import { changedTables, tableStates } from './table-states';

/** How somebody who may not is told so. */
type Refusal = `${401 | 403} ${string}` | 404;

interface Caller {
  http: HttpClient;
  /** What he is told at a route, or nothing when he may pass. */
  refused: (rule: RouteAccess) => Refusal | undefined;
}

/** Routes that end the key of their caller: each is asked by somebody new. */
const FAREWELLS = new Set(['delete /users/me', 'delete /auth/logout', 'delete /auth/logout-all']);
const GUARD_CODES = [
  'api_key_missing',
  'api_key_invalid',
  'forbidden',
  'account_suspended',
  'account_pending_deletion',
];

const rules = accessRules();
const keyless =
  (code: string) =>
  ({ who }: RouteAccess): Refusal | undefined =>
    who === 'public' ? undefined : `401 ${code}`;
const closed =
  (code: string) =>
  ({ who, admitsClosedAccounts }: RouteAccess): Refusal | undefined =>
    who === 'public' || admitsClosedAccounts ? undefined : `403 ${code}`;
const strangerWith =
  (...roles: readonly string[]) =>
  ({ who, own, admitsAdmins }: RouteAccess): Refusal | undefined => {
    if (who !== 'public' && !roles.includes(who)) return '403 forbidden';
    return own && !(admitsAdmins && roles.includes('admin')) ? 404 : undefined;
  };

describe('trust 1, 3: the matrix of who may call what', () => {
  let app: TestApp;
  let world: World;
  let callers: Record<string, Caller>;
  let administrator: TestPerson;

  const suspend = (admin: TestPerson, person: TestPerson): Promise<unknown> =>
    expectStatus(admin.http.post(`/admin/users/${person.id}/suspend`).send({}), 200);

  beforeAll(async () => {
    app = await startTestApp();
    await app.setClock('2026-03-02T06:00:00Z');
    world = await aWorld(app);
    const [client, coach, admin] = [await app.register(), await aCoach(app), await app.register()];
    const [leaver, suspended, closing] = [await app.register(), await aCoach(app), await aCoach(app)];
    await app.database.query("UPDATE users SET role = 'admin' WHERE id = $1", [admin.id]);
    await suspend(admin, suspended);
    await expectStatus(closing.http.delete('/users/me'), 200);
    await expectStatus(leaver.http.delete('/auth/logout'), 204);
    administrator = admin;
    callers = {
      nobody: { http: app.http, refused: keyless('api_key_missing') },
      'a revoked key': { http: leaver.http, refused: keyless('api_key_invalid') },
      'somebody suspended': { http: suspended.http, refused: closed('account_suspended') },
      'somebody who leaves': { http: closing.http, refused: closed('account_pending_deletion') },
      'another client': { http: client.http, refused: strangerWith('any') },
      'another coach': { http: coach.http, refused: strangerWith('any', 'coach') },
      'an admin': { http: admin.http, refused: strangerWith('any', 'coach', 'admin') },
    };
    // A key notes once a minute that it was used: here, before anything is compared.
    for (const { http } of [world.owner, ...Object.values(callers)]) await http.get('/auth/me');
  });
  afterAll(() => app.close());

  const ask = async (http: HttpClient, route: string, id: string): Promise<{ status: number; detail: string }> => {
    const verb = verbOf(route);
    const request = http[verb](named(route, id, world.belongings));
    const answer = await (verb === 'get' || verb === 'head' ? request : request.send(BODIES[route] ?? {}));
    return { status: answer.status, detail: (answer.body as { detail?: string }).detail ?? '' };
  };
  const idFor = ({ own }: RouteAccess): string => (own ? world.belongings[own] : randomUUID());

  it('has a row for every route of the API document, and no other', () => {
    expect(rules.map(({ route }) => route).sort()).toEqual(documentedRoutes().sort());
  });

  it('refuses whom it does not name, in the right words, and nothing changes', async () => {
    const before = await tableStates(app.database);
    const wrong: string[] = [];
    let refusals = 0;
    for (const [name, { http, refused }] of Object.entries(callers))
      for (const rule of rules) {
        const expected = refused(rule);
        if (!expected) continue;
        refusals += 1;
        const { status, detail } = await ask(http, rule.route, idFor(rule));
        const said = expected === 404 ? status : `${String(status)} ${detail}`;
        if (said !== expected) wrong.push(`${name}, ${rule.route}: ${said} ${detail} instead of ${expected}`);
      }
    expect(wrong).toEqual([]);
    expect(refusals).toBeGreaterThan(4 * rules.length);
    expect(changedTables(before, await tableStates(app.database))).toEqual([]);
  });

  it('shows every row to its owner', async () => {
    const wrong: string[] = [];
    for (const rule of rules.filter(({ route, own }) => own && route.startsWith('get '))) {
      const { status, detail } = await ask(world.owner.http, rule.route, idFor(rule));
      if (status !== 200) wrong.push(`${rule.route}: ${String(status)} ${detail}`);
    }
    expect(wrong).toEqual([]);
  });

  it('lets everybody pass whom it names: what is answered is about the request', async () => {
    const wrong: string[] = [];
    for (const [name, { http, refused }] of Object.entries(callers))
      for (const rule of rules.filter((each) => refused(each) === undefined && !FAREWELLS.has(each.route))) {
        const { status, detail } = await ask(http, rule.route, randomUUID());
        if (status === 500 || GUARD_CODES.includes(detail))
          wrong.push(`${name}, ${rule.route}: ${String(status)} ${detail}`);
      }
    expect(wrong).toEqual([]);
  });

  it.each([...FAREWELLS])('lets a client, a coach, and an account that is closed say %s', async (route) => {
    for (const role of ['client', 'coach']) {
      const leaver = await app.register({ role });
      expect((await ask(leaver.http, route, '')).status).toBe(route === 'delete /users/me' ? 200 : 204);
    }
    const [suspended, closing] = [await app.register(), await app.register()];
    await suspend(administrator, suspended);
    await expectStatus(closing.http.delete('/users/me'), 200);
    for (const { http } of [suspended, closing]) expect(GUARD_CODES).not.toContain((await ask(http, route, '')).detail);
  });
});
