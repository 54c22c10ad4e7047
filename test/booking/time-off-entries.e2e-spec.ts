import { randomUUID } from 'node:crypto';
import { aCoach } from 'test/support/coaching';
import { faultsOf, type Refusal } from 'test/support/refusals';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { AFTERNOON, NOW, take, timeOffsOf } from './away';

const DAY = '?from=2026-03-04&to=2026-03-04';

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
      expect(faultsOf(answer.body)).toEqual(expected);
      expect((await timeOffsOf(coach, '?from=2026-01-01')).total).toBe(0);
    });

    it('has a reason of at most 200 characters, or none', async () => {
      expect((await take(coach, { ...AFTERNOON, reason: 'é'.repeat(200) })).reason).toHaveLength(200);
      expect((await take(coach, { ...AFTERNOON, reason: null })).reason).toBeNull();
    });
  });

  describe('in a list', () => {
    it('is what has not ended yet, by start, page by page', async () => {
      const days = ['2026-03-20', '2026-03-06', '2026-03-11'];
      const taken: string[] = [];
      for (const day of days)
        taken.push((await take(coach, { starts_at: `${day}T06:00:00Z`, ends_at: `${day}T18:00:00Z` })).id);
      const [third, first, second] = taken;
      expect((await timeOffsOf(coach)).items.map(({ id }) => id)).toEqual([first, second, third]);
      expect(await timeOffsOf(coach, '?limit=2')).toMatchObject({
        total: 3,
        has_more: true,
        items: [{ id: first }, { id: second }],
      });
      expect(await timeOffsOf(coach, '?offset=2&limit=2')).toMatchObject({
        total: 3,
        has_more: false,
        items: [{ id: third }],
      });
      await app.setClock('2026-03-06T17:59:59Z');
      expect((await timeOffsOf(coach)).total).toBe(3);
      await app.setClock('2026-03-06T18:00:00Z');
      expect((await timeOffsOf(coach)).total).toBe(2);
      expect((await timeOffsOf(coach, '?from=2026-03-01')).total).toBe(3);
    });

    it('is what overlaps the range asked for, days being those of the coach', async () => {
      // From 23:00 to 01:00 in Paris, over midnight.
      await take(coach, { starts_at: '2026-03-09T22:00:00Z', ends_at: '2026-03-10T00:00:00Z' });
      for (const [query, total] of [
        ['?from=2026-03-09&to=2026-03-09', 1],
        ['?from=2026-03-10&to=2026-03-10', 1],
        ['?from=2026-03-11', 0],
        ['?to=2026-03-08', 0],
        ['?from=2026-03-10T00:00:00Z', 0],
        ['?to=2026-03-09T22:00:00Z', 0],
        ['?to=2026-03-09T22:00:01Z', 1],
      ] as const)
        expect([query, (await timeOffsOf(coach, query)).total]).toEqual([query, total]);
      const wrong = await coach.http.get('/coaches/time-off?from=2026-03-10&to=2026-03-08');
      expect(wrong.status).toBe(422);
      expect(faultsOf(wrong.body)).toEqual(['to invalid_date_range']);
    });
  });

  it('is the coach’s own business: nobody reads the reason, not even in the tables', async () => {
    await take(coach, { ...AFTERNOON, reason: 'Opération du genou' });
    expect((await timeOffsOf(coach)).items[0]?.reason).toBe('Opération du genou');
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
});
