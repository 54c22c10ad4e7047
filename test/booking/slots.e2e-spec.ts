import { aCoach, book, expectStatus, slotsOf } from 'test/support/coaching';
import { crowd } from 'test/support/crowd';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

interface SlotList {
  coach_id: string;
  timezone: string;
  client_can_book: boolean;
  slots: Record<string, unknown>[];
  removed?: { scheduled_at: string; reason: string }[];
}

describe('the slots of a coach', () => {
  let app: TestApp;
  let client: TestPerson;

  beforeAll(async () => {
    app = await startTestApp();
    client = await app.register();
  });
  afterAll(() => app.close());
  beforeEach(() => app.setClock('2026-03-02T06:00:00Z'));

  const list = (person: TestPerson, coachId: string, query = ''): Promise<SlotList> =>
    expectStatus<SlotList>(person.http.get(`/coaches/${coachId}/slots${query}`), 200);

  it('answer every field, for seven days from now', async () => {
    const coach = await aCoach(app, { from: '09:00', to: '11:00' });
    const answer = await list(client, coach.id);
    expect(answer).toMatchObject({
      coach_id: coach.id,
      timezone: 'Europe/Paris',
      client_can_book: true,
      sessions_remaining: 0,
      sessions_bookable: 0,
      client_message: null,
    });
    expect(answer).not.toHaveProperty('removed');
    expect(answer.slots).toHaveLength(14);
    expect(answer.slots[0]).toEqual({
      coach_id: coach.id,
      scheduled_at: '2026-03-02T08:00:00Z',
      ends_at: '2026-03-02T09:00:00Z',
      duration_min: 60,
      capacity: 1,
      booked: 0,
      remaining: 1,
      status: 'available',
      waitlist_count: 0,
      my_booking_id: null,
      my_waitlist_position: null,
    });
  });

  it('keep the wall clock of the coach over a change of clocks (trust 55)', async () => {
    const coach = await aCoach(app, { from: '09:00', to: '10:00' });
    const starts = await slotsOf(client, coach.id, '?from=2026-03-28&to=2026-03-30');
    expect(starts.map(({ scheduled_at }) => scheduled_at)).toEqual([
      '2026-03-28T08:00:00Z',
      '2026-03-29T07:00:00Z',
      '2026-03-30T07:00:00Z',
    ]);
  });

  it('of a group count its places and say the last one', async () => {
    const coach = await aCoach(app, { from: '09:00', to: '10:00', maxSlots: 2 });
    const start = '2026-03-03T08:00:00Z';
    const booking = await book(await app.register(), coach.id, start);
    expect(booking['type']).toBe('group');
    const [slot] = await slotsOf(client, coach.id, '?from=2026-03-03&to=2026-03-03');
    expect(slot).toMatchObject({ capacity: 2, booked: 1, remaining: 1, status: 'last_place' });
    await book(await app.register(), coach.id, start);
    const [full] = await slotsOf(client, coach.id, '?from=2026-03-03&to=2026-03-03');
    expect(full).toMatchObject({ booked: 2, remaining: 0, status: 'full' });
  });

  it('keep the buffer free around a session', async () => {
    const coach = await aCoach(app, { from: '09:00', to: '12:00' });
    const start = '2026-03-03T09:00:00Z';
    await book(client, coach.id, start);
    await expectStatus(coach.http.put('/coaches/profile').send({ buffer_min: 15, session_duration_min: 45 }), 200);
    const other = await app.register();
    const starts = (await slotsOf(other, coach.id, '?from=2026-03-03&to=2026-03-03')).map((slot) => slot.scheduled_at);
    // 9 to 9:45 and a quarter of an hour is free before 10; the session of an hour at 10 closes 11 by its buffer, and
    // 10 itself, because sessions that start together have one length.
    expect(starts).toEqual(['2026-03-03T08:00:00Z']);
  });

  it('are explained to their owner and to nobody else', async () => {
    const coach = await aCoach(app, { from: '09:00', to: '12:00', profile: { min_notice_hours: 3 } });
    const day = '?from=2026-03-02&to=2026-03-02&explain=true';
    const { removed, slots } = await list(coach, coach.id, day);
    expect(removed).toEqual([{ scheduled_at: '2026-03-02T08:00:00Z', reason: 'notice' }]);
    expect(slots).toHaveLength(2);
    expect(await expectStatus(client.http.get(`/coaches/${coach.id}/slots${day}`), 403)).toMatchObject({
      detail: 'forbidden',
    });
  });

  it('hide what overlaps the caller’s own day, from that caller only', async () => {
    const coach = await aCoach(app, { from: '09:00', to: '11:00' });
    const other = await aCoach(app, { from: '09:00', to: '11:00' });
    const busy = await app.register();
    await book(busy, other.id, '2026-03-03T08:00:00Z');
    const day = '?from=2026-03-03&to=2026-03-03';
    expect((await slotsOf(busy, coach.id, day)).map((slot) => slot.scheduled_at)).toEqual(['2026-03-03T09:00:00Z']);
    expect(await slotsOf(await app.register(), coach.id, day)).toHaveLength(2);
  });

  it('need a coach who can be booked', async () => {
    for (const id of [client.id, '00000000-0000-4000-8000-000000000000'])
      expect(await expectStatus(client.http.get(`/coaches/${id}/slots`), 404)).toMatchObject({
        detail: 'coach_not_found',
      });
  });

  it.each([
    ['?from=2026-03-01&to=2026-04-02', 'invalid_date_range'],
    ['?from=2026-03-10&to=2026-03-01', 'invalid_date_range'],
    ['?from=soon', 'invalid_date_range'],
    ['?explain=perhaps', 'invalid_type'],
  ])('refuse %s', async (query, code) => {
    const coach = await aCoach(app);
    const answer = await expectStatus<{ errors: { code: string }[] }>(
      client.http.get(`/coaches/${coach.id}/slots${query}`),
      422,
    );
    expect(answer.errors.map((error) => error.code)).toEqual([code]);
  });

  it('span 31 days at most, which are allowed', async () => {
    const coach = await aCoach(app, { from: '09:00', to: '10:00' });
    expect(await slotsOf(client, coach.id, '?from=2026-03-02&to=2026-04-01')).toHaveLength(31 - 1);
  });

  it('cost the same number of queries for a day and for a month', async () => {
    const coach = await aCoach(app);
    const queries = async (query: string): Promise<number> => {
      const before = app.queryCount();
      await slotsOf(client, coach.id, query);
      return app.queryCount() - before;
    };
    await queries('?from=2026-03-02&to=2026-03-02');
    const day = await queries('?from=2026-03-02&to=2026-03-02');
    await book(client, coach.id, '2026-03-04T09:00:00Z');
    await book(client, coach.id, '2026-03-05T09:00:00Z');
    expect(await queries('?from=2026-03-02&to=2026-04-01')).toBe(day);
    // His hours, who is where, his absences, the caller's packages, the price of a single session, his queues.
    expect(day).toBeLessThanOrEqual(6);
  });

  it('cost the same number of queries on an empty agenda and with 500 bookings in a month', async () => {
    const coach = await aCoach(app, { maxSlots: 2 });
    const month = '?from=2026-03-02&to=2026-04-01';
    const queries = async (): Promise<[queries: number, booked: number]> => {
      const before = app.queryCount();
      const slots = await slotsOf(client, coach.id, month);
      return [app.queryCount() - before, slots.reduce((sum, { booked }) => sum + booked, 0)];
    };
    await queries();
    const [empty] = await queries();
    const starts = (await slotsOf(client, coach.id, month)).map(({ scheduled_at }) => scheduled_at).slice(0, 250);
    await seatEverywhere(app, coach.id, await crowd(app, 2), starts);
    expect(await queries()).toEqual([empty, 500]);
  });
});

