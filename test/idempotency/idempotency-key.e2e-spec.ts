import { aCoach, expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

const PRICE = { type: 'per_session', name: 'Session', price_cents: 5_000 };

describe('an Idempotency-Key', () => {
  let app: TestApp;
  let coach: TestPerson;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    await app.setClock('2026-03-02T06:00:00Z');
    coach = await aCoach(app, { priceCents: null });
  });

  const post = (key: string, body: object = PRICE, person = coach) =>
    person.http.post('/coaches/pricing').set('Idempotency-Key', key).send(body);
  const prices = async (person = coach): Promise<number> =>
    (await expectStatus<unknown[]>(person.http.get('/coaches/pricing'), 200)).length;

  it('trust 47: gives the first status and body again, and says so', async () => {
    const first = await post('one');
    const second = await post('one');
    expect(second.status).toBe(201);
    expect(second.body).toEqual(first.body);
    expect(first.headers).not.toHaveProperty('idempotent-replayed');
    expect(second.headers['idempotent-replayed']).toBe('true');
    expect(await prices()).toBe(1);
  });

  it('does not mind in which order the fields come', async () => {
    await expectStatus(post('order'), 201);
    const reordered = { price_cents: 5_000, name: 'Session', type: 'per_session' };
    expect((await post('order', reordered)).headers['idempotent-replayed']).toBe('true');
  });

  it('trust 48: is refused with another body, and the first answer stays', async () => {
    await expectStatus(post('two'), 201);
    const other = await expectStatus(post('two', { ...PRICE, price_cents: 1 }), 422);
    expect(other).toMatchObject({ detail: 'idempotency_key_reused' });
    expect((await post('two')).status).toBe(201);
    expect(await prices()).toBe(1);
  });

  it('trust 50: is one person’s and one route’s', async () => {
    const other = await aCoach(app, { priceCents: null });
    await expectStatus(post('mine'), 201);
    expect((await post('mine', PRICE, other)).headers).not.toHaveProperty('idempotent-replayed');
    expect(await prices(other)).toBe(1);
    const hours = { day_of_week: 0, start_time: '06:00', end_time: '07:00' };
    await expectStatus(coach.http.post('/coaches/availability').set('Idempotency-Key', 'mine').send(hours), 201);
  });

  it('keeps no refusal: what was refused is judged anew', async () => {
    const fresh = await app.register({ role: 'coach' });
    await expectStatus(post('later', PRICE, fresh), 404);
    await expectStatus(fresh.http.post('/coaches/profile').send({}), 201);
    await expectStatus(post('later', PRICE, fresh), 201);
    await expectStatus(post('later', {}, fresh), 422);
  });

  it('is forgotten after 24 hours', async () => {
    await expectStatus(post('day'), 201);
    await app.setClock('2026-03-03T05:59:59Z');
    expect((await post('day')).headers['idempotent-replayed']).toBe('true');
    await app.setClock('2026-03-03T06:00:00Z');
    const again = await post('day', { ...PRICE, name: 'Another' });
    expect(again.status).toBe(201);
    expect(again.headers).not.toHaveProperty('idempotent-replayed');
    expect(await prices()).toBe(2);
  });

  it('trust 49: is in use while its first request runs', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => post('burst')));
    expect(answers.some(({ status }) => status === 201)).toBe(true);
    for (const { status, body, headers } of answers.filter((answer) => answer.status !== 201)) {
      expect(status).toBe(409);
      expect(body).toMatchObject({ detail: 'request_in_progress', retry_after: 1 });
      expect(headers['retry-after']).toBe('1');
    }
    expect(await prices()).toBe(1);
  });

  it.each([
    ['', 'empty'],
    ['é', 'no ASCII'],
    ['x'.repeat(256), 'too long'],
  ])('is refused when it is %j (%s)', async (key) => {
    const answer = await post(encodeURI(key) === key ? key : Buffer.from(key, 'utf8').toString('latin1'));
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ errors: [{ field: 'Idempotency-Key', code: 'invalid_format' }] });
    expect(await prices()).toBe(0);
  });

  it('may have 255 characters', async () => {
    await expectStatus(post('x'.repeat(255)), 201);
  });

  it('leaves nothing readable in the database', async () => {
    await expectStatus(post('secret', { ...PRICE, name: 'Winter special' }), 201);
    const { rows } = await app.database.query<{ body: string }>(
      `SELECT body FROM idempotency_keys WHERE key = 'secret'`,
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.body).toMatch(/^test:/);
    expect(rows[0]?.body).not.toContain('Winter');
  });
});
