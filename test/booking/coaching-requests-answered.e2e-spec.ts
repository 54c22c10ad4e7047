import { aCoach, book, expectStatus } from 'test/support/coaching';
import { expectInvariants } from 'test/support/invariants';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { bond, bondOf, confirm, pushesTo } from './dealings';
import {
  accept,
  ask,
  bookingOf,
  NOW,
  onlyRequestOf,
  OTHER,
  post,
  reject,
  SLOT,
  strangers,
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

  describe('accepting', () => {
    it('without a start makes the relation a discovery', async () => {
      const { id } = await ask(client, coach);
      expect(await accept(coach, id, { coach_message: 'Avec plaisir' })).toMatchObject({
        status: 'accepted',
        coach_message: 'Avec plaisir',
        booking_id: null,
      });
      expect(await bondOf(app, coach, client)).toBe('discovery');
      expect(await pushesTo(app, client)).toEqual(['discovery_accepted']);
    });

    it('with the start that was wished gives a confirmed discovery session', async () => {
      const { id } = await ask(client, coach, { discovery_slot: SLOT, client_message: 'Bonjour' });
      const request = await accept(coach, id);
      expect(request).toMatchObject({ status: 'accepted', discovery_slot: SLOT, booking_id: expect.any(String) });
      expect(await bookingOf(client, request)).toMatchObject({
        status: 'confirmed',
        type: 'discovery',
        pricing_type: 'discovery',
        price_cents: 2_000,
        currency: 'EUR',
        duration_min: 30,
        scheduled_at: SLOT,
        client_message: 'Bonjour',
      });
      expect(await bondOf(app, coach, client)).toBe('discovery');
      expect(await pushesTo(app, client)).toEqual(['discovery_accepted']);
      expect(await pushesTo(app, coach)).toEqual(['discovery_requested', 'session_confirmed']);
    });

    it('takes another start of the coach, also outside his hours, or none at all', async () => {
      const first = await ask(client, coach, { discovery_slot: SLOT });
      const early = '2026-03-05T04:00:00Z';
      expect(await accept(coach, first.id, { discovery_slot: early })).toMatchObject({ discovery_slot: early });
      const other = await app.register();
      const second = await ask(other, coach, { discovery_slot: SLOT });
      expect(await accept(coach, second.id, { discovery_slot: null })).toMatchObject({
        status: 'accepted',
        discovery_slot: SLOT,
        booking_id: null,
      });
    });

    it('is refused for a start that is gone, and the request waits on', async () => {
      const { id } = await ask(client, coach, { discovery_slot: SLOT });
      await book(await app.register(), coach.id, SLOT);
      const yes = (body: object = {}): PromiseLike<{ status: number; body: unknown }> =>
        post(coach, `/coaches/coaching-requests/${id}/accept`, { coach_message: 'Oui', ...body });
      expect(await yes()).toMatchObject({ status: 409, body: { detail: 'slot_unavailable' } });
      const away = { starts_at: '2026-03-06T00:00:00Z', ends_at: '2026-03-07T00:00:00Z' };
      await expectStatus(post(coach, '/coaches/time-off', away), 201);
      const off = await yes({ discovery_slot: '2026-03-06T09:00:00Z' });
      expect(off).toMatchObject({ status: 422, body: { detail: 'coach_on_time_off' } });
      expect(await yes({ discovery_slot: NOW })).toMatchObject({ status: 422, body: { detail: 'slot_in_past' } });
      expect(await onlyRequestOf(client)).toMatchObject({
        status: 'pending',
        coach_message: null,
        discovery_slot: SLOT,
      });
      expect(await bondOf(app, coach, client)).toBe('pending');
      await accept(coach, id, { discovery_slot: OTHER });
    });

    it('wakes a relation that had ended, and leaves alone one that goes on', async () => {
      await bond(app, coach, client, 'ended');
      const { id } = await ask(client, coach);
      expect(await bondOf(app, coach, client)).toBe('ended');
      await accept(coach, id);
      expect(await bondOf(app, coach, client)).toBe('discovery');
      const again = await ask(client, coach);
      await bond(app, coach, client, 'active');
      await accept(coach, again.id);
      expect(await bondOf(app, coach, client)).toBe('active');
    });

    it('is not refused by a coach who is full: he may add people himself', async () => {
      const { id } = await ask(client, coach);
      await expectStatus(coach.http.put('/coaches/profile').send({ max_clients: 1 }), 200);
      await bond(app, coach, await app.register(), 'active');
      await accept(coach, id);
    });

    it('may be done by an admin in his place, and by nobody else', async () => {
      const { id } = await ask(client, coach, { discovery_slot: SLOT });
      const stranger = await aCoach(app);
      for (const path of ['accept', 'reject'])
        expect(await post(stranger, `/coaches/coaching-requests/${id}/${path}`)).toMatchObject({
          status: 404,
          body: { detail: 'request_not_found' },
        });
      expect(await post(client, `/coaches/coaching-requests/${id}/accept`)).toMatchObject({ status: 403 });
      expect((await coach.http.delete(`/clients/coaching-requests/${id}`)).status).toBe(404);
      const admin = await app.register();
      await app.database.query(`UPDATE users SET role = 'admin' WHERE id = $1`, [admin.id]);
      const request = await accept(admin, id, {});
      const { items } = await expectStatus<{ items: object[] }>(
        client.http.get(`/bookings/${request.booking_id ?? ''}/history`),
        200,
      );
      expect(items).toEqual([expect.objectContaining({ to: 'confirmed', actor_role: 'admin', actor_id: admin.id })]);
    });
  });

  describe('what is answered', () => {
    it('stays so', async () => {
      const over = async (id: string): Promise<void> => {
        for (const request of [
          post(coach, `/coaches/coaching-requests/${id}/accept`),
          post(coach, `/coaches/coaching-requests/${id}/reject`),
          client.http.delete(`/clients/coaching-requests/${id}`),
        ])
          expect(await request).toMatchObject({ status: 422, body: { detail: 'invalid_transition' } });
      };
      const rejected = await ask(client, coach);
      expect(await reject(coach, rejected.id, { coach_message: 'Complet' })).toMatchObject({
        status: 'rejected',
        coach_message: 'Complet',
      });
      await over(rejected.id);
      const cancelled = await ask(client, coach);
      expect(await withdraw(client, cancelled.id)).toMatchObject({ status: 'cancelled' });
      await over(cancelled.id);
      const accepted = await ask(client, coach);
      await accept(coach, accepted.id);
      await over(accepted.id);
      expect(await pushesTo(app, client)).toEqual(['discovery_rejected', 'discovery_accepted']);
      expect((await pushesTo(app, coach)).filter((type) => type === 'discovery_cancelled')).toHaveLength(1);
    });

    it('with a no leaves the relation as it was', async () => {
      for (const before of [null, 'pending', 'discovery', 'ended'] as const)
        for (const isRejected of [true, false]) {
          if (before) await bond(app, coach, client, before);
          const { id } = await ask(client, coach);
          await (isRejected ? reject(coach, id) : withdraw(client, id));
          expect(await bondOf(app, coach, client)).toBe(before);
        }
    });

    it('with a no does not undo what carried the relation on meanwhile', async () => {
      const { id } = await ask(client, coach);
      const session = await book(client, coach.id, OTHER);
      await confirm(coach, session);
      expect(await bondOf(app, coach, client)).toBe('active');
      await reject(coach, id);
      expect(await bondOf(app, coach, client)).toBe('active');
    });

    it('with a no keeps the relation of who was sold a package, pays, or has asked for a session', async () => {
      const sold = { name: 'Cinq', sessions_total: 5, price_cents: 20_000 };
      const dealings: ((person: TestPerson) => Promise<unknown>)[] = [
        (person) => expectStatus(post(coach, `/coaches/clients/${person.id}/packages`, sold), 201),
        (person) => expectStatus(post(coach, `/coaches/clients/${person.id}/payments`, { amount_cents: 1 }), 201),
        (person) => book(person, coach.id, OTHER),
      ];
      for (const deal of dealings) {
        const person = await app.register();
        const { id } = await ask(person, coach, {});
        await deal(person);
        await reject(coach, id);
        expect(await bondOf(app, coach, person)).toBe('pending');
        await expectStatus(coach.http.get(`/coaches/clients/${person.id}/packages`), 200);
      }
    });
  });
});