/** Confirmed bookings of these people at each start, straight in the tables: 500 requests would take their time. */
async function seatEverywhere(
  { database }: TestApp,
  coachId: string,
  clients: readonly TestPerson[],
  starts: readonly string[],
): Promise<void> {
  for (const [place, { id: clientId }] of clients.entries())
    await database.query(
      `WITH booked AS (
         INSERT INTO bookings (id, client_id, coach_id, scheduled_at, ends_at, duration_min, status, type, pricing_type,
           currency, policy_threshold_hours, policy_mode, policy_noshow_is_due, confirmed_at, created_at, updated_at)
         SELECT gen_random_uuid(), $1, $2, start, start + interval '1 hour', 60, 'confirmed', 'group', 'per_session',
           'EUR', 24, 'auto', true, now(), now(), now()
         FROM unnest($3::timestamptz[]) AS start
         RETURNING id, scheduled_at, ends_at),
       seated AS (
         INSERT INTO seats (coach_id, starts_at, seat, capacity, client_id, booking_id)
         SELECT $2, scheduled_at, $4, 2, $1, id FROM booked)
       INSERT INTO engagements (person_id, during, occasion, role, booking_id)
       SELECT person, tstzrange(scheduled_at, ends_at), md5($2::text || scheduled_at::text)::uuid, role, id
       FROM booked, (VALUES ($2::uuid, 'coach'), ($1::uuid, 'client')) AS parts (person, role)`,
      [clientId, coachId, starts, place + 1],
    );
}
