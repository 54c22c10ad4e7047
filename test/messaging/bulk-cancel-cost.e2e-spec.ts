import { confirm } from 'test/booking/dealings';
import { aCoach, book, expectStatus } from 'test/support/coaching';
import { crowd } from 'test/support/crowd';
import { expectInvariants } from 'test/support/invariants';
import { join, liveQueueOf } from 'test/support/queues';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

const HOURS = [7, 8, 9, 10, 11, 12, 13, 14, 15, 16];
const startOf = (place: number): string => {
  const [day, hour] = [3 + Math.floor(place / HOURS.length), HOURS[place % HOURS.length] ?? 7];
  return `2026-03-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00Z`;
};

/** Everybody else who wants something of the coach waits meanwhile. */
describe('what a bulk cancellation costs', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
    await app.setClock('2026-03-02T06:00:00Z');
  });
  afterAll(() => app.close());
  afterEach(() => expectInvariants(app.database));

  /** Statements for so many sessions, in the hours of one coach, of which every second one has somebody who waits. */
  const statementsFor = async (sessions: number, terms: object): Promise<number> => {
    const coach = await aCoach(app);
    const [client, ...waiting] = (await crowd(app, 1 + sessions / 2)) as [TestPerson, ...TestPerson[]];
    const ids: string[] = [];
    for (let place = 0; place < sessions; place += 1) {
      const booking = await book(client, coach.id, startOf(place));
      await confirm(coach, booking);
      ids.push(booking.id);
    }
    for (const [place, person] of waiting.entries()) await join(person, coach.id, startOf(2 * place));
    const before = app.queryCount();
    const request = coach.http.post('/coaches/bookings/bulk-cancel').send({ booking_ids: ids, ...terms });
    expect(await expectStatus(request, 200)).toMatchObject({ cancelled_count: sessions });
    const cost = app.queryCount() - before;
    const [last] = waiting.slice(-1);
    expect(await liveQueueOf(coach, startOf(sessions - 2))).toEqual(
      'block_slots' in terms ? [] : [[last?.id, 'notified']],
    );
    return cost;
  };

  it.each<[string, object]>([
    ['places that are offered on', {}],
    ['places that nobody gets', { block_slots: true }],
  ])(
    'is so much for each session, with %s',
    async (_, terms) => {
      const [few, many] = [await statementsFor(10, terms), await statementsFor(60, terms)];
      // A dozen for each; all queues of a day looked after with each session of it were three times as many.
      expect(many).toBeLessThan(60 * 13);
      expect((many - few) / 50).toBeLessThan((1.1 * few) / 10);
    },
    60_000,
  );
});
