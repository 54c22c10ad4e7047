import { randomUUID } from 'node:crypto';
import { promote } from 'test/auth/links';
import { expectStatus } from 'test/support/coaching';
import { expectInvariants } from 'test/support/invariants';
import { befriend, ledgerOf, type Listed, packageOf, sell, type WirePackage } from 'test/support/packages';
import { faultsOf, refusedWith } from 'test/support/refusals';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { aSeller, packagesPath, sellerAndClient } from './selling';

let app: TestApp;
let coach: TestPerson;
let client: TestPerson;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  ({ coach, client } = await sellerAndClient(app));
});
afterEach(() => expectInvariants(app.database));

describe('a correction', () => {
  const adjust = (pack: WirePackage, body: object, by: TestPerson = coach) =>
    by.http.post(`${packagesPath(client)}/${pack.id}/adjust`).send(body);

  it('adds and takes away sessions, with its reason in the ledger', async () => {
    const pack = await sell(coach, client);
    const more = await expectStatus<WirePackage>(adjust(pack, { sessions: 2, reason: 'Offertes' }), 200);
    expect(more).toMatchObject({ sessions_total: 10, sessions_remaining: 12, sessions_bookable: 12, sessions_used: 0 });
    const none = await expectStatus<WirePackage>(adjust(pack, { sessions: -12, reason: 'Rendues' }), 200);
    expect(none).toMatchObject({ status: 'exhausted', sessions_remaining: 0 });
    const again = await expectStatus<WirePackage>(adjust(pack, { sessions: 1, reason: 'Une de plus' }), 200);
    expect(again).toMatchObject({ status: 'active', sessions_remaining: 1 });
    const lines = (await ledgerOf(client, pack.id)).map(({ kind, sessions, reason }) => [kind, sessions, reason]);
    expect(lines).toEqual([
      ['purchase', 10, null],
      ['adjust', 2, 'Offertes'],
      ['adjust', -12, 'Rendues'],
      ['adjust', 1, 'Une de plus'],
    ]);
    const { rows } = await app.database.query<{ reason: string }>(
      `SELECT reason FROM package_movements WHERE package_id = $1 AND kind = 'adjust'`,
      [pack.id],
    );
    expect(rows.map(({ reason }) => /Offertes|Rendues|plus/.test(reason))).toEqual([false, false, false]);
  });

  it('never takes more than can be booked', async () => {
    const pack = await sell(coach, client);
    expect(await refusedWith(adjust(pack, { sessions: -11, reason: 'Trop' }), 422)).toBe('invalid_transition');
    await expectStatus(adjust(pack, { sessions: -10, reason: 'Tout' }), 200);
  });

  it.each<[string, object, string]>([
    ['no sessions', { sessions: 0, reason: 'x' }, 'sessions invalid_value'],
    ['too many', { sessions: 201, reason: 'x' }, 'sessions too_large'],
    ['too few', { sessions: -201, reason: 'x' }, 'sessions too_small'],
    ['half a session', { sessions: 0.5, reason: 'x' }, 'sessions invalid_type'],
    ['no reason', { sessions: 1, reason: ' ' }, 'reason required'],
    ['a long reason', { sessions: 1, reason: 'x'.repeat(201) }, 'reason too_long'],
  ])('is not one of %s', async (_, body, fault) => {
    const pack = await sell(coach, client);
    const answer = await adjust(pack, body);
    expect(answer.status).toBe(422);
    expect(faultsOf(answer.body)).toContain(fault);
    await expectStatus(adjust(pack, { sessions: 200, reason: 'x'.repeat(200) }), 200);
  });

  it('is the coach’s own, or an admin’s', async () => {
    const pack = await sell(coach, client);
    const other = await aSeller(app);
    await befriend(app, other, client);
    const body = { sessions: 1, reason: 'x' };
    expect(await refusedWith(adjust(pack, body, other), 404)).toBe('package_not_found');
    expect(await refusedWith(adjust({ ...pack, id: randomUUID() }, body), 404)).toBe('package_not_found');
    expect(await refusedWith(adjust(pack, body, client), 403)).toBe('forbidden');
    const second = await app.register();
    await befriend(app, coach, second);
    const wrong = coach.http.post(`${packagesPath(second)}/${pack.id}/adjust`).send(body);
    expect(await refusedWith(wrong, 404)).toBe('package_not_found');
    const admin = await app.register();
    await promote(app, admin);
    await expectStatus(adjust(pack, body, admin), 200);
    expect(await packageOf(client, pack.id)).toMatchObject({ sessions_remaining: 11 });
  });

  it('of fifty at once takes ten sessions ten times', async () => {
    const pack = await sell(coach, client);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => adjust(pack, { sessions: -1, reason: 'Une de moins' })),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array<number>(10).fill(200), ...Array<number>(40).fill(422)]);
    expect(await packageOf(client, pack.id)).toMatchObject({ status: 'exhausted', sessions_remaining: 0 });
  });
});

