import { randomUUID } from 'node:crypto';
import { bond, confirm } from 'test/booking/dealings';
import { anExercise, setOf, train, trainFor } from 'test/performance/training';
import { aCoach, book, expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { adjusted, aPlan, aPlanner, assign, progressOf, sessionOn } from './plans';

/** A Monday. */
const NOW = '2026-03-02T06:00:00Z';

let app: TestApp;
let coach: TestPerson;
let client: TestPerson;
let squat: string;
let press: string;

beforeAll(async () => {
  app = await startTestApp();
  squat = await anExercise(app, 'squat');
  press = await anExercise(app, 'press');
});
afterAll(() => app.close());
beforeEach(async () => {
  await app.setClock(NOW);
  coach = await aPlanner(app);
  client = await app.register();
  await bond(app, coach, client);
});

const guided = (date: string, sets: Record<string, unknown>[] = []) =>
  train(client, date, sets, { session_type: 'solo_guided' });

describe('what was made of each exercise', () => {
  const planned = { exercise_type_id: '', target_sets: 3, target_reps: 5, target_weight_kg: 80 as number | null };
  const plan = async (more: Partial<typeof planned> = {}): Promise<void> => {
    await assign(coach, await aPlan(coach, [sessionOn(0, [{ ...planned, exercise_type_id: squat, ...more }])]), client);
  };
  const made = async (): Promise<unknown[]> => {
    const [exercise] = (await progressOf(coach, client)).exercises;
    return [exercise?.status, exercise?.actual_reps, exercise?.actual_weight_kg];
  };
  const rows = (...sets: [weight: number | null, reps: number | null, count: number][]): Record<string, unknown>[] =>
    sets.map(([weight, reps, count]) => setOf(squat, weight, { reps, sets_count: count }));
  const AT = '2026-03-02T05:00:00Z';

  it.each([
    ['every set', rows([80, 5, 3]), ['reached', 5, 80]],
    ['more than was asked', rows([40, 10, 2], [85, 6, 3]), ['reached', 6, 85]],
    ['one set too few', rows([80, 5, 2]), ['partial', 5, 80]],
    ['one set too light', rows([80, 5, 2], [77.5, 5, 1]), ['partial', 5, 80]],
    ['too few repetitions', rows([80, 4, 3]), ['missed', 4, 80]],
    ['too light', rows([77.49, 8, 3]), ['missed', 8, 77.49]],
  ])('%s', async (_, sets, expected) => {
    await plan();
    await guided(
      AT,
      sets.map((set) => ({ ...set, exercise_type_id: squat })),
    );
    expect(await made()).toEqual(expected);
  });

  it('looks at repetitions alone where no weight is asked for', async () => {
    await plan({ target_weight_kg: null });
    await guided(AT, rows([null, 5, 3]));
    expect(await made()).toEqual(['reached', 5, null]);
  });

  it('counts minutes where the exercise is counted in them', async () => {
    const run = await anExercise(app, `run-${randomUUID()}`);
    await app.database.query(`UPDATE exercise_types SET category = 'cardio' WHERE id = $1`, [run]);
    await plan({ exercise_type_id: run, target_sets: 1, target_reps: 20, target_weight_kg: null });
    const ran = (date: string, seconds: number) => guided(date, [{ exercise_type_id: run, duration_seconds: seconds }]);
    await ran('2026-03-02T04:00:00Z', 1_199);
    expect(await made()).toEqual(['missed', 19, null]);
    await ran('2026-03-02T05:00:00Z', 1_200);
    expect(await made()).toEqual(['reached', 20, null]);
  });

  it('is told by the latest guided session since the start that has it', async () => {
    await plan();
    await guided('2026-03-01T12:00:00Z', rows([100, 5, 3]));
    expect(await made()).toEqual(['none', null, null]);
    await app.setClock('2026-03-09T06:00:00Z');
    await guided('2026-03-05T12:00:00Z', rows([80, 5, 3]));
    await guided('2026-03-04T12:00:00Z', rows([60, 5, 3]));
    await guided('2026-03-06T12:00:00Z', [setOf(press, 30)]);
    await train(client, '2026-03-07T12:00:00Z', rows([90, 5, 3]));
    expect(await made()).toEqual(['reached', 5, 80]);
    await trainFor(coach, client, '2026-03-08T12:00:00Z', rows([70, 5, 3]));
    expect(await made()).toEqual(['missed', 5, 70]);
  });

  it('is measured against the target of this client', async () => {
    const written = await aPlan(coach, [sessionOn(0, [{ ...planned, exercise_type_id: squat }])]);
    const assignment = await assign(coach, written, client);
    const exercise = written.planned_sessions[0]?.planned_exercises[0];
    if (exercise) await adjusted(app, assignment, exercise, 85);
    await app.setClock('2026-03-02T18:00:00Z');
    await guided('2026-03-02T17:00:00Z', rows([80, 5, 3]));
    // It missed 85 kg three times: the next one is lighter, and still more than was lifted.
    expect((await progressOf(coach, client)).exercises).toMatchObject([{ target_weight_kg: 82.5, status: 'missed' }]);
    const other = await app.register();
    await bond(app, coach, other);
    await assign(coach, written, other);
    expect((await progressOf(coach, other)).exercises).toMatchObject([{ target_weight_kg: 80, status: 'none' }]);
  });

  describe('with another coach', () => {
    const target = (): Record<string, unknown> => ({ ...planned, exercise_type_id: squat });
    const withAnother = async (): Promise<void> => {
      const other = await aPlanner(app);
      await bond(app, other, client);
      await trainFor(other, client, AT, rows([80, 5, 3]));
    };

    it('is none of his business: the weights stay hidden, and the session counts', async () => {
      await assign(coach, await aPlan(coach, [sessionOn(0, [target()])]), client);
      await withAnother();
      expect(await progressOf(coach, client)).toMatchObject({
        ...{ completed_sessions: 1, completion_pct: 100 },
        exercises: [{ status: 'none', actual_reps: null, actual_weight_kg: null }],
      });
    });

    it('does not stand before what the client trained alone or with him', async () => {
      await assign(coach, await aPlan(coach, [sessionOn(0, [target()])]), client);
      await guided('2026-03-02T03:00:00Z', rows([60, 5, 3]));
      await withAnother();
      expect(await made()).toEqual(['missed', 5, 60]);
      await trainFor(coach, client, '2026-03-02T04:00:00Z', rows([70, 5, 3]));
      expect(await made()).toEqual(['missed', 5, 70]);
    });

    it('is hidden too where the client wrote down himself what was booked with the other', async () => {
      await assign(coach, await aPlan(coach, [sessionOn(0, [target()])]), client);
      const other = await aCoach(app);
      await bond(app, other, client, 'active', { allowUnitBooking: true });
      await app.setClock('2026-03-01T06:00:00Z');
      const booking = await book(client, other.id, '2026-03-02T10:00:00Z');
      await confirm(other, booking);
      await app.setClock('2026-03-02T20:00:00Z');
      await train(client, '2026-03-02T10:00:00Z', rows([80, 5, 3]), {
        session_type: 'coached',
        booking_id: booking.id,
      });
      expect(await made()).toEqual(['none', null, null]);
    });

    it('is told when the client shows everything', async () => {
      await assign(coach, await aPlan(coach, [sessionOn(0, [target()])]), client);
      await withAnother();
      await expectStatus(
        client.http.put(`/clients/coaches/${coach.id}/sharing`).send({ share_performances: true }),
        200,
      );
      expect(await made()).toEqual(['reached', 5, 80]);
    });
  });

  it('is told of each day where a heavy day and a light one ask for different things', async () => {
    const heavy = { ...planned, exercise_type_id: squat };
    const light = { ...heavy, target_weight_kg: 60 };
    await assign(coach, await aPlan(coach, [sessionOn(0, [heavy]), sessionOn(3, [light])]), client);
    await app.setClock('2026-03-06T06:00:00Z');
    await guided('2026-03-02T12:00:00Z', rows([80, 5, 3]));
    await guided('2026-03-05T12:00:00Z', rows([60, 5, 3]));
    expect((await progressOf(coach, client)).exercises).toMatchObject([
      { target_weight_kg: 80, actual_weight_kg: 80, status: 'reached' },
      { target_weight_kg: 60, actual_weight_kg: 60, status: 'reached' },
    ]);
  });
});
