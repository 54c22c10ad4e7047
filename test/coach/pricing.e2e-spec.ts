import { randomUUID } from 'node:crypto';
import { aCoach, book, expectStatus } from 'test/support/coaching';
import { faultsOf, type Refusal, unsigned } from 'test/support/refusals';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

interface WirePricing {
  id: string;
  name: string;
  [field: string]: unknown;
}

const SESSION = { type: 'per_session', name: 'Séance', price_cents: 5000 };
const PACKAGE = { type: 'package', name: 'Dix séances', price_cents: 45_000, session_count: 10, validity_months: 6 };

let app: TestApp;
let coach: TestPerson;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(async () => {
  await app.close();
});
beforeEach(async () => {
  coach = await coachWith();
});

async function coachWith(profile: Record<string, unknown> = {}): Promise<TestPerson> {
  const person = await app.register({ role: 'coach' });
  expect((await person.http.post('/coaches/profile').send(profile)).status).toBe(201);
  return person;
}

async function price(values: Record<string, unknown> = {}): Promise<WirePricing> {
  const answer = await coach.http.post('/coaches/pricing').send({ ...SESSION, ...values });
  expect(answer.status).toBe(201);
  return answer.body as WirePricing;
}

describe('adding a price', () => {
  it('answers the whole price with its defaults', async () => {
    const answer = await coach.http.post('/coaches/pricing').send(SESSION);
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      id: expect.any(String),
      coach_id: coach.id,
      type: 'per_session',
      name: 'Séance',
      session_count: 1,
      price_cents: 5000,
      currency: 'EUR',
      validity_months: null,
      is_public: true,
      created_at: expect.stringMatching(/Z$/),
    });
    expect((await coach.http.get(`/coaches/pricing/${(answer.body as WirePricing).id}`)).body).toEqual(answer.body);
  });

  it('keeps everything that was given', async () => {
    const answer = await coach.http.post('/coaches/pricing').send({ ...PACKAGE, currency: 'CHF', is_public: false });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ ...PACKAGE, currency: 'CHF', is_public: false });
  });

  it('takes the currency of the profile', async () => {
    coach = await coachWith({ currency: 'XOF' });
    expect(await price()).toMatchObject({ currency: 'XOF' });
  });

  it('names every fault at once', async () => {
    const answer = await coach.http.post('/coaches/pricing').send({ type: 'abonnement', name: 'x', session_count: 0 });
    expect(answer.status).toBe(422);
    expect(faultsOf(answer.body).sort()).toEqual([
      'name too_short',
      'price_cents required',
      'session_count too_small',
      'type invalid_value',
    ]);
  });

  it.each<[string, object, object, string]>([
    ['name', { name: 'ab' }, { name: 'a' }, 'too_short'],
    ['name', { name: 'x'.repeat(100) }, { name: 'x'.repeat(101) }, 'too_long'],
    ['price_cents', { price_cents: 0 }, { price_cents: -1 }, 'too_small'],
    ['price_cents', { price_cents: 2_147_483_647 }, { price_cents: 2_147_483_648 }, 'too_large'],
    ['price_cents', { price_cents: 1 }, { price_cents: 1.5 }, 'invalid_type'],
    ['session_count', { ...PACKAGE, session_count: 200 }, { ...PACKAGE, session_count: 201 }, 'too_large'],
    ['session_count', { ...PACKAGE, session_count: 1 }, { ...PACKAGE, session_count: 0 }, 'too_small'],
    ['session_count', { session_count: 1 }, { session_count: 2 }, 'too_large'],
    ['validity_months', { validity_months: 1 }, { validity_months: 0 }, 'too_small'],
    ['validity_months', { validity_months: 24 }, { validity_months: 25 }, 'too_large'],
    ['validity_months', { validity_months: null }, { validity_months: '6' }, 'invalid_type'],
    ['currency', { currency: 'MAD' }, { currency: 'ABC' }, 'invalid_currency'],
    ['is_public', { is_public: false }, { is_public: 'false' }, 'invalid_type'],
  ])('takes %s within its limits and no further', async (field, good, bad, code) => {
    const taken = await coach.http.post('/coaches/pricing').send({ ...SESSION, ...good });
    expect(taken.status).toBe(201);
    expect(taken.body).toMatchObject(good);
    const refused = await coach.http.post('/coaches/pricing').send({ ...SESSION, ...bad });
    expect(refused.status).toBe(422);
    expect(faultsOf(refused.body)).toEqual([`${field} ${code}`]);
  });

  it('drops what the route does not know', async () => {
    const created = await price({ coach_id: randomUUID(), id: randomUUID(), created_at: '2001-01-01T00:00:00Z' });
    expect(created['coach_id']).toBe(coach.id);
    expect(String(created['created_at'])).not.toMatch(/^2001/);
  });

  it('adds one price for one idempotency key', async () => {
    const key = randomUUID();
    const first = await coach.http.post('/coaches/pricing').set('Idempotency-Key', key).send(SESSION);
    const again = await coach.http.post('/coaches/pricing').set('Idempotency-Key', key).send(SESSION);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(again.body).toEqual(first.body);
    const other = await coach.http
      .post('/coaches/pricing')
      .set('Idempotency-Key', key)
      .send({ ...SESSION, price_cents: 1 });
    expect(other.status).toBe(422);
    expect((other.body as Refusal).detail).toBe('idempotency_key_reused');
    expect((await coach.http.get('/coaches/pricing')).body).toHaveLength(1);
  });
});

