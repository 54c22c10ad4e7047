import fc from 'fast-check';
import { aCoach, expectStatus, slotsOf } from 'test/support/coaching';
import { crowd } from 'test/support/crowd';
import { expectInvariants } from 'test/support/invariants';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

const MINUTE_MS = 60_000;

/** Days around both changes of clocks of zones that change in different ways. */
const CHANGES = [
  ['Europe/Paris', '2026-03-29'],
  ['Europe/Paris', '2026-10-25'],
  ['America/New_York', '2026-03-08'],
  ['America/New_York', '2026-11-01'],
  ['Australia/Lord_Howe', '2026-04-05'],
  ['Australia/Lord_Howe', '2026-10-04'],
] as const;

const clockTime = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

const schedule = fc.record({
  change: fc.constantFrom(...CHANGES),
  startMinute: fc.integer({ min: 0, max: 20 }).map((quarter) => quarter * 15),
  lengthMinutes: fc.integer({ min: 60, max: 240 }),
  sessionMinutes: fc.constantFrom(15, 30, 45, 60, 90),
  bufferMinutes: fc.constantFrom(0, 10, 30),
  // Starts that nobody listed, in minutes around local midnight of the day.
  guesses: fc.array(fc.integer({ min: -600, max: 2_000 }), { minLength: 12, maxLength: 12 }),
});

describe('iron rule 3', () => {
  let app: TestApp;
  let people: TestPerson[];

  beforeAll(async () => {
    app = await startTestApp();
    people = await crowd(app, 40);
  });
  afterAll(() => app.close());

  it('every offered slot can be booked and every other start is refused, also on the days clocks change', async () => {
    await fc.assert(
      fc.asyncProperty(schedule, async (wish) => {
        const [timezone, day] = wish.change;
        const midnight = Date.parse(`${day}T00:00:00Z`);
        await app.setClock(new Date(midnight - 3 * 86_400_000).toISOString());
        const end = Math.min(wish.startMinute + wish.lengthMinutes, 1_439);
        const coach = await aCoach(app, {
          timezone,
          from: clockTime(wish.startMinute),
          to: clockTime(end),
          profile: { session_duration_min: wish.sessionMinutes, buffer_min: wish.bufferMinutes },
        });
        const from = new Date(midnight - 12 * 60 * MINUTE_MS).toISOString();
        const to = new Date(midnight + 36 * 60 * MINUTE_MS).toISOString();
        const query = `?from=${from}&to=${to}`;
        const [looker, ...bookers] = people as [TestPerson, ...TestPerson[]];
        const listed = new Set((await slotsOf(looker, coach.id, query)).map((slot) => slot.scheduled_at));
        for (const minute of wish.guesses) {
          const guess = new Date(midnight + minute * MINUTE_MS).toISOString().replace('.000Z', 'Z');
          if (listed.has(guess)) continue;
          const answer = await looker.http.post('/bookings').send({ coach_id: coach.id, scheduled_at: guess });
          expect([guess, answer.status, (answer.body as { detail: string }).detail]).toEqual([
            guess,
            422,
            'slot_outside_availability',
          ]);
        }
        // One after another, each by somebody else, as long as the place is still offered to that person.
        for (const booker of bookers) {
          const [next] = (await slotsOf(booker, coach.id, query)).filter(({ status }) => status === 'available');
          if (!next) break;
          const request = booker.http.post('/bookings').send({ coach_id: coach.id, scheduled_at: next.scheduled_at });
          const { id } = await expectStatus<{ id: string }>(request, 201);
          expect(listed.has(next.scheduled_at)).toBe(true);
          // So that the same people can play the next schedule.
          opened.push({ booker, id });
        }
        await expectInvariants(app.database);
        for (const { booker, id } of opened.splice(0)) await expectStatus(booker.http.delete(`/bookings/${id}`), 200);
      }),
      { numRuns: 18 },
    );
  }, 120_000);

  const opened: { booker: TestPerson; id: string }[] = [];
});
