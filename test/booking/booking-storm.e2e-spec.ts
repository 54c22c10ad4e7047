import { aCoach, book, expectStatus, slotsOf } from 'test/support/coaching';
import { crowd } from 'test/support/crowd';
import { expectInvariants } from 'test/support/invariants';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

/** A day of its own for each storm: who won one is busy only then. */
const slotOn = (day: number): string => `2026-03-${String(day).padStart(2, '0')}T09:00:00Z`;

interface Answer {
  status: number;
  body: { detail?: string; id?: string };
}

function tally(answers: readonly Answer[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, body } of answers) {
    const name = status < 300 ? String(status) : `${String(status)} ${body.detail ?? ''}`;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

describe('storms of bookings', () => {
  let app: TestApp;
  let people: TestPerson[];

  beforeAll(async () => {
    app = await startTestApp();
    await app.setClock('2026-03-02T06:00:00Z');
    people = await crowd(app, 200);
  }, 60_000);
  afterAll(() => app.close());
  afterEach(() => expectInvariants(app.database));

  const storm = (coachId: string, startOf: (index: number) => string): Promise<Answer[]> =>
    Promise.all(
      people.map((person, index) =>
        person.http.post('/bookings').send({ coach_id: coachId, scheduled_at: startOf(index) }),
      ),
    );

  it('trust 43: of 200 clients at one seat exactly one gets it, and nobody meets a server error', async () => {
    const coach = await aCoach(app);
    expect(tally(await storm(coach.id, () => slotOn(3)))).toEqual({ '201': 1, '409 slot_unavailable': 199 });
  });

  it('trust 44: of 200 clients at seven seats exactly seven get one', async () => {
    const coach = await aCoach(app, { maxSlots: 7 });
    expect(tally(await storm(coach.id, () => slotOn(4)))).toEqual({ '201': 7, '409 slot_unavailable': 193 });
    const { rows } = await app.database.query<{ seats: number[] }>(
      'SELECT array_agg(seat ORDER BY seat) AS seats FROM seats WHERE coach_id = $1',
      [coach.id],
    );
    expect(rows[0]?.seats).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('of starts that overlap at one coach only those apart are taken', async () => {
    // Every quarter of an hour a session of an hour: each booking closes six starts around it.
    const coach = await aCoach(app);
    await expectStatus(coach.http.put('/coaches/profile').send({ session_duration_min: 15 }), 200);
    const starts = (await slotsOf(coach, coach.id, '?from=2026-03-05&to=2026-03-05')).map((slot) => slot.scheduled_at);
    await expectStatus(coach.http.put('/coaches/profile').send({ session_duration_min: 60 }), 200);
    const answers = await storm(coach.id, (index) => starts[index % starts.length] ?? slotOn(5));
    const counts = tally(answers);
    expect(
      Object.keys(counts).every((name) => /^(201|409 slot_unavailable|422 slot_outside_availability)$/.test(name)),
    ).toBe(true);
    expect(counts['201']).toBe(12);
  });

  it('of one client at many coaches at the same time one wins, the others are told that he is busy', async () => {
    const coaches = await Promise.all(Array.from({ length: 10 }, () => aCoach(app, { days: [1] })));
    const client = await app.register();
    const answers = await Promise.all(
      coaches.map((coach) => client.http.post('/bookings').send({ coach_id: coach.id, scheduled_at: slotOn(3) })),
    );
    expect(tally(answers)).toEqual({ '201': 1, '409 client_busy': 9 });
  });

  it('of coaches who book each other ends without a deadlock', async () => {
    const coaches = await Promise.all(Array.from({ length: 6 }, () => aCoach(app, { days: [1] })));
    const hours = ['08', '09', '10', '11', '12', '13'];
    const wishes = coaches.flatMap((client) =>
      coaches
        .filter((coach) => coach !== client)
        .flatMap((coach) => hours.map((hour) => ({ client, coach, start: `2026-03-03T${hour}:00:00Z` }))),
    );
    const answers = await Promise.all(
      wishes.map(({ client, coach, start }) =>
        client.http.post('/bookings').send({ coach_id: coach.id, scheduled_at: start }),
      ),
    );
    const counts = tally(answers);
    expect(Object.keys(counts).filter((name) => name.startsWith('5'))).toEqual([]);
    // In each hour six people pair up: at least two pairs, at most three.
    expect(counts['201']).toBeGreaterThanOrEqual(hours.length * 2);
    expect(counts['201']).toBeLessThanOrEqual(hours.length * 3);
    const { rows } = await app.database.query<{ deadlocks: number }>(
      'SELECT deadlocks::int AS deadlocks FROM pg_stat_database WHERE datname = current_database()',
    );
    expect(rows[0]?.deadlocks).toBe(0);
  });

  it('of bookings, answers and cancellations leaves every seat with its holder', async () => {
    const coach = await aCoach(app, { maxSlots: 3 });
    const first = await Promise.all(people.slice(0, 3).map((person) => book(person, coach.id, slotOn(6))));
    const acts = first.flatMap(({ id }, index) => [
      () => coach.http.post(`/bookings/${id}/confirm`),
      () => coach.http.post(`/bookings/${id}/reject`),
      () => (people[index] ?? coach).http.delete(`/bookings/${id}`),
    ]);
    const joining = people
      .slice(3, 40)
      .map((person) => () => person.http.post('/bookings').send({ coach_id: coach.id, scheduled_at: slotOn(6) }));
    const answers = (await Promise.all([...acts, ...joining].map((act) => act()))) as Answer[];
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    const { rows } = await app.database.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM seats WHERE coach_id = $1 AND starts_at = $2',
      [coach.id, slotOn(6)],
    );
    expect(rows[0]?.n).toBeLessThanOrEqual(3);
  });

  it('of a hundred clients at one seat, while the coach answers, cancels and goes away, sells it once at a time', async () => {
    const coach = await aCoach(app);
    const start = slotOn(7);
    const hundred = people.slice(0, 100);
    const first = await book(hundred[0] ?? coach, coach.id, start);
    const absence = { starts_at: start, ends_at: '2026-03-07T10:00:00Z' };
    const asking = (person: TestPerson) => () =>
      person.http.post('/bookings').send({ coach_id: coach.id, scheduled_at: start });
    const acts = [
      ...hundred.slice(0, 30).map(asking),
      () => coach.http.post(`/bookings/${first.id}/confirm`),
      ...hundred.slice(30, 60).map(asking),
      () => coach.http.delete(`/bookings/${first.id}`),
      ...hundred.slice(60, 80).map(asking),
      () => coach.http.post('/coaches/time-off').send(absence),
      ...hundred.slice(80).map(asking),
      () => coach.http.post(`/bookings/${first.id}/reject`),
    ];
    const answers = (await Promise.all(acts.map((act) => act()))) as Answer[];
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    const { rows } = await app.database.query<{ status: string }>(
      'SELECT status FROM bookings WHERE coach_id = $1 ORDER BY created_at, id',
      [coach.id],
    );
    const active = rows.filter(({ status }) => status === 'pending_coach_validation' || status === 'confirmed');
    const sold = answers.filter(({ status }) => status === 201).length - 1;
    expect(active.length).toBeLessThanOrEqual(1);
    // The seat of the first one can be sold once more; the other 201 is the absence.
    expect(rows).toHaveLength(1 + sold);
    expect(sold).toBeLessThanOrEqual(1);
    const late = await people[150]?.http.post('/bookings').send({ coach_id: coach.id, scheduled_at: start });
    expect([late?.status, (late?.body as { detail: string }).detail]).toEqual([422, 'coach_on_time_off']);
    // Who got the seat before the coach went away waits for an answer that can only be no.
    for (const { id } of answers.filter(({ status, body }) => status === 201 && body.id).map(({ body }) => body))
      expect((await coach.http.post(`/bookings/${id ?? ''}/confirm`)).status).not.toBe(200);
  });

  it('trust 49: of fifty repeats of one Idempotency-Key at once makes one booking', async () => {
    const coach = await aCoach(app, { maxSlots: 50 });
    const [person] = people;
    if (!person) throw new Error('nobody');
    const repeat = () =>
      person.http
        .post('/bookings')
        .set('Idempotency-Key', 'one tap')
        .send({ coach_id: coach.id, scheduled_at: slotOn(8) });
    const answers = await Promise.all(Array.from({ length: 50 }, repeat));
    const counts = tally(answers);
    expect(Object.keys(counts).filter((name) => !['201', '409 request_in_progress'].includes(name))).toEqual([]);
    expect(
      new Set(answers.flatMap(({ status, body }) => (status === 201 ? [(body as { id: string }).id] : []))).size,
    ).toBe(1);
    const { rows } = await app.database.query('SELECT id FROM bookings WHERE coach_id = $1', [coach.id]);
    expect(rows).toHaveLength(1);
    expect((await repeat()).headers['idempotent-replayed']).toBe('true');
  });
});