describe('the prices of a coach', () => {
  it('are none at first, then listed newest first', async () => {
    expect((await coach.http.get('/coaches/pricing')).body).toEqual([]);
    const first = await price({ name: 'Premier' });
    await app.advance(1);
    const second = await price({ name: 'Deuxième' });
    const answer = await coach.http.get('/coaches/pricing');
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual([second, first]);
  });

  it('are open to coaches only', async () => {
    const client = await app.register({ role: 'client' });
    const { id } = await price();
    for (const answer of [
      await client.http.get('/coaches/pricing'),
      await client.http.post('/coaches/pricing').send(SESSION),
      await client.http.get(`/coaches/pricing/${id}`),
      await client.http.put(`/coaches/pricing/${id}`).send({ price_cents: 1 }),
      await client.http.delete(`/coaches/pricing/${id}`),
    ])
      expect(answer.status).toBe(403);
    expect((await app.http.get('/coaches/pricing')).status).toBe(401);
  });

  it('of another coach look like missing ones, and stay as they are', async () => {
    const own = await price();
    const other = await coachWith();
    for (const send of [
      (id: string) => other.http.get(`/coaches/pricing/${id}`),
      (id: string) => other.http.put(`/coaches/pricing/${id}`).send({ price_cents: 1 }),
      (id: string) => other.http.delete(`/coaches/pricing/${id}`),
    ]) {
      const [foreign, missing] = [await send(own.id), await send(randomUUID())];
      expect(foreign.status).toBe(404);
      expect((foreign.body as Refusal).detail).toBe('pricing_not_found');
      expect(missing.status).toBe(404);
      expect(unsigned(foreign.body)).toEqual(unsigned(missing.body));
    }
    expect((await coach.http.get(`/coaches/pricing/${own.id}`)).body).toEqual(own);
    expect((await other.http.get('/coaches/pricing')).body).toEqual([]);
  });

  it('refuse an id that is none', async () => {
    const answer = await coach.http.get('/coaches/pricing/seven');
    expect(answer.status).toBe(422);
    expect(faultsOf(answer.body)).toEqual(['id invalid_format']);
  });
});

describe('changing a price', () => {
  it('leaves what is absent and clears what is null', async () => {
    const created = await price(PACKAGE);
    const answer = await coach.http
      .put(`/coaches/pricing/${created.id}`)
      .send({ name: 'Douze séances', session_count: 12, validity_months: null });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ ...created, name: 'Douze séances', session_count: 12, validity_months: null });
    expect((await coach.http.get(`/coaches/pricing/${created.id}`)).body).toEqual(answer.body);
  });

  it('never changes its type', async () => {
    const created = await price();
    const answer = await coach.http.put(`/coaches/pricing/${created.id}`).send({ type: 'package' });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(created);
  });

  it('keeps the price of a session that of one session', async () => {
    const created = await price();
    const refused = await coach.http.put(`/coaches/pricing/${created.id}`).send({ session_count: 2 });
    expect(refused.status).toBe(422);
    expect(faultsOf(refused.body)).toEqual(['session_count too_large']);
    expect((await coach.http.put(`/coaches/pricing/${created.id}`).send({ session_count: 1 })).status).toBe(200);
  });

  it('refuses null where a value is needed', async () => {
    const { id } = await price();
    const body = { name: null, session_count: null, price_cents: null, currency: null, is_public: null };
    const answer = await coach.http.put(`/coaches/pricing/${id}`).send(body);
    expect(answer.status).toBe(422);
    expect(faultsOf(answer.body).sort()).toEqual(
      Object.keys(body)
        .map((field) => `${field} required`)
        .sort(),
    );
  });
});

describe('removing a price', () => {
  it('takes it out of the list and of the profile', async () => {
    const [kept, removed] = [await price({ price_cents: 7000 }), await price({ price_cents: 3000 })];
    const answer = await coach.http.delete(`/coaches/pricing/${removed.id}`);
    expect(answer.status).toBe(204);
    expect(answer.body).toEqual({});
    expect((await coach.http.get('/coaches/pricing')).body).toEqual([kept]);
    expect((await coach.http.get('/coaches/profile')).body).toMatchObject({ session_price_cents: 7000 });
    expect((await coach.http.delete(`/coaches/pricing/${removed.id}`)).status).toBe(404);
  });
});

describe('what was sold', () => {
  it('keeps its price when the price is changed, and when it is removed', async () => {
    await app.setClock('2026-03-02T06:00:00Z');
    const seller = await aCoach(app, { priceCents: null });
    const created = await expectStatus<{ id: string }>(seller.http.post('/coaches/pricing').send(SESSION), 201);
    const client = await app.register();
    const priceOf = async ({ id }: { id: string }): Promise<unknown[]> => {
      const booking = await expectStatus(client.http.get(`/bookings/${id}`), 200);
      return [booking['price_cents'], booking['currency']];
    };
    const before = await book(client, seller.id, '2026-03-03T09:00:00Z');
    await expectStatus(
      seller.http.put(`/coaches/pricing/${created.id}`).send({ price_cents: 9900, currency: 'CHF', name: 'Plus cher' }),
      200,
    );
    const after = await book(client, seller.id, '2026-03-04T09:00:00Z');
    expect((await seller.http.delete(`/coaches/pricing/${created.id}`)).status).toBe(204);
    expect(await priceOf(before)).toEqual([5000, 'EUR']);
    expect(await priceOf(after)).toEqual([9900, 'CHF']);
    await app.setClock(null);
  });
});