describe('the ledger', () => {
  it('is for the client and the coach alone', async () => {
    const pack = await sell(coach, client);
    const [otherCoach, otherClient] = [await aSeller(app), await app.register()];
    await befriend(app, otherCoach, client);
    for (const person of [otherCoach, otherClient])
      expect(await refusedWith(person.http.get(`/packages/${pack.id}/movements`), 404)).toBe('package_not_found');
    expect(await ledgerOf(coach, pack.id)).toEqual(await ledgerOf(client, pack.id));
  });

  it('comes in pages, latest first', async () => {
    const pack = await sell(coach, client);
    for (const sessions of [1, 2, 3])
      await expectStatus(
        coach.http.post(`${packagesPath(client)}/${pack.id}/adjust`).send({ sessions, reason: 'x' }),
        200,
      );
    const page = client.http.get(`/packages/${pack.id}/movements?offset=1&limit=2`);
    const { items, total, has_more } = await expectStatus<Listed<{ sessions: number }>>(page, 200);
    expect([items.map(({ sessions }) => sessions), total, has_more]).toEqual([[2, 1], 4, true]);
  });

  it('cannot be changed by anybody; its reasons alone can be cleared', async () => {
    const pack = await sell(coach, client);
    await expectStatus(
      coach.http.post(`${packagesPath(client)}/${pack.id}/adjust`).send({ sessions: 1, reason: 'x' }),
      200,
    );
    const run = (text: string): Promise<unknown> => app.database.query(`${text} WHERE package_id = '${pack.id}'`);
    for (const text of [
      'DELETE FROM package_movements',
      'UPDATE package_movements SET delta = 2',
      `UPDATE package_movements SET reason = 'y'`,
      'UPDATE package_movements SET reason = NULL, at = now()',
    ])
      await expect(run(text)).rejects.toThrow('movements are never changed or deleted');
    await expect(app.database.query('TRUNCATE package_movements')).rejects.toThrow('never changed or deleted');
    await run('UPDATE package_movements SET reason = NULL');
    expect((await ledgerOf(client, pack.id)).map(({ reason }) => reason)).toEqual([null, null]);
  });

  it('and the counters of its package cannot part', async () => {
    const pack = await sell(coach, client);
    await expect(
      app.database.query('UPDATE packages SET balance = 9, remaining = 9 WHERE id = $1', [pack.id]),
    ).rejects.toThrow('not those of its last movement');
    await expect(
      app.database.query(
        `INSERT INTO package_movements (package_id, seq, coach_id, client_id, at, kind, delta, remaining_delta,
           balance_after, remaining_after)
         VALUES ($1, 2, $2, $3, now(), 'adjust', 5, 5, 15, 15)`,
        [pack.id, coach.id, client.id],
      ),
    ).rejects.toThrow('does not continue the ledger');
  });
});
