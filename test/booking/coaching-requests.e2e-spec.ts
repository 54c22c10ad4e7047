import { aCoach, book, expectStatus } from 'test/support/coaching';
import { expectInvariants } from 'test/support/invariants';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { bond, bondOf, pushesTo } from './dealings';
import {
  ask,
  type Listed,
  NOW,
  OFFERED,
  OTHER,
  post,
  refused,
  reject,
  requestsOf,
  SLOT,
  strangers,
  type WireRequest,
  withdraw,
} from './requesting';

describe('coaching requests', () => {
  let app: TestApp;
  let coach: TestPerson;
  let client: TestPerson;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    ({ coach, client } = await strangers(app));
  });
  afterEach(() => expectInvariants(app.database));

  describe('asking', () => {
    it('makes a request that waits, and a relation that is pending', async () => {
      const request = await ask(client, coach, { client_message: 'Bonjour,\nje débute.' });
      expect(request).toEqual({
        id: expect.any(String),
        client_id: client.id,
        coach_id: coach.id,
        client: expect.objectContaining({ id: client.id, first_name: 'Léa', role: 'client' }),
        coach: expect.objectContaining({ id: coach.id, first_name: 'Inès', role: 'coach' }),
        status: 'pending',
        client_message: 'Bonjour,\nje débute.',
        coach_message: null,
        discovery_slot: null,
        booking_id: null,
        created_at: NOW,
      });
      expect(JSON.stringify(request)).not.toContain('@');
      expect(await bondOf(app, coach, client)).toBe('pending');
      expect(await pushesTo(app, coach)).toEqual(['discovery_requested']);
      const { rows } = await app.database.query<{ client_message: string }>(
        'SELECT client_message FROM coaching_requests WHERE id = $1',
        [request.id],
      );
      expect(rows[0]?.client_message).not.toContain('débute');
    });

    it('takes the start of a free slot, and holds no seat for it', async () => {
      expect(await ask(client, coach, { discovery_slot: SLOT })).toMatchObject({
        discovery_slot: SLOT,
        booking_id: null,
      });
      await book(await app.register(), coach.id, SLOT);
    });

    it('is refused for a start that could not be booked', async () => {
      await book(await app.register(), coach.id, SLOT);
      await refused(client, coach, 409, 'slot_unavailable', { discovery_slot: SLOT });
      await refused(client, coach, 422, 'slot_in_past', { discovery_slot: NOW });
      await refused(client, coach, 422, 'slot_outside_availability', { discovery_slot: '2026-03-05T03:00:00Z' });
      await refused(client, coach, 422, 'beyond_booking_horizon', { discovery_slot: '2027-03-04T09:00:00Z' });
      const mine = await app.register();
      await book(mine, coach.id, OTHER);
      await refused(mine, coach, 409, 'duplicate_booking', { discovery_slot: OTHER });
      expect(await requestsOf(client)).toEqual([]);
      expect(await bondOf(app, coach, client)).toBeNull();
    });

    it('is refused to nobody’s coach, to oneself, and where no discovery is offered', async () => {
      await refused(client, coach, 404, 'coach_not_found', { coach_id: client.id });
      await refused(coach, coach, 422, 'cannot_request_self', {});
      await expectStatus(coach.http.put('/coaches/profile').send({ discovery_enabled: false }), 200);
      await refused(client, coach, 422, 'discovery_not_offered');
    });

    it.each(['active', 'paused'] as const)('is refused to who is %s with the coach', async (status) => {
      await bond(app, coach, client, status);
      await refused(client, coach, 409, 'already_in_relation');
      expect(await bondOf(app, coach, client)).toBe(status);
    });

    it('is refused while another request waits, and possible again after it', async () => {
      const { id } = await ask(client, coach);
      await refused(client, coach, 409, 'request_already_pending');
      await withdraw(client, id);
      await ask(client, coach);
      // At another coach it is another request.
      const other = await aCoach(app, { profile: OFFERED });
      await ask(client, coach, { coach_id: other.id });
    });

    it('is refused by a coach who is full, to somebody without a relation only', async () => {
      await expectStatus(coach.http.put('/coaches/profile').send({ max_clients: 1 }), 200);
      await ask(client, coach);
      await bond(app, coach, await app.register(), 'active');
      const newcomer = await app.register();
      await refused(newcomer, coach, 422, 'coach_full', {});
      await bond(app, coach, newcomer, 'ended');
      await ask(newcomer, coach, {});
    });

    it('checks its fields', async () => {
      await ask(client, coach, { client_message: 'x'.repeat(1000) });
      const answer = await post(await app.register(), '/clients/coaching-requests', {
        coach_id: 'x',
        client_message: 'x'.repeat(1001),
        discovery_slot: 'soon',
      });
      expect(answer).toMatchObject({ status: 422, body: { detail: 'validation_error' } });
      expect((answer.body as { errors: { field: string }[] }).errors.map(({ field }) => field).sort()).toEqual([
        'client_message',
        'coach_id',
        'discovery_slot',
      ]);
    });

    it('is answered once for one idempotency key', async () => {
      const send = (): PromiseLike<{ status: number; body: unknown }> =>
        client.http.post('/clients/coaching-requests').set('Idempotency-Key', 'k1').send({ coach_id: coach.id });
      const first = await expectStatus<WireRequest>(send(), 201);
      expect(await expectStatus<WireRequest>(send(), 201)).toEqual(first);
      expect(await requestsOf(client)).toHaveLength(1);
    });
  });

  describe('lists', () => {
    it('show own requests newest first, by status', async () => {
      const first = await ask(client, coach);
      await withdraw(client, first.id);
      await app.advance(60);
      const second = await ask(client, coach);
      expect((await requestsOf(client)).map(({ id }) => id)).toEqual([second.id, first.id]);
      const pending = await expectStatus<Listed>(client.http.get('/clients/coaching-requests?status=pending'), 200);
      expect(pending.items.map(({ id }) => id)).toEqual([second.id]);
      const paged = await expectStatus<Listed>(client.http.get('/clients/coaching-requests?limit=1'), 200);
      expect(paged).toMatchObject({ total: 2, has_more: true });
      await expectStatus(client.http.get('/clients/coaching-requests?status=waiting'), 422);
    });

    it('show a coach those that wait, unless he names a status', async () => {
      const first = await ask(client, coach);
      await reject(coach, first.id);
      const other = await app.register();
      const second = await ask(other, coach, {});
      const received = async (query = ''): Promise<string[]> =>
        (await expectStatus<Listed>(coach.http.get(`/coaches/coaching-requests${query}`), 200)).items.map(
          ({ id }) => id,
        );
      expect(await received()).toEqual([second.id]);
      expect(await received('?status=rejected')).toEqual([first.id]);
      expect(await received('?status=cancelled')).toEqual([]);
      await expectStatus(client.http.get('/coaches/coaching-requests'), 403);
    });

    it('cost the same number of queries however long they are', async () => {
      const cost = async (): Promise<number> => {
        const before = app.queryCount();
        await expectStatus(coach.http.get('/coaches/coaching-requests'), 200);
        return app.queryCount() - before;
      };
      await cost();
      const none = await cost();
      for (let index = 0; index < 3; index += 1) await ask(await app.register(), coach, {});
      expect(await cost()).toBe(none);
    });
  });
});
