import { aCoach, book, expectStatus, slotsOf } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

const NOW = '2026-03-02T06:00:00Z';
const SLOT = '2026-03-03T09:00:00Z';

describe('asking a coach for a seat', () => {
  let app: TestApp;
  let coach: TestPerson;
  let client: TestPerson;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    await app.setClock(NOW);
    coach = await aCoach(app);
    client = await app.register({ first_name: 'Léo', last_name: 'Petit', locale: 'en-GB', timezone: 'Europe/London' });
  });

  const request = (body: Record<string, unknown>, person = client) =>
    person.http.post('/bookings').send({ coach_id: coach.id, scheduled_at: SLOT, ...body });
  const refused = async (body: Record<string, unknown>, status: number, detail: string, person = client) =>
    expect(await expectStatus(request(body, person), status)).toMatchObject({ detail });

  it('answers the whole booking, pending, with what it costs and until when the coach may answer', async () => {
    const booking = await expectStatus(request({ client_message: 'Bad left knee' }), 201);
    expect(booking).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      client_id: client.id,
      coach_id: coach.id,
      rescheduled_from_id: null,
      rescheduled_to_id: null,
      done_by: null,
      client_name: 'Léo Petit',
      coach_name: 'Inès Martin',
      pricing_id: expect.any(String) as string,
      package_id: null,
      gym_id: null,
      gym_name: null,
      scheduled_at: SLOT,
      ends_at: '2026-03-03T10:00:00Z',
      duration_min: 60,
      status: 'pending_coach_validation',
      type: 'individual',
      pricing_type: 'per_session',
      price_cents: 5000,
      currency: 'EUR',
      client_message: 'Bad left knee',
      coach_cancel_reason: null,
      late_cancel_waived: false,
      penalty_due: false,
      session_deducted: false,
      expires_at: '2026-03-03T06:00:00Z',
      confirmed_at: null,
      cancelled_at: null,
      done_at: null,
      created_at: NOW,
      updated_at: NOW,
    });
  });

  it('keeps the message encrypted at rest', async () => {
    const booking = await expectStatus(request({ client_message: 'a word between us' }), 201);
    const { rows } = await app.database.query<{ client_message: string }>(
      'SELECT client_message FROM bookings WHERE id = $1',
      [booking['id']],
    );
    expect(rows[0]?.client_message).toMatch(/^test:/);
    expect(rows[0]?.client_message).not.toContain('word');
  });

  it('holds the seat at once: the slot is mine for me, full for others', async () => {
    const { id } = await book(client, coach.id, SLOT);
    const other = await app.register();
    const mine = (await slotsOf(client, coach.id)).find((slot) => slot.scheduled_at === SLOT);
    const theirs = (await slotsOf(other, coach.id)).find((slot) => slot.scheduled_at === SLOT);
    expect(mine).toMatchObject({ status: 'mine', my_booking_id: id, booked: 1, remaining: 0 });
    expect(theirs).toMatchObject({ status: 'full', my_booking_id: null, booked: 1, remaining: 0 });
    await refused({}, 409, 'slot_unavailable', other);
  });

  it('accepts the start of any listed slot exactly as it was listed', async () => {
    const [first] = await slotsOf(client, coach.id);
    const booking = await book(client, coach.id, first?.scheduled_at ?? '');
    expect(booking.scheduled_at).toBe(first?.scheduled_at);
  });

  it('tells the coach and acknowledges the client, each in the own language and zone', async () => {
    const { id } = await book(client, coach.id, SLOT);
    const [told] = await app.messages({ user_id: coach.id, channel: 'push' });
    const [acknowledged] = await app.messages({ user_id: client.id, channel: 'push' });
    expect(told?.data).toMatchObject({ type: 'booking_requested', booking_id: id, client_id: client.id });
    expect(told?.body).toContain('10:00');
    expect(told?.body).toContain('mardi 3 mars 2026');
    expect(acknowledged?.data).toMatchObject({ type: 'booking_sent', booking_id: id });
    expect(acknowledged?.body).toContain('09:00');
    expect(acknowledged?.body).toContain('Tuesday');
    const inbox = await expectStatus<{ items: { type: string; data: { booking_id: string } }[] }>(
      coach.http.get('/notifications'),
      200,
    );
    expect(inbox.items[0]).toMatchObject({ type: 'booking_requested', data: { booking_id: id } });
    expect(await app.messages({ user_id: coach.id, channel: 'email' })).not.toHaveLength(0);
  });

  describe('is refused', () => {
    it('for a coach who does not exist, has no profile or is suspended', async () => {
      await refused({ coach_id: '00000000-0000-4000-8000-000000000000' }, 404, 'coach_not_found');
      await refused({ coach_id: client.id }, 404, 'coach_not_found');
      await app.database.query(
        `UPDATE users SET status = 'suspended', status_before_suspension = 'active' WHERE id = $1`,
        [coach.id],
      );
      await refused({}, 404, 'coach_not_found');
    });

    it('with oneself', async () => refused({}, 422, 'cannot_book_self', coach));

    it('with oneself, in whatever letters the id is written', async () =>
      refused({ coach_id: coach.id.toUpperCase() }, 422, 'cannot_book_self', coach));

    it('at and after the start', async () => {
      await app.setClock(SLOT);
      await refused({}, 422, 'slot_in_past');
    });

    it('off the grid of the hours', async () => {
      await refused({ scheduled_at: '2026-03-03T09:30:00Z' }, 422, 'slot_outside_availability');
      await refused({ scheduled_at: '2026-03-03T22:00:00Z' }, 422, 'slot_outside_availability');
    });

    it('within the notice and beyond the horizon, exact to the second', async () => {
      await expectStatus(
        coach.http.put('/coaches/profile').send({ min_notice_hours: 24, booking_horizon_days: 2 }),
        200,
      );
      await app.setClock('2026-03-02T09:00:01Z');
      await refused({}, 422, 'notice_too_short');
      await app.setClock('2026-03-01T08:59:59Z');
      await refused({}, 422, 'beyond_booking_horizon');
      await app.setClock('2026-03-01T09:00:00Z');
      await book(client, coach.id, SLOT);
    });

    it('a second time on the same slot, and at another coach at the same time', async () => {
      const elsewhere = await aCoach(app);
      await book(client, coach.id, SLOT);
      await refused({}, 409, 'duplicate_booking');
      await refused({ coach_id: elsewhere.id }, 409, 'client_busy');
    });

    it('while the coach is himself somebody else’s client', async () => {
      const other = await aCoach(app);
      await book(coach, other.id, SLOT);
      await refused({}, 409, 'slot_unavailable');
      const starts = (await slotsOf(client, coach.id)).map((slot) => slot.scheduled_at);
      expect(starts).not.toContain(SLOT);
    });

    it('without any price, with 402', async () => {
      const free = await aCoach(app, { priceCents: null });
      await refused({ coach_id: free.id }, 402, 'no_credits_available');
      await refused({ pricing_type: 'package' }, 402, 'no_credits_available');
    });

    it('with a price of somebody else, a package that is not there, or a discovery that is not offered', async () => {
      const other = await aCoach(app);
      const pricing = await expectStatus<{ id: string }[]>(other.http.get('/coaches/pricing'), 200);
      await refused({ pricing_id: pricing[0]?.id }, 404, 'pricing_not_found');
      await refused({ package_id: client.id }, 404, 'package_not_found');
      await refused({ pricing_type: 'discovery' }, 422, 'discovery_not_offered');
    });

    it('when five requests already wait at this coach', async () => {
      for (const hour of [9, 10, 11, 12, 13])
        await book(client, coach.id, `2026-03-03T${String(hour).padStart(2, '0')}:00:00Z`);
      await refused({ scheduled_at: '2026-03-04T09:00:00Z' }, 422, 'too_many_pending');
    });

    it('naming every field at fault', async () => {
      const answer = await expectStatus<{ errors: { field: string; code: string }[] }>(
        client.http
          .post('/bookings')
          .send({ coach_id: 'x', scheduled_at: 'tomorrow', client_message: 'm'.repeat(501) }),
        422,
      );
      expect(answer.errors.map(({ field, code }) => [field, code])).toEqual([
        ['coach_id', 'invalid_format'],
        ['scheduled_at', 'invalid_datetime'],
        ['client_message', 'too_long'],
      ]);
    });

    it('in the language asked for', async () => {
      const messages = new Set<string>();
      for (const language of ['en', 'fr', 'es', 'pt']) {
        const answer = await expectStatus<{ detail: string; message: string }>(
          request({ coach_id: client.id }).set('Accept-Language', language),
          404,
        );
        expect(answer.detail).toBe('coach_not_found');
        messages.add(answer.message);
      }
      expect(messages.size).toBe(4);
    });
  });

  it('drops fields that nobody may set', async () => {
    const booking = await expectStatus(
      request({ id: client.id, status: 'confirmed', price_cents: 0, currency: 'USD', confirmed_at: NOW }),
      201,
    );
    expect(booking).toMatchObject({ status: 'pending_coach_validation', price_cents: 5000, currency: 'EUR' });
    expect(booking['id']).not.toBe(client.id);
  });

  it('gives one booking and one answer for a repeated Idempotency-Key', async () => {
    const send = () => request({}).set('Idempotency-Key', 'tap-tap');
    const first = await send();
    const second = await send();
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    expect(second.headers['idempotent-replayed']).toBe('true');
    await expectStatus(request({ client_message: 'other' }).set('Idempotency-Key', 'tap-tap'), 422);
    const { rows } = await app.database.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM bookings WHERE client_id = $1',
      [client.id],
    );
    expect(rows[0]?.n).toBe(1);
  });

  it('judges a refused request anew when it is repeated with the same key', async () => {
    const other = await app.register();
    const { id } = await book(other, coach.id, SLOT);
    await expectStatus(request({}).set('Idempotency-Key', 'again'), 409);
    await expectStatus(other.http.delete(`/bookings/${id}`), 200);
    await expectStatus(request({}).set('Idempotency-Key', 'again'), 201);
  });

  it('runs once for fifty parallel repeats of one Idempotency-Key', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => request({}).set('Idempotency-Key', 'burst')));
    const statuses = new Set(answers.map(({ status }) => status));
    expect([...statuses].every((status) => status === 201 || status === 409)).toBe(true);
    const ids = new Set(answers.filter(({ status }) => status === 201).map(({ body }) => (body as { id: string }).id));
    expect(ids.size).toBe(1);
    for (const { status, body, headers } of answers)
      if (status === 409) {
        expect(body).toMatchObject({ detail: 'request_in_progress', retry_after: 1 });
        expect(headers['retry-after']).toBe('1');
      }
  });
});
