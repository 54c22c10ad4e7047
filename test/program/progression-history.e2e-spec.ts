import { exerciseId } from 'src/database/exercise-catalogue';
import { bringIn, strongFile, strongLine } from 'test/performance/files';
import { imported, train, type WireSession } from 'test/performance/training';
import { aCoach, expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import {
  aLift,
  aPlan,
  assigned,
  done,
  expectChains,
  movesOf,
  onDay,
  planned,
  targetsOf,
  toldOf,
  type WirePlan,
} from './following';

const START = '2026-03-02';

let app: TestApp;
let coach: TestPerson;
let client: TestPerson;
let squat: string;
let plan: WirePlan;

beforeAll(async () => {
  app = await startTestApp();
  await app.setClock(`${START}T06:00:00Z`);
  squat = await aLift(app, 'squat');
  coach = await aCoach(app);
  plan = await aPlan(coach, onDay(0, planned(squat, 40)));
});
afterAll(() => app.close());
afterEach(() => expectChains(app));
beforeEach(async () => {
  await app.setClock(`${START}T06:00:00Z`);
  client = await app.register({ timezone: 'Europe/Paris' });
  await assigned(app, coach, client, plan, START);
});

const evening = (day: number): string => new Date(Date.UTC(2026, 2, 1 + day, 17)).toISOString();
const good = (): Record<string, unknown> => done(squat, 3, 10, 40) as Record<string, unknown>;
const bad = (): Record<string, unknown> => done(squat, 1, 10, 40) as Record<string, unknown>;
/** Written down on the evening of the last of these days, in this order. */
async function write(...told: [day: number, set: Record<string, unknown>][]): Promise<WireSession[]> {
  await app.setClock(evening(Math.max(...told.map(([day]) => day))));
  const sessions: WireSession[] = [];
  for (const [day, set] of told) sessions.push(await train(client, evening(day), [set]));
  return sessions;
}

describe('sessions written down late', () => {
  it('count as what they are: the third good one moves the target, whichever day it was', async () => {
    await write([3, good()], [5, good()], [1, good()]);
    expect(await movesOf(client)).toEqual(['40 → 42.5']);
  });

  it('move the target once, when a whole week of the old target is written down in one evening', async () => {
    await write([1, good()], [2, good()], [3, good()], [4, good()], [5, good()], [6, good()]);
    expect(await movesOf(client)).toEqual(['40 → 42.5']);
    expect(await toldOf(app, client)).toHaveLength(1);
  });

  it('do not miss a target that their owner could not know', async () => {
    await write([1, good()], [2, good()], [3, good()], [4, bad()]);
    expect(await targetsOf(client, squat)).toEqual([42.5]);
    await write([7, bad()]);
    expect(await targetsOf(client, squat)).toEqual([40]);
  });

  it('are not looked at when they lie before what was looked at already', async () => {
    await write([2, good()], [4, good()], [6, good()]);
    await write([1, bad()], [3, bad()], [5, bad()]);
    expect(await movesOf(client)).toEqual(['40 → 42.5']);
  });

  it('make nobody be judged again by the session after them', async () => {
    const [friday] = await write([5, good()]);
    const body = { exercise_sets: [bad()] };
    await expectStatus(client.http.put(`/performances/${friday?.id ?? ''}`).send(body), 200);
    await write([1, good()]);
    expect(await movesOf(client)).toEqual([]);
  });
});

describe('before the programme began', () => {
  it('nothing counts', async () => {
    await assigned(app, coach, client, plan, '2026-03-04');
    await write([1, good()], [2, good()], [3, good()]);
    expect(await movesOf(client)).toEqual([]);
    await write([4, good()], [5, good()]);
    expect(await movesOf(client)).toEqual(['40 → 42.5']);
  });

  it('is until midnight in the zone of the client', async () => {
    client = await app.register({ timezone: 'Pacific/Auckland' });
    await assigned(app, coach, client, plan, '2026-03-03');
    // 11:00 UTC is midnight in Auckland.
    const times = ['2026-03-02T10:59:59.999Z', '2026-03-02T11:00:00Z', '2026-03-02T12:00:00Z', '2026-03-02T13:00:00Z'];
    await app.setClock('2026-03-02T13:00:00Z');
    for (const at of times.slice(0, 3)) await train(client, at, [good()]);
    expect(await movesOf(client)).toEqual([]);
    await train(client, times[3] ?? '', [good()]);
    expect(await movesOf(client)).toEqual(['40 → 42.5']);
  });
});

describe('before the coach said what the target is', () => {
  const short = (kg: number): Record<string, unknown> => done(squat, 2, 10, kg) as Record<string, unknown>;
  const edited = async (at: string, exercise: Record<string, unknown>): Promise<void> => {
    await app.setClock(at);
    await expectStatus(
      coach.http.put(`/coaches/programs/${own.id}`).send({ planned_sessions: [onDay(0, exercise)] }),
      200,
    );
  };
  let own: WirePlan;
  beforeEach(async () => {
    own = await aPlan(coach, onDay(0, planned(squat, 40)));
    await assigned(app, coach, client, own, START);
  });

  it('nothing can miss it, however late it is written down', async () => {
    await edited('2026-03-03T12:00:00Z', planned(squat, 60));
    await app.setClock(evening(3));
    await train(client, evening(1), [good()]);
    expect(await targetsOf(client, squat)).toEqual([60]);
    await write([4, done(squat, 3, 10, 40) as Record<string, unknown>]);
    expect(await movesOf(client)).toEqual(['60 → 57.5']);
  });

  it('nothing can miss other repetitions of the same weight', async () => {
    await edited('2026-03-03T12:00:00Z', planned(squat, 40, { target_reps: 12 }));
    await app.setClock(evening(3));
    await train(client, evening(1), [good()]);
    expect(await movesOf(client)).toEqual([]);
  });

  it('nothing reaches it: three new sessions are needed', async () => {
    await edited('2026-03-02T12:00:00Z', planned(squat, 60));
    await write([2, short(60)], [3, short(60)]);
    await edited('2026-03-05T06:00:00Z', planned(squat, 55, { target_sets: 2 }));
    await write([4, short(60)]);
    expect(await targetsOf(client, squat)).toEqual([55]);
    await write([5, short(60)], [6, short(60)]);
    expect(await movesOf(client)).toEqual(['55 → 57.5']);
  });

  it('and after an edit that leaves it as it is everything counts as before', async () => {
    await write([1, good()], [2, good()]);
    await edited('2026-03-04T06:00:00Z', planned(squat, 40, { order_index: 3 }));
    await write([3, good()]);
    expect(await movesOf(client)).toEqual(['40 → 42.5']);
  });

  it('and before the plan was assigned nothing misses it, on the first day either', async () => {
    await app.setClock('2026-03-02T18:00:00Z');
    await assigned(app, coach, client, own, START);
    await app.setClock('2026-03-02T19:00:00Z');
    await train(client, '2026-03-02T08:00:00Z', [bad()]);
    expect(await movesOf(client)).toEqual([]);
    await train(client, '2026-03-02T18:30:00Z', [bad()]);
    expect(await movesOf(client)).toEqual(['40 → 37.5']);
  });
});

describe('an adjustment', () => {
  it('is not undone by editing or deleting the sessions that led to it (rules §14.5)', async () => {
    const sessions = await write([1, good()], [2, good()], [3, good()]);
    const [first, second, third] = sessions.map(({ id }) => `/performances/${id}`);
    await expectStatus(client.http.put(first ?? '').send({ exercise_sets: [bad()] }), 200);
    await expectStatus(client.http.delete(second ?? ''), 204);
    await expectStatus(client.http.delete(third ?? ''), 204);
    expect(await movesOf(client)).toEqual(['40 → 42.5']);
    expect(await targetsOf(client, squat)).toEqual([42.5]);
  });

  it('stays looked at when its last session is deleted: what is left does not count a second time', async () => {
    const sessions = await write([1, good()], [2, good()], [3, good()]);
    await expectStatus(client.http.delete(`/performances/${sessions[2]?.id ?? ''}`), 204);
    const better = done(squat, 3, 10, 45) as Record<string, unknown>;
    await write([4, better], [5, better]);
    expect(await movesOf(client)).toEqual(['40 → 42.5']);
    await write([6, better]);
    expect(await movesOf(client)).toEqual(['42.5 → 45', '40 → 42.5']);
  });

  it('follows from saving alone, not from editing', async () => {
    const [, , last] = await write([1, good()], [2, good()], [3, bad()]);
    expect(await movesOf(client)).toEqual(['40 → 37.5']);
    await expectStatus(client.http.put(`/performances/${last?.id ?? ''}`).send({ exercise_sets: [good()] }), 200);
    expect(await movesOf(client)).toEqual(['40 → 37.5']);
  });

  it('is not made by a session that was refused', async () => {
    await write([1, good()], [2, good()]);
    const body = { date: evening(9), exercise_sets: [good()] };
    await expectStatus(client.http.post('/performances').send(body), 422);
    expect(await movesOf(client)).toEqual([]);
  });

  it('is made once, however often a phone repeats its request', async () => {
    await write([1, good()], [2, good()]);
    const send = () =>
      client.http
        .post('/performances')
        .set('Idempotency-Key', 'third')
        .send({ date: evening(2), exercise_sets: [good()] });
    for (const answer of [await send(), await send()]) expect(answer.status).toBe(201);
    expect(await movesOf(client)).toEqual(['40 → 42.5']);
  });
});

describe('what was imported', () => {
  it('moves nothing, and counts for nothing (rules §11.5, §16.2)', async () => {
    for (const source of ['strava', 'hevy', 'strong'] as const) {
      const session = await imported(app, client, source, evening(1));
      await app.database.query(
        `INSERT INTO exercise_sets (session_id, user_id, exercise_type_id, position, set_order, sets_count, reps,
           weight_kg) VALUES ($1, $2, $3, 1, 1, 3, 10, 40)`,
        [session, client.id, squat],
      );
    }
    await write([2, good()], [3, good()]);
    expect(await movesOf(client)).toEqual([]);
    await write([4, good()]);
    expect(await movesOf(client)).toEqual(['40 → 42.5']);
  });

  it('moves nothing when it comes as a file', async () => {
    const barbell = exerciseId('barbell-back-squat');
    const own = await aPlan(coach, onDay(0, planned(barbell, 40, { target_sets: 1, target_reps: 5 })));
    await assigned(app, coach, client, own, START);
    await app.setClock(evening(6));
    const file = strongFile(...[1, 2, 3].map((day) => strongLine(`2026-03-0${String(day + 1)} 18:00:00`)));
    expect(await bringIn(client, file)).toMatchObject({ sessions_created: 3, sets_created: 3 });
    expect(await movesOf(client)).toEqual([]);
    for (const day of [1, 2, 3]) await write([day + 6, done(barbell, 1, 5, 60) as Record<string, unknown>]);
    expect(await movesOf(client)).toEqual(['40 → 42.5']);
  });
});
