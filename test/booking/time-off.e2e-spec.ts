import { randomUUID } from 'node:crypto';
import { aCoach, book, expectStatus, slotsOf } from 'test/support/coaching';
import { crowd } from 'test/support/crowd';
import { expectInvariants } from 'test/support/invariants';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

interface Refusal {
  detail: string;
  errors?: { field: string; code: string }[];
}
interface WireTimeOff {
  id: string;
  starts_at: string;
  ends_at: string;
  reason: string | null;
  created_at: string;
  affected_booking_ids: string[];
}
interface List {
  items: WireTimeOff[];
  total: number;
  has_more: boolean;
}

const NOW = '2026-03-02T06:00:00Z';
const DAY = '?from=2026-03-04&to=2026-03-04';
/** Wednesday afternoon, from 13:00 to 17:00 in Paris. */
const AFTERNOON = { starts_at: '2026-03-04T12:00:00Z', ends_at: '2026-03-04T16:00:00Z' };

const faults = (body: unknown): string[] =>
  ((body as Refusal).errors ?? []).map(({ field, code }) => `${field} ${code}`);
const unsigned = (body: unknown): unknown => ({ ...(body as object), request_id: '' });

describe('time off', () => {
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
    client = await app.register();
  });

  const take = (values: object = AFTERNOON, person = coach): Promise<WireTimeOff> =>
    expectStatus<WireTimeOff>(person.http.post('/coaches/time-off').send(values), 201);
  const list = (query = ''): Promise<List> => expectStatus<List>(coach.http.get(`/coaches/time-off${query}`), 200);
  const startsOn = async (person: TestPerson, query = DAY): Promise<string[]> =>
    (await slotsOf(person, coach.id, query)).map(({ scheduled_at }) => scheduled_at.slice(11, 16));

  describe('that is taken', () => {
    it('answers the whole absence, with nothing affected', async () => {
      const answer = await take({ ...AFTERNOON, reason: 'Dentiste' });
      expect(answer).toEqual({
        id: expect.any(String),
        ...AFTERNOON,
        reason: 'Dentiste',
        created_at: NOW,
        affected_booking_ids: [],
      });
    });

    it('takes away every slot that it overlaps, and says why to the coach alone', async () => {
      const all = await startsOn(client);
      await take({ starts_at: '2026-03-04T12:30:00Z', ends_at: '2026-03-04T15:00:00Z' });
      const gone = ['12:00', '13:00', '14:00'];
      expect(await startsOn(client)).toEqual(all.filter((start) => !gone.includes(start)));
      const explained = await expectStatus<{ removed: { scheduled_at: string; reason: string }[] }>(
        coach.http.get(`/coaches/${coach.id}/slots${DAY}&explain=true`),
        200,
      );
      expect(explained.removed).toEqual(
        gone.map((start) => ({ scheduled_at: `2026-03-04T${start}:00Z`, reason: 'time_off' })),
      );
    });

    it('leaves the slots that only touch it', async () => {
      await take();
      const starts = await startsOn(client);
      expect(starts).toContain('11:00');
      expect(starts).toContain('16:00');
      await book(client, coach.id, '2026-03-04T11:00:00Z');
      await book(client, coach.id, '2026-03-04T16:00:00Z');
    });

    it('refuses a booking inside it, from the first to the last start', async () => {
      await take();
      for (const start of ['2026-03-04T12:00:00Z', '2026-03-04T15:00:00Z']) {
        const answer = await client.http.post('/bookings').send({ coach_id: coach.id, scheduled_at: start });
        expect(answer.status).toBe(422);
        expect((answer.body as Refusal).detail).toBe('coach_on_time_off');
      }
    });

    it('names the active bookings inside by start, and leaves them as they are', async () => {
      const inside = [
        await book(client, coach.id, '2026-03-04T15:00:00Z'),
        await book(await app.register(), coach.id, '2026-03-04T12:00:00Z'),
      ];
      const [later, earlier] = inside;
      await expectStatus(coach.http.post(`/bookings/${String(later?.id)}/confirm`), 200);
      const cancelled = await book(client, coach.id, '2026-03-04T13:00:00Z');
      await expectStatus(client.http.delete(`/bookings/${cancelled.id}`).send({}), 200);
      await book(client, coach.id, '2026-03-04T11:00:00Z');
      await book(client, coach.id, '2026-03-04T16:00:00Z');
      const elsewhere = await aCoach(app);
      await book(coach, elsewhere.id, '2026-03-04T14:00:00Z');

      const { affected_booking_ids: affected } = await take();

      expect(affected).toEqual([earlier?.id, later?.id]);
      const kept = await expectStatus(coach.http.get(`/bookings/${String(later?.id)}`), 200);
      expect(kept).toMatchObject({ status: 'confirmed' });
      await expectInvariants(app.database);
    });

    it('keeps a pending request inside from being confirmed; it can be rejected, and waits otherwise', async () => {
      const [kept, refused] = [
        await book(client, coach.id, '2026-03-04T12:00:00Z'),
        await book(client, coach.id, '2026-03-04T13:00:00Z'),
      ];
      const { id } = await take();
      for (const booking of [kept, refused]) {
        const answer = await coach.http.post(`/bookings/${booking.id}/confirm`);
        expect(answer.status).toBe(422);
        expect((answer.body as Refusal).detail).toBe('coach_on_time_off');
      }
      await expectStatus(coach.http.post(`/bookings/${refused.id}/reject`).send({}), 200);
      const again = await coach.http.post(`/bookings/${refused.id}/confirm`);
      expect((again.body as Refusal).detail).toBe('invalid_transition');
      await expectStatus(coach.http.delete(`/coaches/time-off/${id}`), 204);
      const confirmed = await expectStatus(coach.http.post(`/bookings/${kept.id}/confirm`), 200);
      expect(confirmed).toMatchObject({ status: 'confirmed' });
    });

    it('says that a request inside has lapsed rather than that the coach is away', async () => {
      const booking = await book(client, coach.id, '2026-03-04T12:00:00Z');
      await take();
      await app.setClock('2026-03-03T06:00:00Z');
      const answer = await coach.http.post(`/bookings/${booking.id}/confirm`);
      expect(answer.status).toBe(422);
      expect((answer.body as Refusal).detail).toBe('booking_expired');
    });

    it('may have begun, may overlap another, and may last 366 days', async () => {
      await take({ starts_at: '2026-03-01T00:00:00Z', ends_at: '2026-03-02T06:00:01Z' });
      await take();
      await take({ starts_at: '2026-03-04T14:00:00Z', ends_at: '2026-03-04T18:00:00Z' });
      await take({ starts_at: '2026-06-01T00:00:00Z', ends_at: '2027-06-02T00:00:00Z' });
      expect((await list()).total).toBe(4);
    });

    it('is one for one idempotency key', async () => {
      const key = randomUUID();
      const first = await coach.http.post('/coaches/time-off').set('Idempotency-Key', key).send(AFTERNOON);
      const again = await coach.http.post('/coaches/time-off').set('Idempotency-Key', key).send(AFTERNOON);
      expect([first.status, again.status]).toEqual([201, 201]);
      expect(again.headers['idempotent-replayed']).toBe('true');
      expect(again.body).toEqual(first.body);
      expect((await list()).total).toBe(1);
    });

    it('drops what the route does not know', async () => {
      const answer = await take({ ...AFTERNOON, coach_id: client.id, id: randomUUID(), created_at: AFTERNOON.ends_at });
      expect(answer.created_at).toBe(NOW);
      const { rows } = await app.database.query<{ coach_id: string }>('SELECT coach_id FROM time_offs WHERE id = $1', [
        answer.id,
      ]);
      expect(rows[0]?.coach_id).toBe(coach.id);
    });
  });

  describe('that cannot be', () => {
    it.each<[string, object, string[]]>([
      ['without its ends', { reason: null }, ['starts_at required', 'ends_at required']],
      ['that ends when it starts', { ...AFTERNOON, ends_at: AFTERNOON.starts_at }, ['ends_at invalid_date_range']],
      ['that is over now', { starts_at: '2026-03-01T00:00:00Z', ends_at: NOW }, ['ends_at invalid_date_range']],
      [
        'longer than 366 days',
        { starts_at: '2026-06-01T00:00:00Z', ends_at: '2027-06-02T00:00:01Z' },
        ['ends_at invalid_date_range'],
      ],
      ['of a day without its hour', { ...AFTERNOON, starts_at: '2026-03-04' }, ['starts_at invalid_datetime']],
      ['with a long story', { ...AFTERNOON, reason: 'x'.repeat(201) }, ['reason too_long']],
    ])('%s is refused', async (_, values, expected) => {
      const answer = await coach.http.post('/coaches/time-off').send(values);
      expect(answer.status).toBe(422);
      expect(faults(answer.body)).toEqual(expected);
      expect((await list('?from=2026-01-01')).total).toBe(0);
    });

    it('has a reason of at most 200 characters, or none', async () => {
      expect((await take({ ...AFTERNOON, reason: 'é'.repeat(200) })).reason).toHaveLength(200);
      expect((await take({ ...AFTERNOON, reason: null })).reason).toBeNull();
    });
  });

  describe('in a list', () => {
    it('is what has not ended yet, by start, page by page', async () => {
      const days = ['2026-03-20', '2026-03-06', '2026-03-11'];
      const taken: string[] = [];
      for (const day of days)
        taken.push((await take({ starts_at: `${day}T06:00:00Z`, ends_at: `${day}T18:00:00Z` })).id);
      const [third, first, second] = taken;
      expect((await list()).items.map(({ id }) => id)).toEqual([first, second, third]);
      expect(await list('?limit=2')).toMatchObject({
        total: 3,
        has_more: true,
        items: [{ id: first }, { id: second }],
      });
      expect(await list('?offset=2&limit=2')).toMatchObject({ total: 3, has_more: false, items: [{ id: third }] });
      await app.setClock('2026-03-06T17:59:59Z');
      expect((await list()).total).toBe(3);
      await app.setClock('2026-03-06T18:00:00Z');
      expect((await list()).total).toBe(2);
      expect((await list('?from=2026-03-01')).total).toBe(3);
    });

    it('is what overlaps the range asked for, days being those of the coach', async () => {
      // From 23:00 to 01:00 in Paris, over midnight.
      await take({ starts_at: '2026-03-09T22:00:00Z', ends_at: '2026-03-10T00:00:00Z' });
      for (const [query, total] of [
        ['?from=2026-03-09&to=2026-03-09', 1],
        ['?from=2026-03-10&to=2026-03-10', 1],
        ['?from=2026-03-11', 0],
        ['?to=2026-03-08', 0],
        ['?from=2026-03-10T00:00:00Z', 0],
        ['?to=2026-03-09T22:00:00Z', 0],
        ['?to=2026-03-09T22:00:01Z', 1],
      ] as const)
        expect([query, (await list(query)).total]).toEqual([query, total]);
      const wrong = await coach.http.get('/coaches/time-off?from=2026-03-10&to=2026-03-08');
      expect(wrong.status).toBe(422);
      expect(faults(wrong.body)).toEqual(['to invalid_date_range']);
    });
  });

  describe('that is removed', () => {
    it('brings the slots back, unless another absence covers them', async () => {
      const all = await startsOn(client);
      const first = await take();
      const second = await take({ starts_at: '2026-03-04T15:00:00Z', ends_at: '2026-03-04T16:00:00Z' });
      await expectStatus(coach.http.delete(`/coaches/time-off/${first.id}`), 204);
      expect(await startsOn(client)).toEqual(all.filter((start) => start !== '15:00'));
      await expectStatus(coach.http.delete(`/coaches/time-off/${second.id}`), 204);
      expect(await startsOn(client)).toEqual(all);
      await expectStatus(coach.http.delete(`/coaches/time-off/${second.id}`), 404);
    });

    it('is not, when it is another coach’s', async () => {
      const { id } = await take();
      const other = await aCoach(app);
      const foreign = await other.http.delete(`/coaches/time-off/${id}`);
      const missing = await other.http.delete(`/coaches/time-off/${randomUUID()}`);
      expect(foreign.status).toBe(404);
      expect((foreign.body as Refusal).detail).toBe('time_off_not_found');
      expect(unsigned(foreign.body)).toEqual(unsigned(missing.body));
      expect((await list()).total).toBe(1);
    });
  });

  it('is the coach’s own business: nobody reads the reason, not even in the tables', async () => {
    await take({ ...AFTERNOON, reason: 'Opération du genou' });
    expect((await list()).items[0]?.reason).toBe('Opération du genou');
    const stored = await app.database.query<{ reason: string }>('SELECT reason FROM time_offs WHERE coach_id = $1', [
      coach.id,
    ]);
    expect(stored.rows[0]?.reason).not.toContain('genou');
    const seen = [
      await client.http.get(`/coaches/${coach.id}/slots${DAY}`),
      await coach.http.get(`/coaches/${coach.id}/slots${DAY}&explain=true`),
      await client.http.post('/bookings').send({ coach_id: coach.id, scheduled_at: AFTERNOON.starts_at }),
    ];
    for (const answer of seen) expect(JSON.stringify(answer.body)).not.toContain('genou');
  });

  it('needs a coach, with a profile', async () => {
    expect((await app.http.get('/coaches/time-off')).status).toBe(401);
    const beginner = await app.register({ role: 'coach' });
    for (const [person, status, detail] of [
      [client, 403, 'forbidden'],
      [beginner, 404, 'coach_profile_not_found'],
    ] as const)
      for (const answer of [
        await person.http.get('/coaches/time-off'),
        await person.http.post('/coaches/time-off').send(AFTERNOON),
        await person.http.delete(`/coaches/time-off/${randomUUID()}`),
      ])
        expect([answer.status, (answer.body as Refusal).detail]).toEqual([status, detail]);
  });

  it('costs a listing of slots the same number of queries, however much of it there is', async () => {
    const cost = async (): Promise<number> => {
      const before = app.queryCount();
      await slotsOf(client, coach.id, '?from=2026-03-03&to=2026-03-30');
      return app.queryCount() - before;
    };
    await cost();
    const without = await cost();
    for (let day = 10; day < 25; day += 1)
      await take({ starts_at: `2026-03-${String(day)}T09:00:00Z`, ends_at: `2026-03-${String(day)}T11:00:00Z` });
    expect(await cost()).toBe(without);
    const costOfList = async (limit: number): Promise<number> => {
      const before = app.queryCount();
      expect((await list(`?limit=${String(limit)}`)).items).toHaveLength(limit);
      return app.queryCount() - before;
    };
    expect(await costOfList(14)).toBe(await costOfList(1));
  });
});

