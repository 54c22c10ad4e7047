import { randomUUID } from 'node:crypto';
import { AuditLog } from 'src/common/audit/audit-log';
import { UnitOfWork } from 'src/common/transaction/unit-of-work';
import { ADMIN_ENTITIES, makeAdmin } from 'src/modules/auth/commands/admin-account';
import { openSource } from 'test/architecture/schema';
import { promote, registerProved } from 'test/auth/links';
import { expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

const NOW = '2026-03-02T06:00:00Z';

interface WireEntry {
  id: string;
  at: string;
  actor_id: string | null;
  action: string;
  target_type: string;
  target_id: string | null;
  request_id: string | null;
}

interface WirePage {
  items: WireEntry[];
  total: number;
  has_more: boolean;
}

let app: TestApp;
let admin: TestPerson;
let second: TestPerson;

beforeAll(async () => {
  app = await startTestApp();
  [admin, second] = [await registerProved(app), await registerProved(app)];
  for (const person of [admin, second]) await promote(app, person);
});
afterAll(() => app.close());
beforeEach(async () => {
  await app.setClock(NOW);
  await app.database.query('ALTER TABLE audit_log DISABLE TRIGGER USER');
  await app.database.query('DELETE FROM audit_log');
  await app.database.query('ALTER TABLE audit_log ENABLE TRIGGER USER');
});

const list = (query = ''): Promise<WirePage> => expectStatus<WirePage>(admin.http.get(`/admin/audit-log${query}`), 200);
const actions = async (query = ''): Promise<string[]> => (await list(query)).items.map(({ action }) => action);
const suspend = (who: TestPerson, id: string, requestId = 'call-1') =>
  who.http.post(`/admin/users/${id}/suspend`).set('X-Request-Id', requestId).send({ reason: 'Insultes' });

describe('the audit log', () => {
  it('says who did what to what, when, and in which request, and nothing that names anybody', async () => {
    const person = await app.register();
    await suspend(admin, person.id, 'call-4711').expect(200);
    expect(await list()).toEqual({
      items: [
        {
          id: expect.any(String) as string,
          at: NOW,
          actor_id: admin.id,
          action: 'user.suspended',
          target_type: 'user',
          target_id: person.id,
          request_id: 'call-4711',
        },
      ],
      ...{ total: 1, offset: 0, limit: 50, has_more: false },
    });
    const { rows } = await app.database.query<{ line: string }>('SELECT a::text AS line FROM audit_log a');
    expect(rows[0]?.line).not.toMatch(/Insultes|example\.com|Camille/);
  });

  it('knows a request by the id that its answer carries', async () => {
    const person = await app.register();
    const answer = await admin.http.post(`/admin/users/${person.id}/suspend`).send({});
    expect((await list()).items[0]?.request_id).toBe(answer.headers['x-request-id']);
  });

  it('is read newest first, in pages, and by actor, action and time', async () => {
    const person = await app.register();
    await suspend(admin, person.id).expect(200);
    await app.setClock('2026-03-03T06:00:00Z');
    await admin.http.post(`/admin/users/${person.id}/reactivate`).expect(200);
    await app.setClock('2026-03-04T06:00:00Z');
    await suspend(second, person.id).expect(200);
    expect(await actions()).toEqual(['user.suspended', 'user.reactivated', 'user.suspended']);
    expect(await list('?limit=1&offset=1')).toMatchObject({
      items: [{ action: 'user.reactivated' }],
      total: 3,
      has_more: true,
    });
    expect(await actions(`?actor_id=${admin.id}`)).toEqual(['user.reactivated', 'user.suspended']);
    expect(await actions(`?actor_id=${second.id.toUpperCase()}`)).toEqual(['user.suspended']);
    expect(await actions(`?actor_id=${randomUUID()}`)).toEqual([]);
    expect((await list('?action=user.suspended')).total).toBe(2);
    expect((await list(`?action=user.suspended&actor_id=${admin.id}`)).total).toBe(1);
    expect((await list('?action=user')).total).toBe(0);
    expect((await list('?from=2026-03-03T06:00:00Z')).total).toBe(2);
    expect((await list('?to=2026-03-03T06:00:00Z')).total).toBe(1);
    expect((await list('?from=2026-03-03&to=2026-03-03')).total).toBe(1);
    for (const query of ['?from=2026-03-04&to=2026-03-03', '?actor_id=42', '?action=', '?from=soon'])
      await admin.http.get(`/admin/audit-log${query}`).expect(422);
  });

  it('is for administrators alone', async () => {
    for (const role of ['client', 'coach'])
      await (await app.register({ role })).http.get('/admin/audit-log').expect(403);
    await app.http.get('/admin/audit-log').expect(401);
  });

  it('has no row of an act that was refused', async () => {
    await suspend(admin, randomUUID()).expect(404);
    await suspend(admin, admin.id).expect(422);
    const person = await app.register();
    await admin.http.post(`/admin/users/${person.id}/reactivate`).expect(422);
    await suspend(person, admin.id).expect(403);
    expect((await list()).total).toBe(0);
  });

  it('and its act are one: where no row can be written nothing is done', async () => {
    const person = await app.register();
    await app.database.query('ALTER TABLE audit_log ADD CONSTRAINT shut CHECK (false) NOT VALID');
    try {
      await suspend(admin, person.id).expect(500);
    } finally {
      await app.database.query('ALTER TABLE audit_log DROP CONSTRAINT shut');
    }
    await person.http.get('/auth/api-keys').expect(200);
    expect((await list()).total).toBe(0);
  });

  it('takes no entry outside the transaction of an act', async () => {
    const write = () => app.nest.get(AuditLog).write('user.suspended', { type: 'user', id: null });
    await expect(write()).rejects.toThrow('belongs to the transaction of its act');
    await app.nest.get(UnitOfWork).run(write);
    expect((await list()).items).toEqual([expect.objectContaining({ actor_id: null, request_id: null })]);
  });

  it('holds what the operator did at the machine, by nobody', async () => {
    const source = await openSource(app.databaseUrl, { entities: ADMIN_ENTITIES });
    try {
      const make = (email: string) => makeAdmin(source, { email, passwordHash: 'x', now: new Date(NOW) });
      expect([await make('boss@example.com'), await make('boss@example.com')]).toEqual(['created', 'promoted']);
    } finally {
      await source.destroy();
    }
    const { rows } = await app.database.query<{ id: string }>(`SELECT id FROM users WHERE email = 'boss@example.com'`);
    const entry = { actor_id: null, target_type: 'user', target_id: rows[0]?.id, request_id: null, at: NOW };
    const { items } = await list();
    expect(items.map(({ action }) => action).sort()).toEqual(['admin.created', 'admin.promoted']);
    for (const item of items) expect(item).toMatchObject(entry);
  });
});

describe('an entry of the audit log', () => {
  const say = async (sql: string): Promise<unknown> =>
    app.database.query(sql).then(
      ({ rowCount }) => rowCount,
      (error: unknown) => (error as { constraint?: string }).constraint,
    );

  beforeEach(async () => {
    await suspend(admin, (await app.register()).id).expect(200);
  });

  it.each([
    ['another actor', 'UPDATE audit_log SET actor_id = NULL'],
    ['another deed', `UPDATE audit_log SET action = 'user.thanked'`],
    ['the same again', 'UPDATE audit_log SET action = action'],
    ['an end', 'DELETE FROM audit_log'],
    ['an end with its table', 'TRUNCATE audit_log'],
  ])('is not given %s, by whatever statement', async (_, sql) => {
    expect(await say(sql)).toBe('audit_log_stays');
    expect((await list()).items).toEqual([expect.objectContaining({ actor_id: admin.id, action: 'user.suspended' })]);
  });

  it('stays five years, to the second, and then goes by itself', async () => {
    await app.setClock('2031-03-02T05:59:59Z');
    expect(await say('DELETE FROM audit_log')).toBe('audit_log_stays');
    await app.advance(86_400);
    expect((await list()).total).toBe(1);
    await app.setClock('2031-03-06T06:00:00Z');
    await app.advance(86_400);
    expect((await list()).total).toBe(0);
  });
});
