import { aCoach, book, expectStatus, type WireBooking } from 'test/support/coaching';
import { expectInvariants } from 'test/support/invariants';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { bond, bondOf, confirm, pushesTo } from './dealings';

const NOW = '2026-03-02T06:00:00Z';
const SLOT = '2026-03-05T09:00:00Z';
const OTHER = '2026-03-05T14:00:00Z';
const OFFERED = {
  discovery_enabled: true,
  discovery_free: false,
  discovery_price_cents: 2_000,
  discovery_duration_min: 30,
};

interface WireRequest {
  id: string;
  status: string;
  booking_id: string | null;
  discovery_slot: string | null;
  coach_message: string | null;
  client_message: string | null;
  [field: string]: unknown;
}
interface Listed {
  items: WireRequest[];
  total: number;
  has_more: boolean;
}

describe('coaching requests', () => {
  let app: TestApp;
  let coach: TestPerson;
  let client: TestPerson;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    await app.setClock(NOW);
    coach = await aCoach(app, { profile: OFFERED });
    client = await app.register({ first_name: 'Léa' });
  });
  afterEach(() => expectInvariants(app.database));

  const post = (person: TestPerson, path: string, body: object = {}): PromiseLike<{ status: number; body: unknown }> =>
    person.http.post(path).send(body);
  const ask = (body: object = {}, person = client): Promise<WireRequest> =>
    expectStatus(post(person, '/clients/coaching-requests', { coach_id: coach.id, ...body }), 201);
  const refused = async (status: number, detail: string, body: object = {}, person = client): Promise<void> => {
    const answer = await post(person, '/clients/coaching-requests', { coach_id: coach.id, ...body });
    expect(answer).toMatchObject({ status, body: { detail } });
  };
  const accept = (id: string, body: object = {}, person = coach): Promise<WireRequest> =>
    expectStatus(post(person, `/coaches/coaching-requests/${id}/accept`, body), 200);
  const reject = (id: string, body: object = {}): Promise<WireRequest> =>
    expectStatus(post(coach, `/coaches/coaching-requests/${id}/reject`, body), 200);
  const withdraw = (id: string): Promise<WireRequest> =>
    expectStatus(client.http.delete(`/clients/coaching-requests/${id}`), 200);
  const bookDiscovery = (body: object = {}, person = client): Promise<WireBooking> =>
    expectStatus(
      post(person, '/bookings', { coach_id: coach.id, scheduled_at: SLOT, pricing_type: 'discovery', ...body }),
      201,
    );
  const made = async (): Promise<WireRequest[]> =>
    (await expectStatus<Listed>(client.http.get('/clients/coaching-requests'), 200)).items;
  const only = async (): Promise<WireRequest> => {
    const [request, ...more] = await made();
    if (!request || more.length > 0) throw new Error(`${String(more.length)} requests beside one`);
    return request;
  };
  const bookingOf = async (request: WireRequest): Promise<WireBooking> =>
    expectStatus(client.http.get(`/bookings/${request.booking_id ?? ''}`), 200);

  describe('asking', () => {
    it('makes a request that waits, and a relation that is pending', async () => {
      const request = await ask({ client_message: 'Bonjour,\nje débute.' });
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
      expect(await ask({ discovery_slot: SLOT })).toMatchObject({ discovery_slot: SLOT, booking_id: null });
      await book(await app.register(), coach.id, SLOT);
    });

    it('is refused for a start that could not be booked', async () => {
      await book(await app.register(), coach.id, SLOT);
      await refused(409, 'slot_unavailable', { discovery_slot: SLOT });
      await refused(422, 'slot_in_past', { discovery_slot: NOW });
      await refused(422, 'slot_outside_availability', { discovery_slot: '2026-03-05T03:00:00Z' });
      await refused(422, 'beyond_booking_horizon', { discovery_slot: '2027-03-04T09:00:00Z' });
      const mine = await app.register();
      await book(mine, coach.id, OTHER);
      await refused(409, 'duplicate_booking', { discovery_slot: OTHER }, mine);
      expect(await made()).toEqual([]);
      expect(await bondOf(app, coach, client)).toBeNull();
    });

    it('is refused to nobody’s coach, to oneself, and where no discovery is offered', async () => {
      await refused(404, 'coach_not_found', { coach_id: client.id });
      await refused(422, 'cannot_request_self', {}, coach);
      await expectStatus(coach.http.put('/coaches/profile').send({ discovery_enabled: false }), 200);
      await refused(422, 'discovery_not_offered');
    });

    it.each(['active', 'paused'] as const)('is refused to who is %s with the coach', async (status) => {
      await bond(app, coach, client, status);
      await refused(409, 'already_in_relation');
      expect(await bondOf(app, coach, client)).toBe(status);
    });

    it('is refused while another request waits, and possible again after it', async () => {
      const { id } = await ask();
      await refused(409, 'request_already_pending');
      await withdraw(id);
      await ask();
      // At another coach it is another request.
      const other = await aCoach(app, { profile: OFFERED });
      await ask({ coach_id: other.id });
    });

    it('is refused by a coach who is full, to somebody without a relation only', async () => {
      await expectStatus(coach.http.put('/coaches/profile').send({ max_clients: 1 }), 200);
      await ask();
      await bond(app, coach, await app.register(), 'active');
      const newcomer = await app.register();
      await refused(422, 'coach_full', {}, newcomer);
      await bond(app, coach, newcomer, 'ended');
      await ask({}, newcomer);
    });

    it('checks its fields', async () => {
      await ask({ client_message: 'x'.repeat(1000) });
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
      expect(await made()).toHaveLength(1);
    });
  });

  describe('lists', () => {
    it('show own requests newest first, by status', async () => {
      const first = await ask();
      await withdraw(first.id);
      await app.advance(60);
      const second = await ask();
      expect((await made()).map(({ id }) => id)).toEqual([second.id, first.id]);
      const pending = await expectStatus<Listed>(client.http.get('/clients/coaching-requests?status=pending'), 200);
      expect(pending.items.map(({ id }) => id)).toEqual([second.id]);
      const paged = await expectStatus<Listed>(client.http.get('/clients/coaching-requests?limit=1'), 200);
      expect(paged).toMatchObject({ total: 2, has_more: true });
      await expectStatus(client.http.get('/clients/coaching-requests?status=waiting'), 422);
    });

    it('show a coach those that wait, unless he names a status', async () => {
      const first = await ask();
      await reject(first.id);
      const other = await app.register();
      const second = await ask({}, other);
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
      for (let index = 0; index < 3; index += 1) await ask({}, await app.register());
      expect(await cost()).toBe(none);
    });
  });

  describe('accepting', () => {
    it('without a start makes the relation a discovery', async () => {
      const { id } = await ask();
      expect(await accept(id, { coach_message: 'Avec plaisir' })).toMatchObject({
        status: 'accepted',
        coach_message: 'Avec plaisir',
        booking_id: null,
      });
      expect(await bondOf(app, coach, client)).toBe('discovery');
      expect(await pushesTo(app, client)).toEqual(['discovery_accepted']);
    });

    it('with the start that was wished gives a confirmed discovery session', async () => {
      const { id } = await ask({ discovery_slot: SLOT, client_message: 'Bonjour' });
      const request = await accept(id);
      expect(request).toMatchObject({ status: 'accepted', discovery_slot: SLOT, booking_id: expect.any(String) });
      expect(await bookingOf(request)).toMatchObject({
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
      const first = await ask({ discovery_slot: SLOT });
      const early = '2026-03-05T04:00:00Z';
      expect(await accept(first.id, { discovery_slot: early })).toMatchObject({ discovery_slot: early });
      const other = await app.register();
      const second = await ask({ discovery_slot: SLOT }, other);
      expect(await accept(second.id, { discovery_slot: null })).toMatchObject({
        status: 'accepted',
        discovery_slot: SLOT,
        booking_id: null,
      });
    });

    it('is refused for a start that is gone, and the request waits on', async () => {
      const { id } = await ask({ discovery_slot: SLOT });
      await book(await app.register(), coach.id, SLOT);
      const yes = (body: object = {}): PromiseLike<{ status: number; body: unknown }> =>
        post(coach, `/coaches/coaching-requests/${id}/accept`, { coach_message: 'Oui', ...body });
      expect(await yes()).toMatchObject({ status: 409, body: { detail: 'slot_unavailable' } });
      const away = { starts_at: '2026-03-06T00:00:00Z', ends_at: '2026-03-07T00:00:00Z' };
      await expectStatus(post(coach, '/coaches/time-off', away), 201);
      const off = await yes({ discovery_slot: '2026-03-06T09:00:00Z' });
      expect(off).toMatchObject({ status: 422, body: { detail: 'coach_on_time_off' } });
      expect(await yes({ discovery_slot: NOW })).toMatchObject({ status: 422, body: { detail: 'slot_in_past' } });
      expect(await only()).toMatchObject({ status: 'pending', coach_message: null, discovery_slot: SLOT });
      expect(await bondOf(app, coach, client)).toBe('pending');
      await accept(id, { discovery_slot: OTHER });
    });

    it('wakes a relation that had ended, and leaves alone one that goes on', async () => {
      await bond(app, coach, client, 'ended');
      const { id } = await ask();
      expect(await bondOf(app, coach, client)).toBe('ended');
      await accept(id);
      expect(await bondOf(app, coach, client)).toBe('discovery');
      const again = await ask();
      await bond(app, coach, client, 'active');
      await accept(again.id);
      expect(await bondOf(app, coach, client)).toBe('active');
    });

    it('is not refused by a coach who is full: he may add people himself', async () => {
      const { id } = await ask();
      await expectStatus(coach.http.put('/coaches/profile').send({ max_clients: 1 }), 200);
      await bond(app, coach, await app.register(), 'active');
      await accept(id);
    });

    it('may be done by an admin in his place, and by nobody else', async () => {
      const { id } = await ask({ discovery_slot: SLOT });
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
      const request = await accept(id, {}, admin);
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
      const rejected = await ask();
      expect(await reject(rejected.id, { coach_message: 'Complet' })).toMatchObject({
        status: 'rejected',
        coach_message: 'Complet',
      });
      await over(rejected.id);
      const cancelled = await ask();
      expect(await withdraw(cancelled.id)).toMatchObject({ status: 'cancelled' });
      await over(cancelled.id);
      const accepted = await ask();
      await accept(accepted.id);
      await over(accepted.id);
      expect(await pushesTo(app, client)).toEqual(['discovery_rejected', 'discovery_accepted']);
      expect((await pushesTo(app, coach)).filter((type) => type === 'discovery_cancelled')).toHaveLength(1);
    });

    it('with a no leaves the relation as it was', async () => {
      for (const before of [null, 'pending', 'discovery', 'ended'] as const)
        for (const end of [reject, withdraw]) {
          if (before) await bond(app, coach, client, before);
          await end((await ask()).id);
          expect(await bondOf(app, coach, client)).toBe(before);
        }
    });

    it('with a no does not undo what carried the relation on meanwhile', async () => {
      const { id } = await ask();
      const session = await book(client, coach.id, OTHER);
      await confirm(coach, session);
      expect(await bondOf(app, coach, client)).toBe('active');
      await reject(id);
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
        const { id } = await ask({}, person);
        await deal(person);
        await reject(id);
        expect(await bondOf(app, coach, person)).toBe('pending');
        await expectStatus(coach.http.get(`/coaches/clients/${person.id}/packages`), 200);
      }
    });
  });

  describe('a discovery that is booked', () => {
    it('is a request too, with the same people, start and message', async () => {
      const booking = await bookDiscovery({ client_message: 'Enfin' });
      expect(await only()).toMatchObject({
        status: 'pending',
        booking_id: booking.id,
        discovery_slot: SLOT,
        client_message: 'Enfin',
        client_id: client.id,
        coach_id: coach.id,
      });
      expect(await bondOf(app, coach, client)).toBe('pending');
      await refused(409, 'request_already_pending');
      expect(await pushesTo(app, coach)).toEqual(['discovery_requested']);
      expect(await pushesTo(app, client)).toEqual(['booking_sent']);
    });

    it('belongs to the request that waits already', async () => {
      const { id } = await ask({ client_message: 'Bonjour', discovery_slot: SLOT });
      const booking = await bookDiscovery({ scheduled_at: OTHER });
      expect(await only()).toMatchObject({
        id,
        booking_id: booking.id,
        discovery_slot: OTHER,
        client_message: 'Bonjour',
      });
      expect((await accept(id)).status).toBe('accepted');
      expect((await bookingOf(await only())).status).toBe('confirmed');
    });

    it('leaves nothing when it is refused', async () => {
      await book(await app.register(), coach.id, SLOT);
      const answer = await post(client, '/bookings', {
        coach_id: coach.id,
        scheduled_at: SLOT,
        pricing_type: 'discovery',
      });
      expect(answer.status).toBe(409);
      expect(await made()).toEqual([]);
      expect(await bondOf(app, coach, client)).toBeNull();
    });

    /** From either side: what the act leads both to, the relation, and who is told what. */
    it.each<[string, (request: WireRequest) => PromiseLike<unknown>, string, string, string | null, string, string]>([
      [
        'accepting the request',
        ({ id }) => accept(id),
        'accepted',
        'confirmed',
        'discovery',
        'discovery_accepted',
        'session_confirmed',
      ],
      [
        'confirming the booking',
        ({ booking_id }) => expectStatus(post(coach, `/bookings/${booking_id ?? ''}/confirm`), 200),
        ...(['accepted', 'confirmed', 'discovery', 'discovery_accepted', 'session_confirmed'] as const),
      ],
      ['rejecting the request', ({ id }) => reject(id), 'rejected', 'rejected', null, 'discovery_rejected', ''],
      [
        'rejecting the booking',
        ({ booking_id }) => expectStatus(post(coach, `/bookings/${booking_id ?? ''}/reject`), 200),
        ...(['rejected', 'rejected', null, 'discovery_rejected', ''] as const),
      ],
      [
        'nobody answering',
        () => app.advance(24 * 3600),
        'rejected',
        'auto_rejected',
        null,
        'booking_auto_rejected',
        'booking_auto_rejected',
      ],
      [
        'withdrawing the request',
        ({ id }) => withdraw(id),
        'cancelled',
        'cancelled_by_client',
        null,
        '',
        'discovery_cancelled',
      ],
      [
        'cancelling the booking',
        ({ booking_id }) => expectStatus(client.http.delete(`/bookings/${booking_id ?? ''}`), 200),
        ...(['cancelled', 'cancelled_by_client', null, '', 'discovery_cancelled'] as const),
      ],
      [
        'the coach cancelling the booking',
        ({ booking_id }) => expectStatus(coach.http.delete(`/bookings/${booking_id ?? ''}`), 200),
        ...(['cancelled', 'cancelled_by_coach', null, 'booking_cancelled_by_coach', ''] as const),
      ],
    ])('moves with its request while both wait: %s', async (_, act, request, booking, relation, toClient, toCoach) => {
      await bookDiscovery();
      await act(await only());
      const after = await only();
      expect(after.status).toBe(request);
      expect((await bookingOf(after)).status).toBe(booking);
      expect(await bondOf(app, coach, client)).toBe(relation);
      const news = async (person: TestPerson): Promise<string[]> =>
        (await pushesTo(app, person)).filter(
          (type) => !['booking_sent', 'discovery_requested', 'booking_validation_reminder'].includes(type),
        );
      expect(await news(client)).toEqual(toClient ? [toClient] : []);
      expect(await news(coach)).toEqual(toCoach ? [toCoach] : []);
    });

    it('goes back to the relation there was, whichever it was', async () => {
      for (const before of ['pending', 'discovery', 'ended'] as const) {
        await bond(app, coach, client, before);
        const { id } = await bookDiscovery();
        await expectStatus(post(coach, `/bookings/${id}/reject`), 200);
        expect(await bondOf(app, coach, client)).toBe(before);
      }
    });

    it('says the same reason on both sides', async () => {
      await bookDiscovery();
      await reject((await only()).id, { coach_message: 'Blessé' });
      expect((await bookingOf(await only())).coach_cancel_reason).toBe('Blessé');
      const other = await bookDiscovery();
      await expectStatus(post(coach, `/bookings/${other.id}/reject`, { reason: 'Encore' }), 200);
      expect((await made()).map(({ coach_message }) => coach_message).sort()).toEqual(['Blessé', 'Encore']);
    });

    it('is confirmed at its own start, whatever start comes with the yes', async () => {
      await bookDiscovery();
      const request = await accept((await only()).id, { discovery_slot: OTHER, coach_message: 'À jeudi' });
      expect(request).toMatchObject({ discovery_slot: SLOT, coach_message: 'À jeudi' });
      expect(await bookingOf(request)).toMatchObject({ scheduled_at: SLOT, coach_cancel_reason: null });
    });

    it('is lost when the yes comes after 24 hours, and stays so, with an Idempotency-Key too', async () => {
      await bookDiscovery();
      const { id } = await only();
      await app.setClock('2026-03-03T06:00:00Z');
      const accepting = coach.http.post(`/coaches/coaching-requests/${id}/accept`).set('Idempotency-Key', 'late');
      expect(await accepting.send({})).toMatchObject({ status: 422, body: { detail: 'invalid_transition' } });
      expect((await bookingOf(await only())).status).toBe('auto_rejected');
    });

    it('is lost when the yes comes after 24 hours, and stays so', async () => {
      await bookDiscovery();
      const { id } = await only();
      // The clock alone, so that the job has not been there.
      await app.setClock('2026-03-03T06:00:00Z');
      const late = await post(coach, `/coaches/coaching-requests/${id}/accept`, { coach_message: 'Oui' });
      expect(late).toMatchObject({ status: 422, body: { detail: 'invalid_transition' } });
      const request = await only();
      expect(request).toMatchObject({ status: 'rejected', coach_message: null });
      expect((await bookingOf(request)).status).toBe('auto_rejected');
      expect(await bondOf(app, coach, client)).toBeNull();
    });

    it('takes its request along when the client moves it, and is accepted when the coach does', async () => {
      const { id } = await bookDiscovery();
      const moved = await expectStatus<WireBooking>(
        post(client, `/bookings/${id}/reschedule`, { scheduled_at: OTHER }),
        201,
      );
      expect(await only()).toMatchObject({ status: 'pending', booking_id: moved.id, discovery_slot: OTHER });
      const again = await expectStatus<WireBooking>(
        post(coach, `/bookings/${moved.id}/reschedule`, { scheduled_at: SLOT }),
        201,
      );
      expect(await only()).toMatchObject({ status: 'accepted', booking_id: again.id, discovery_slot: SLOT });
      expect(await bondOf(app, coach, client)).toBe('discovery');
    });

    it('leaves the accepted request alone afterwards', async () => {
      const { id } = await bookDiscovery();
      await confirm(coach, { id });
      await expectStatus(client.http.delete(`/bookings/${id}`), 200);
      expect(await only()).toMatchObject({ status: 'accepted', booking_id: id });
      expect(await bondOf(app, coach, client)).toBe('discovery');
    });

    it('by the coach himself is an accepted request', async () => {
      await bond(app, coach, client, 'discovery');
      const booking = await bookDiscovery({ client_id: client.id }, coach);
      expect(booking.status).toBe('confirmed');
      expect(await only()).toMatchObject({ status: 'accepted', booking_id: booking.id });
      expect(await pushesTo(app, client)).toEqual(['discovery_accepted']);
    });
  });

  describe('at once', () => {
    const statuses = (answers: { status: number; body: unknown }[]): string[] =>
      answers
        .map(({ status, body }) => (status < 300 ? 'ok' : ((body as { detail?: string }).detail ?? String(status))))
        .sort();
    const times = <T>(count: number, act: () => PromiseLike<T>): Promise<T[]> =>
      Promise.all(Array.from({ length: count }, act));

    it('ten identical requests are one', async () => {
      const answers = await times(10, () => post(client, '/clients/coaching-requests', { coach_id: coach.id }));
      expect(statuses(answers)).toEqual(['ok', ...Array.from({ length: 9 }, () => 'request_already_pending')]);
      expect(await made()).toHaveLength(1);
    });

    it('two yeses give one session', async () => {
      const { id } = await ask({ discovery_slot: SLOT });
      const answers = await times(2, () => post(coach, `/coaches/coaching-requests/${id}/accept`));
      expect(statuses(answers)).toEqual(['invalid_transition', 'ok']);
      const { rowCount } = await app.database.query('SELECT FROM bookings WHERE coach_id = $1', [coach.id]);
      expect(rowCount).toBe(1);
    });

    it.each([false, true])('a yes and a withdrawal: one of them is heard (booked: %s)', async (isBooked) => {
      for (let round = 0; round < 5; round += 1) {
        client = await app.register();
        if (isBooked) await bookDiscovery();
        else await ask({ discovery_slot: SLOT });
        const { id, booking_id: bookingId } = await only();
        const answers = await Promise.all([
          post(coach, `/coaches/coaching-requests/${id}/accept`),
          bookingId
            ? client.http.delete(`/bookings/${bookingId}`)
            : client.http.delete(`/clients/coaching-requests/${id}`),
        ]);
        const after = await only();
        const relation = await bondOf(app, coach, client);
        const booking = after.booking_id === null ? null : (await bookingOf(after)).status;
        const state = [after.status, booking, relation].join(' ');
        // A confirmed booking may still be cancelled after the yes; its request was accepted.
        expect([
          'accepted confirmed discovery',
          'accepted cancelled_by_client discovery',
          'cancelled cancelled_by_client ',
          'cancelled  ',
        ]).toContain(state);
        if (booking !== 'cancelled_by_client') expect(statuses(answers)).toEqual(['invalid_transition', 'ok']);
        if (after.booking_id && booking === 'confirmed')
          await expectStatus(client.http.delete(`/bookings/${after.booking_id}`), 200);
      }
    });

    it('a yes to the request and one to its booking confirm it once', async () => {
      const { id: bookingId } = await bookDiscovery();
      const { id } = await only();
      const answers = await Promise.all([
        post(coach, `/coaches/coaching-requests/${id}/accept`),
        post(coach, `/bookings/${bookingId}/confirm`),
      ]);
      expect(statuses(answers)).toEqual(['invalid_transition', 'ok']);
    });

    it('a sale and a no leave nobody with a package and no relation', async () => {
      const sold = { name: 'Cinq', sessions_total: 5, price_cents: 20_000 };
      for (let round = 0; round < 8; round += 1) {
        client = await app.register();
        const { id } = await ask();
        const [sale] = await Promise.all([
          post(coach, `/coaches/clients/${client.id}/packages`, sold),
          post(coach, `/coaches/coaching-requests/${id}/reject`),
        ]);
        expect([sale.status, await bondOf(app, coach, client)]).toEqual(
          sale.status === 201 ? [201, 'pending'] : [404, null],
        );
      }
    });
  });
});
