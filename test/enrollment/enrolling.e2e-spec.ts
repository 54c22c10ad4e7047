import { randomUUID } from 'node:crypto';
import { bond, bondOf } from 'test/booking/dealings';
import { aCoach, expectStatus } from 'test/support/coaching';
import { startTestApp, TEST_PASSWORD, type TestApp, type TestPerson } from 'test/support/test-app';
import { aToken, enroll, statusesOf, TOKENS, tokenOf, type WireToken } from './enrolling';

const NOW = '2026-03-02T06:00:00Z';

let app: TestApp;
let coach: TestPerson;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  await app.setClock(NOW);
  coach = await aCoach(app);
});

const refused = async (person: TestPerson, { token }: Pick<WireToken, 'token'>, status: number): Promise<unknown> =>
  (await expectStatus<{ detail: string }>(person.http.post(`/users/me/enroll/${token}`), status)).detail;

describe('who follows a link with an account', () => {
  it('is in an active relation, with every field, and one use is counted', async () => {
    const [token, client] = [await aToken(coach), await app.register()];
    expect(await enroll(client, token)).toEqual({
      id: expect.any(String) as string,
      coach_id: coach.id,
      client_id: client.id,
      status: 'active',
      allow_unit_booking: false,
      share_performances: false,
      created_at: NOW,
      updated_at: NOW,
    });
    expect(await tokenOf(coach, token)).toEqual({ ...token, uses_count: 1 });
    expect(await app.messages({ user_id: client.id, channel: 'push' })).toEqual([]);
  });

  it.each(['pending', 'discovery', 'paused', 'ended'] as const)(
    'is in an active relation when it was %s, and one use is counted',
    async (status) => {
      const [token, client] = [await aToken(coach), await app.register()];
      await bond(app, coach, client, status);
      expect(await enroll(client, token)).toMatchObject({ status: 'active', updated_at: NOW });
      expect(await tokenOf(coach, token)).toMatchObject({ uses_count: 1 });
    },
  );

  it('uses nothing while the relation is active already', async () => {
    const [token, client] = [await aToken(coach, { max_uses: 1 }), await app.register()];
    await bond(app, coach, client);
    const { rows } = await app.database.query('SELECT * FROM relations WHERE coach_id = $1', [coach.id]);
    for (let time = 0; time < 2; time += 1) expect(await enroll(client, token)).toMatchObject({ status: 'active' });
    expect(await tokenOf(coach, token)).toEqual(token);
    expect((await app.database.query('SELECT * FROM relations WHERE coach_id = $1', [coach.id])).rows).toEqual(rows);
  });

  it('may be a coach himself, but not follow his own link', async () => {
    const [token, other] = [await aToken(coach), await aCoach(app)];
    expect(await refused(coach, token, 409)).toBe('cannot_enroll_self');
    expect(await enroll(other, token)).toMatchObject({ coach_id: coach.id, client_id: other.id });
    await expectStatus(coach.http.delete(`${TOKENS}/${token.id}`), 204);
    expect(await refused(coach, token, 404)).toBe('enrollment_token_invalid');
    await expectStatus(app.http.post(`/users/me/enroll/${token.token}`), 401);
  });

  it('finds it used up after its last use, which switches it off', async () => {
    const token = await aToken(coach, { max_uses: 2 });
    const [one, two, three] = [await app.register(), await app.register(), await app.register()];
    await enroll(one, token);
    expect(await tokenOf(coach, token)).toMatchObject({ uses_count: 1, active: true });
    await enroll(two, token);
    expect(await tokenOf(coach, token)).toMatchObject({ uses_count: 2, active: false });
    expect(await refused(three, token, 404)).toBe('enrollment_token_invalid');
    expect(await bondOf(app, coach, three)).toBeNull();
  });

  it('is in time until the very moment of its end', async () => {
    const token = await aToken(coach, { expires_at: '2026-03-02T07:00:00Z' });
    await app.setClock('2026-03-02T06:59:59.999Z');
    await enroll(await app.register(), token);
    await app.setClock('2026-03-02T07:00:00Z');
    expect(await refused(await app.register(), token, 404)).toBe('enrollment_token_invalid');
  });

  it('with the same Idempotency-Key gets the first answer again', async () => {
    const [token, client] = [await aToken(coach, { max_uses: 1 }), await app.register()];
    const key = randomUUID();
    const send = () => client.http.post(`/users/me/enroll/${token.token}`).set('Idempotency-Key', key);
    const [first, second] = [await send(), await send()];
    expect([second.status, second.body]).toEqual([200, first.body]);
    expect(second.headers['idempotent-replayed']).toBe('true');
  });
});

