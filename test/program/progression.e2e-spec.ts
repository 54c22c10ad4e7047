import { train, trainFor } from 'test/performance/training';
import { aCoach, expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import {
  adjustmentsOf,
  aLift,
  aPlan,
  assigned,
  done,
  expectChains,
  movesOf,
  onDay,
  planned,
  programOf,
  targetsIn,
  targetsOf,
  toldOf,
  trainsOn,
  type WirePlan,
} from './following';

/** A Monday. */
const START = '2026-03-02';

let app: TestApp;
let coach: TestPerson;
let client: TestPerson;
let squat: string;
let bench: string;
let pushUp: string;
let plan: WirePlan;

beforeAll(async () => {
  app = await startTestApp();
  await app.setClock(`${START}T06:00:00Z`);
  squat = await aLift(app, 'squat');
  bench = await aLift(app, 'bench', ['dumbbells', 'bench']);
  pushUp = await aLift(app, 'push-up', []);
  coach = await aCoach(app);
  plan = await aPlan(coach, onDay(0, planned(squat, 40), planned(bench, null), planned(pushUp, null)));
});
afterAll(() => app.close());
afterEach(() => expectChains(app));
beforeEach(async () => {
  await app.setClock(`${START}T06:00:00Z`);
  client = await app.register({ first_name: 'Zoé', locale: 'en-GB', timezone: 'Europe/Paris' });
  await assigned(app, coach, client, plan, START);
});

const trainOn = (day: number, ...sets: object[]) => trainsOn(app, client, day, ...sets);

describe('a target weight', () => {
  it('is 2.5 kg more after three good sessions, and says why', async () => {
    for (const day of [1, 3]) await trainOn(day, done(squat, 3, 10, 40));
    expect(await targetsOf(client, squat)).toEqual([40]);
    expect(await adjustmentsOf(client)).toEqual([]);
    await trainOn(5, done(squat, 2, 10, 40), done(squat, 1, 12, 42.5));
    expect(await targetsOf(client, squat)).toEqual([42.5]);
    expect(await adjustmentsOf(client)).toEqual([
      {
        id: expect.any(String),
        exercise_type_id: squat,
        exercise_name: 'en squat',
        from_kg: 40,
        to_kg: 42.5,
        reason: 'You reached all of 3 × 10 at 40 kg in your last 3 sessions: time for a little more.',
        at: '2026-03-06T17:00:00Z',
        refused_at: null,
      },
    ]);
  });

  it('is shown to the coach as it is for this client, and in the plan as it was', async () => {
    for (const day of [1, 2, 3]) await trainOn(day, done(squat, 3, 10, 40));
    const progress = await expectStatus<{ exercises: { exercise_type_id: string; target_weight_kg: number | null }[] }>(
      coach.http.get(`/coaches/clients/${client.id}/program-progress`),
      200,
    );
    expect(progress.exercises).toContainEqual(
      expect.objectContaining({ exercise_type_id: squat, target_weight_kg: 42.5 }),
    );
    const { body } = await coach.http.get(`/coaches/programs/${plan.id}`);
    expect(targetsIn(body as WirePlan, squat)).toEqual([40]);
  });

  it('needs three new sessions for the next step', async () => {
    for (const day of [1, 2, 3, 4, 5]) await trainOn(day, done(squat, 3, 10, 45));
    expect(await targetsOf(client, squat)).toEqual([42.5]);
    await trainOn(6, done(squat, 3, 10, 45));
    expect(await movesOf(client)).toEqual(['42.5 → 45', '40 → 42.5']);
  });

  it('stays after one missed set, and sinks after two, each time', async () => {
    await trainOn(1, done(squat, 2, 10, 40), done(squat, 1, 9, 40));
    expect(await targetsOf(client, squat)).toEqual([40]);
    await trainOn(2, done(squat, 1, 10, 40));
    expect(await targetsOf(client, squat)).toEqual([37.5]);
    await trainOn(3, done(squat, 3, 10, 37), done(pushUp, 3, 10, null));
    expect(await movesOf(client)).toEqual(['37.5 → 35', '40 → 37.5']);
    const [newest] = await adjustmentsOf(client);
    expect(newest?.reason).toBe(
      'You missed 3 of 3 sets of 10 at 37.5 kg last time: a small step back, so that you go on well.',
    );
  });

  it('never sinks below 0', async () => {
    const light = await aPlan(coach, onDay(0, planned(squat, 2)));
    await assigned(app, coach, client, light, START);
    for (const day of [1, 2, 3]) await trainOn(day, done(squat, 1, 1, 0));
    expect(await movesOf(client)).toEqual(['2 → 0']);
    expect(await targetsOf(client, squat)).toEqual([0]);
  });

  it('that nobody set becomes the lowest weight of three full sessions', async () => {
    await trainOn(1, done(bench, 3, 10, 14));
    await trainOn(2, done(bench, 2, 10, 12), done(bench, 1, 10, 16));
    expect(await targetsOf(client, bench)).toEqual([null]);
    await trainOn(3, done(bench, 3, 11, 15));
    expect(await targetsOf(client, bench)).toEqual([12]);
    expect(await adjustmentsOf(client)).toMatchObject([
      {
        from_kg: null,
        to_kg: 12,
        reason:
          'You did every set in your last 3 sessions. 12 kg was the lowest weight you used: a good one to begin with.',
      },
    ]);
  });

  it('begins at 5 kg when no weight was given, and stays there until one is', async () => {
    for (const day of [1, 2, 3, 4, 5, 6]) await trainOn(day, done(bench, 3, 10, null));
    expect(await movesOf(client)).toEqual(['null → 5']);
    const [first] = await adjustmentsOf(client);
    expect(first?.reason).toBe(
      'You did every set in your last 3 sessions and noted no weight: begin with a light one.',
    );
    for (const day of [7, 8, 9]) await trainOn(day, done(bench, 3, 10, 6));
    expect(await movesOf(client)).toEqual(['5 → 7.5', 'null → 5']);
  });

  it('is never given to an exercise of the body alone', async () => {
    for (const day of [1, 2, 3, 4]) await trainOn(day, done(pushUp, 3, 10, 20));
    for (const day of [5, 6, 7]) await trainOn(day, done(pushUp, 3, 10, null));
    expect(await targetsOf(client, pushUp)).toEqual([null]);
    expect(await adjustmentsOf(client)).toEqual([]);
  });

  it('moves by what a coach writes down, too', async () => {
    for (const day of [1, 2, 3]) {
      const at = `2026-03-0${String(day + 1)}T09:00:00Z`;
      await app.setClock(at);
      await trainFor(coach, client, at, [done(squat, 3, 10, 40) as Record<string, unknown>]);
    }
    expect(await targetsOf(client, squat)).toEqual([42.5]);
  });

  it('moves for each exercise by itself, several in one session', async () => {
    const sets = [done(squat, 3, 10, 40), done(bench, 3, 10, 10), done(pushUp, 3, 10, null)];
    for (const day of [1, 2, 3]) await trainOn(day, ...sets);
    expect([await targetsOf(client, squat), await targetsOf(client, bench)]).toEqual([[42.5], [10]]);
    expect((await toldOf(app, client)).map(({ data }) => data?.['exercise_type_id']).sort()).toEqual(
      [squat, bench].sort(),
    );
  });
});

describe('an exercise that a plan has twice', () => {
  it('moves in both places when the plan asks for the same in both, and is told once', async () => {
    const twice = await aPlan(coach, onDay(0, planned(squat, 40)), onDay(3, planned(squat, 40)));
    await assigned(app, coach, client, twice, START);
    for (const day of [1, 2, 3]) await trainOn(day, done(squat, 3, 10, 40));
    expect(await targetsOf(client, squat)).toEqual([42.5, 42.5]);
    expect(await movesOf(client)).toEqual(['40 → 42.5', '40 → 42.5']);
    expect(await toldOf(app, client)).toHaveLength(1);
  });

  it('moves by the sessions of its own days, when the plan asks for a heavy and a light one', async () => {
    const heavy = { target_sets: 5, target_reps: 5 };
    const mixed = await aPlan(coach, onDay(0, planned(squat, 80, heavy)), onDay(3, planned(squat, 50)));
    await assigned(app, coach, client, mixed, START);
    // A light Thursday, and a Saturday that nobody planned: neither says anything about the heavy Monday.
    for (const day of [4, 6, 11, 18]) await trainOn(day, done(squat, 3, 10, 50));
    expect(await targetsOf(client, squat)).toEqual([80, 52.5]);
    // Day 22 is a Monday.
    await trainOn(22, done(squat, 3, 10, 52.5));
    expect(await targetsOf(client, squat)).toEqual([77.5, 52.5]);
  });
});

describe('a generated plan', () => {
  it('moves its targets like any other', async () => {
    const lone = await app.register({ timezone: 'Europe/Paris' });
    await expectStatus(lone.http.post('/clients/questionnaire').send({ goal: 'muscle_gain' }), 201);
    const { plan: generated } = await expectStatus<{ plan: WirePlan }>(
      lone.http.post('/clients/program/generate').send({ goal: 'muscle_gain' }),
      201,
    );
    const ids = generated.planned_sessions.flatMap((session) =>
      session.planned_exercises.map(({ exercise_type_id }) => exercise_type_id),
    );
    const { rows } = await app.database.query<{ id: string }>(
      `SELECT id FROM exercise_types WHERE id = ANY ($1) AND equipment && '{barbell,dumbbells,machines,cables}'`,
      [ids],
    );
    const lift = rows[0]?.id ?? '';
    for (const day of [3, 4, 5]) {
      const at = `2026-03-0${String(day)}T17:00:00Z`;
      await app.setClock(at);
      await train(lone, at, [done(lift, 6, 20, 30) as Record<string, unknown>]);
    }
    expect(targetsIn((await programOf(lone)).plan, lift)).toContain(30);
  });
});