describe('storms around an absence', () => {
  let app: TestApp;
  let people: TestPerson[];

  beforeAll(async () => {
    app = await startTestApp();
    await app.setClock(NOW);
    people = await crowd(app, 60);
  }, 60_000);
  afterAll(() => app.close());
  afterEach(() => expectInvariants(app.database));

  it('of bookings and the absence at once: who got in is named, whoever comes after is refused', async () => {
    const coach = await aCoach(app, { maxSlots: 10 });
    const hours = ['11', '12', '13', '14', '15', '16'];
    const requests = people.map((person, index) => async () => {
      const scheduled_at = `2026-03-04T${hours[index % hours.length] ?? ''}:00:00Z`;
      const answer = await person.http.post('/bookings').send({ coach_id: coach.id, scheduled_at });
      const { id = '', detail = '' } = answer.body as { id?: string; detail?: string };
      return { http: answer.status, id, detail, at: scheduled_at };
    });
    const absence = async (): Promise<WireTimeOff> =>
      expectStatus<WireTimeOff>(coach.http.post('/coaches/time-off').send(AFTERNOON), 201);
    const [first, taken, second] = await Promise.all([
      Promise.all(requests.slice(0, 30).map((request) => request())),
      absence(),
      Promise.all(requests.slice(30).map((request) => request())),
    ]);
    const answers = [...first, ...second];
    expect(answers.filter(({ http, detail }) => http !== 201 && detail !== 'coach_on_time_off')).toEqual([]);
    const inside = answers.filter(
      ({ http, at }) => http === 201 && at >= AFTERNOON.starts_at && at < AFTERNOON.ends_at,
    );
    expect([...taken.affected_booking_ids].sort()).toEqual(inside.map(({ id }) => id).sort());
    // The hours around it are not touched by it: 11:00 and 16:00, ten people each.
    expect(answers.filter(({ http }) => http === 201).length - inside.length).toBe(20);
  });

  it('of confirmations and the absence at once: each request is confirmed, or waits', async () => {
    const coach = await aCoach(app, { maxSlots: 20 });
    const friday = { starts_at: '2026-03-06T12:00:00Z', ends_at: '2026-03-06T16:00:00Z' };
    const start = '2026-03-06T13:00:00Z';
    const pending = await Promise.all(people.slice(0, 20).map((person) => book(person, coach.id, start)));
    const [answers, taken] = await Promise.all([
      Promise.all(pending.map(async ({ id }) => coach.http.post(`/bookings/${id}/confirm`))),
      expectStatus<WireTimeOff>(coach.http.post('/coaches/time-off').send(friday), 201),
    ]);
    expect(taken.affected_booking_ids).toHaveLength(20);
    for (const { status, body } of answers)
      if (status !== 200) expect([status, (body as Refusal).detail]).toEqual([422, 'coach_on_time_off']);
    const { rows } = await app.database.query<{ status: string; n: number }>(
      'SELECT status, count(*)::int AS n FROM bookings WHERE coach_id = $1 GROUP BY status',
      [coach.id],
    );
    const confirmed = answers.filter(({ status }) => status === 200).length;
    const counted = Object.fromEntries(rows.map(({ status, n }) => [status, n]));
    expect(counted['confirmed'] ?? 0).toBe(confirmed);
    expect(counted['pending_coach_validation'] ?? 0).toBe(20 - confirmed);
  });
});
