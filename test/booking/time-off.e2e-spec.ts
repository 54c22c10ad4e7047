import { randomUUID } from 'node:crypto';
import { aCoach, book, expectStatus, slotsOf } from 'test/support/coaching';
import { expectInvariants } from 'test/support/invariants';
import { type Refusal, unsigned } from 'test/support/refusals';
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

  const startsOn = async (person: TestPerson, query = DAY): Promise<string[]> =>
    (await slotsOf(person, coach.id, query)).map(({ scheduled_at }) => scheduled_at.slice(11, 16));

  describe('that is taken', () => {
    it('answers the whole absence, with nothing affected', async () => {
      const answer = await take(coach, { ...AFTERNOON, reason: 'Dentiste' });
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
      await take(coach, { starts_at: '2026-03-04T12:30:00Z', ends_at: '2026-03-04T15:00:00Z' });
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
      await take(coach);
      const starts = await startsOn(client);
      expect(starts).toContain('11:00');
      expect(starts).toContain('16:00');
      await book(client, coach.id, '2026-03-04T11:00:00Z');
      await book(client, coach.id, '2026-03-04T16:00:00Z');
    });

    it('refuses a booking inside it, from the first to the last start', async () => {
      await take(coach);
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

      const { affected_booking_ids: affected } = await take(coach);

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
      const { id } = await take(coach);
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
      await take(coach);
      await app.setClock('2026-03-03T06:00:00Z');
      const answer = await coach.http.post(`/bookings/${booking.id}/confirm`);
      expect(answer.status).toBe(422);
      expect((answer.body as Refusal).detail).toBe('booking_expired');
    });

    it('may have begun, may overlap another, and may last 366 days', async () => {
      await take(coach, { starts_at: '2026-03-01T00:00:00Z', ends_at: '2026-03-02T06:00:01Z' });
      await take(coach);
      await take(coach, { starts_at: '2026-03-04T14:00:00Z', ends_at: '2026-03-04T18:00:00Z' });
      await take(coach, { starts_at: '2026-06-01T00:00:00Z', ends_at: '2027-06-02T00:00:00Z' });
      expect((await timeOffsOf(coach)).total).toBe(4);
    });

    it('is one for one idempotency key', async () => {
      const key = randomUUID();
      const first = await coach.http.post('/coaches/time-off').set('Idempotency-Key', key).send(AFTERNOON);
      const again = await coach.http.post('/coaches/time-off').set('Idempotency-Key', key).send(AFTERNOON);
      expect([first.status, again.status]).toEqual([201, 201]);
      expect(again.headers['idempotent-replayed']).toBe('true');
      expect(again.body).toEqual(first.body);
      expect((await timeOffsOf(coach)).total).toBe(1);
    });

    it('drops what the route does not know', async () => {
      const answer = await take(coach, {
        ...AFTERNOON,
        coach_id: client.id,
        id: randomUUID(),
        created_at: AFTERNOON.ends_at,
      });
      expect(answer.created_at).toBe(NOW);
      const { rows } = await app.database.query<{ coach_id: string }>('SELECT coach_id FROM time_offs WHERE id = $1', [
        answer.id,
      ]);
      expect(rows[0]?.coach_id).toBe(coach.id);
    });
  });

  describe('that is removed', () => {
    it('brings the slots back, unless another absence covers them', async () => {
      const all = await startsOn(client);
      const first = await take(coach);
      const second = await take(coach, { starts_at: '2026-03-04T15:00:00Z', ends_at: '2026-03-04T16:00:00Z' });
      await expectStatus(coach.http.delete(`/coaches/time-off/${first.id}`), 204);
      expect(await startsOn(client)).toEqual(all.filter((start) => start !== '15:00'));
      await expectStatus(coach.http.delete(`/coaches/time-off/${second.id}`), 204);
      expect(await startsOn(client)).toEqual(all);
      await expectStatus(coach.http.delete(`/coaches/time-off/${second.id}`), 404);
    });

    it('is not, when it is another coach’s', async () => {
      const { id } = await take(coach);
      const other = await aCoach(app);
      const foreign = await other.http.delete(`/coaches/time-off/${id}`);
      const missing = await other.http.delete(`/coaches/time-off/${randomUUID()}`);
      expect(foreign.status).toBe(404);
      expect((foreign.body as Refusal).detail).toBe('time_off_not_found');
      expect(unsigned(foreign.body)).toEqual(unsigned(missing.body));
      expect((await timeOffsOf(coach)).total).toBe(1);
    });
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
      await take(coach, { starts_at: `2026-03-${String(day)}T09:00:00Z`, ends_at: `2026-03-${String(day)}T11:00:00Z` });
    expect(await cost()).toBe(without);
    const costOfList = async (limit: number): Promise<number> => {
      const before = app.queryCount();
      expect((await timeOffsOf(coach, `?limit=${String(limit)}`)).items).toHaveLength(limit);
      return app.queryCount() - before;
    };
    expect(await costOfList(14)).toBe(await costOfList(1));
  });
});