describe('a coach with as many clients as he wants', () => {
  it('takes nobody more by a link, and no use is counted', async () => {
    const full = await aCoach(app, { profile: { max_clients: 1 } });
    const token = await aToken(full);
    await enroll(await app.register(), token);
    expect(await expectStatus(app.http.get(`/enroll/${token.token}`), 200)).toMatchObject({
      coach: { accepting_clients: false },
    });
    for (const status of [null, 'pending', 'paused', 'ended'] as const) {
      const client = await app.register();
      if (status) await bond(app, full, client, status);
      expect(await refused(client, token, 422)).toBe('coach_full');
      expect(await bondOf(app, full, client)).toBe(status);
    }
    expect(await tokenOf(full, token)).toMatchObject({ uses_count: 1 });
    const late = await app.register({ enrollment_token: token.token });
    expect(await bondOf(app, full, late)).toBeNull();
  });

  it('goes on with somebody who has one of the places', async () => {
    const full = await aCoach(app, { profile: { max_clients: 1 } });
    const [token, client] = [await aToken(full), await app.register()];
    await bond(app, full, client, 'discovery');
    expect(await enroll(client, token)).toMatchObject({ status: 'active' });
  });
});

describe('who registers by a link', () => {
  it.each(['client', 'coach'])('as a %s is a client of its coach at once', async (role) => {
    const token = await aToken(coach, { max_uses: 1 });
    const person = await app.register({ role, enrollment_token: token.token });
    expect(await bondOf(app, coach, person)).toBe('active');
    expect(await tokenOf(coach, token)).toMatchObject({ uses_count: 1, active: false });
  });

  it('registers whatever the link is worth', async () => {
    const [off, late, used] = [
      await aToken(coach),
      await aToken(coach, { expires_at: '2026-03-02T06:30:00Z' }),
      await aToken(coach, { max_uses: 1 }),
    ];
    await expectStatus(coach.http.delete(`${TOKENS}/${off.id}`), 204);
    await enroll(await app.register(), used);
    await app.setClock('2026-03-02T06:30:00Z');
    const before = await statusesOf(app, coach);
    const worthless: unknown[] = [off.token, late.token, used.token, 'x', '', ' ', 'é', 'x'.repeat(300), null, 7];
    for (const enrollment_token of worthless) {
      const person = await app.register({ enrollment_token });
      await expectStatus(person.http.get('/users/me'), 200);
    }
    expect(await statusesOf(app, coach)).toEqual(before);
  });

  it('registers also when the link fails for reasons of its own, and has no relation then', async () => {
    const token = await aToken(coach);
    await app.database.query(`
      CREATE FUNCTION out_of_order() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'out of order'; END $$`);
    await app.database.query(
      'CREATE TRIGGER out_of_order BEFORE INSERT ON relations FOR EACH ROW EXECUTE FUNCTION out_of_order()',
    );
    try {
      const person = await app.register({ enrollment_token: token.token });
      await expectStatus(person.http.get('/users/me'), 200);
      expect(await bondOf(app, coach, person)).toBeNull();
      expect(await tokenOf(coach, token)).toEqual(token);
    } finally {
      await app.database.query('DROP FUNCTION out_of_order CASCADE');
    }
  });

  it('uses nothing when the registration itself is refused', async () => {
    const token = await aToken(coach, { max_uses: 1 });
    const { email } = await app.register();
    const names = { first_name: 'Camille', last_name: 'Martin', password: TEST_PASSWORD, role: 'client' };
    const again = app.http.post('/auth/register').send({ ...names, email, enrollment_token: token.token });
    await expectStatus(again, 409);
    expect(await tokenOf(coach, token)).toEqual(token);
  });
});
