import { aCoach, book } from 'test/support/coaching';
import { crowd } from 'test/support/crowd';
import { expectInvariants } from 'test/support/invariants';
import type { Refusal } from 'test/support/refusals';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { AFTERNOON, NOW, take } from './away';

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
    const [first, taken, second] = await Promise.all([
      Promise.all(requests.slice(0, 30).map((request) => request())),
      take(coach),
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
      take(coach, friday),
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
