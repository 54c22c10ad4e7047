import { exerciseId } from 'src/database/exercise-catalogue';
import { expectStatus } from 'test/support/coaching';
import { expectInvariants } from 'test/support/invariants';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { badLinesOf, bringIn, sample, sendFile, strongFile, strongLine } from './files';
import { recordsOf, sessionsOf, setOf, train, type WireSession } from './training';

let app: TestApp;
let me: TestPerson;

beforeAll(async () => {
  app = await startTestApp();
  await app.setClock('2026-03-10T12:00:00Z');
});
afterAll(() => app.close());
beforeEach(async () => {
  me = await app.register({ timezone: 'Europe/Paris' });
});
afterEach(() => expectInvariants(app.database));

const nothing = { unmapped_exercises: [], errors_count: 0, errors: [] };
/** The own sessions, oldest first: when, how long, and each set as `slug weight×reps/seconds`. */
const trained = async (person = me): Promise<unknown[]> => {
  const { items } = await sessionsOf(person);
  return items.reverse().map(({ date, duration_min, source, exercise_sets }: WireSession) => ({
    date,
    ...{ duration_min, source },
    sets: exercise_sets.map(
      ({ exercise_slug, weight_kg, reps, duration_seconds }) =>
        `${exercise_slug} ${String(weight_kg)}×${String(reps)}/${String(duration_seconds)}`,
    ),
  }));
};
const setsStored = async (): Promise<number> => {
  const { rows } = await app.database.query('SELECT FROM exercise_sets WHERE user_id = $1', [me.id]);
  return rows.length;
};

describe('a file of training', () => {
  it('of an old Strong is read in the unit that its sender names', async () => {
    const report = await bringIn(me, sample('strong-old.csv'), { fields: { weight_unit: 'lb' } });
    const created = { sessions_created: 2, sessions_skipped: 0, sets_created: 5 };
    expect(report).toEqual({ dry_run: false, format: 'strong', ...created, ...nothing });
    expect(await trained()).toEqual([
      {
        date: '2019-05-06T16:02:11Z',
        duration_min: null,
        source: 'strong',
        sets: ['barbell-bench-press 27.22×8/null', 'barbell-bench-press 28.35×6/null', 'forearm-plank 0×0/90'],
      },
      {
        date: '2019-05-08T05:15:40Z',
        duration_min: null,
        source: 'strong',
        sets: ['barbell-back-squat 36.29×5/null', 'leg-press 54.43×12/null'],
      },
    ]);
    const notes = (await sessionsOf(me)).items.flatMap((session) => session.exercise_sets.map((set) => set.notes));
    expect(notes.filter(Boolean)).toEqual(['last one, with "help"']);
  });

  it('of Strong on an iPhone has half days, warm-ups and pauses; weights are those of the profile', async () => {
    await expectStatus(me.http.post('/clients/profile').send({ weight_unit: 'lb' }), 201);
    expect(await bringIn(me, sample('strong-ios.csv'))).toMatchObject({
      format: 'strong',
      sets_created: 4,
      ...nothing,
    });
    expect(await trained()).toEqual([
      {
        date: '2025-06-02T16:30:05Z',
        duration_min: 65,
        source: 'strong',
        sets: ['barbell-bench-press 43.09×10/null', 'barbell-bench-press 61.23×8/null', 'pull-up 0×9/null'],
      },
      { date: '2025-06-04T05:05:00Z', duration_min: 32, source: 'strong', sets: ['treadmill-run 0×0/1920'] },
    ]);
  });

  it('of Strong on Android has semicolons, commas in numbers and kilograms; a session with an unknown exercise waits', async () => {
    const file = sample('strong-android.csv');
    const first = await bringIn(me, file, { fields: { weight_unit: 'lb' } });
    expect(first).toMatchObject({
      ...{ sessions_created: 1, sessions_skipped: 0, sets_created: 2, errors_count: 1 },
      unmapped_exercises: [{ name: 'Poulie du garage', lines_count: 1 }],
      errors: [{ line: 5, code: 'line_unmapped_exercise' }],
    });
    expect(await trained()).toMatchObject([
      { duration_min: 62, sets: ['lat-pulldown 52.5×10/null', 'lat-pulldown 55×8/null'] },
    ]);
    const mapping = JSON.stringify({ 'poulie du garage': exerciseId('face-pull').toUpperCase() });
    const second = await bringIn(me, file, { fields: { mapping } });
    expect(second).toMatchObject({ sessions_created: 1, sessions_skipped: 1, sets_created: 2, ...nothing });
    expect(await trained()).toMatchObject([{}, { sets: ['face-pull 20×15/null', 'barbell-deadlift 100×5/null'] }]);
  });

  it('of Hevy has its months in the language of the phone, and says how long it took', async () => {
    expect(await bringIn(me, sample('hevy-kg.csv'))).toMatchObject({ format: 'hevy', sessions_created: 2, ...nothing });
    expect(await trained()).toEqual([
      {
        date: '2026-03-02T17:30:00Z',
        duration_min: 72,
        source: 'hevy',
        sets: [
          'barbell-back-squat 40×8/null',
          'barbell-back-squat 82.5×5/null',
          'leg-extension 35×12/null',
          'forearm-plank null×null/75',
        ],
      },
      { date: '2026-03-04T06:10:00Z', duration_min: 35, source: 'hevy', sets: ['steady-run null×null/2100'] },
    ]);
  });

  it('of Hevy in pounds says so itself', async () => {
    expect(await bringIn(me, sample('hevy-lbs.csv'), { fields: { weight_unit: 'kg' } })).toMatchObject(nothing);
    expect(await trained()).toMatchObject([
      {
        date: '2026-02-03T17:30:00Z',
        sets: ['overhead-press 43.09×6/null', 'overhead-press 45.36×4/null', 'lateral-raise 7.94×12/null'],
      },
    ]);
  });

  it('tells what it would do, and does nothing', async () => {
    await train(me, '2026-03-02T17:30:00Z', []);
    const dry = await bringIn(me, sample('hevy-kg.csv'), { query: '?dry_run=true' });
    expect(dry).toMatchObject({ dry_run: true, sessions_created: 1, sessions_skipped: 1, sets_created: 1 });
    expect(await setsStored()).toBe(0);
    expect(await bringIn(me, sample('hevy-kg.csv'))).toEqual({ ...dry, dry_run: false });
    expect(await setsStored()).toBe(1);
  });

  it('changes nothing when it comes again, also from another zone', async () => {
    await bringIn(me, sample('strong-old.csv'));
    const before = await trained();
    const again = { sessions_created: 0, sessions_skipped: 2, sets_created: 0, ...nothing };
    expect(await bringIn(me, sample('strong-old.csv'))).toMatchObject(again);
    await expectStatus(me.http.patch('/users/me').send({ timezone: 'America/New_York' }), 200);
    expect(await bringIn(me, sample('strong-old.csv'))).toMatchObject(again);
    expect(await trained()).toEqual(before);
  });

  it('passes over a session of the same start, wherever that one comes from', async () => {
    await train(me, '2026-03-02T17:30:00Z', [setOf(exerciseId('push-up'), 0)]);
    expect(await bringIn(me, sample('hevy-kg.csv'))).toMatchObject({ sessions_created: 1, sessions_skipped: 1 });
    expect(await trained()).toMatchObject([{ source: 'manual', sets: ['push-up 0×5/null'] }, { source: 'hevy' }]);
  });

  it('brings the others when one session has a bad line, and tells which in the language of the caller', async () => {
    const file = strongFile(
      strongLine('2026-03-01 10:00:00'),
      strongLine('2026-03-02 10:00:00'),
      strongLine('2026-03-02 10:00:00', 'Squat (Barbell)', 'heavy'),
      strongLine('2026-02-30 10:00:00'),
      strongLine('2026-03-11 14:00:00'),
      '2026-03-04 10:00:00,Legs,45m',
      strongLine('2026-03-05 10:00:00', 'Yo-yo'),
      strongLine('2026-03-06 10:00:00'),
    );
    const answer = await sendFile(me, file).set('Accept-Language', 'fr').expect(200);
    const report = answer.body as Awaited<ReturnType<typeof bringIn>>;
    expect(badLinesOf(report)).toEqual([
      '4 line_invalid_number',
      '5 line_invalid_date',
      '6 line_out_of_range',
      '7 line_incomplete',
      '8 line_unmapped_exercise',
    ]);
    expect(report).toMatchObject({ sessions_created: 2, sets_created: 2, errors_count: 5 });
    expect(report.errors[1]?.message).toBe('La date de cette ligne est illisible.');
    expect(await trained()).toMatchObject([{ date: '2026-03-01T09:00:00Z' }, { date: '2026-03-06T09:00:00Z' }]);
  });

  it('sets records as if they had been written down on their days, and tells nobody', async () => {
    const squat = exerciseId('barbell-back-squat');
    await train(me, '2026-03-03T10:00:00Z', [setOf(squat, 70)]);
    const weights = [60, 80, 75];
    const lines = weights.map((weight, day) =>
      strongLine(`2026-03-0${String(day * 2 + 2)} 10:00:00`, undefined, weight),
    );
    const before = (await app.messages({ user_id: me.id })).length;
    await bringIn(me, strongFile(...lines));
    const records = await recordsOf(me, `?exercise_type_id=${squat}`);
    expect(records.items.map(({ weight_kg, achieved_at }) => `${String(weight_kg)} ${achieved_at}`)).toEqual([
      '80 2026-03-04T09:00:00Z',
      '70 2026-03-03T10:00:00Z',
      '60 2026-03-02T09:00:00Z',
    ]);
    expect(await app.messages({ user_id: me.id })).toHaveLength(before);
    const { rows } = await app.database.query(
      `SELECT FROM notifications WHERE user_id = $1 AND type = 'new_personal_record' AND created_at > '2026-03-10'`,
      [me.id],
    );
    expect(rows).toHaveLength(1);
  });

  it('moves records that are there when an older file comes after a newer one', async () => {
    const squat = exerciseId('barbell-back-squat');
    const file = (month: number, ...weights: number[]): Buffer =>
      strongFile(
        ...weights.map((weight, day) =>
          strongLine(`2026-0${String(month)}-0${String(day + 1)} 10:00:00`, undefined, weight),
        ),
      );
    const weights = async (): Promise<number[]> =>
      (await recordsOf(me, `?exercise_type_id=${squat}`)).items.map(({ weight_kg }) => weight_kg);
    await bringIn(me, file(2, 60, 70, 90));
    expect(await weights()).toEqual([90, 70, 60]);
    await bringIn(me, file(1, 50, 70, 65));
    expect(await weights()).toEqual([90, 70, 50]);
    await app.database.query(`UPDATE exercise_sets SET is_pr = true WHERE user_id = $1 AND weight_kg = 65`, [me.id]);
    await bringIn(me, strongFile(strongLine('2025-12-01 10:00:00', undefined, 55)));
    expect(await weights()).toEqual([90, 70, 55]);
  });

  it('is read-only once it is here, and its owner can remove it at any time', async () => {
    await bringIn(me, sample('hevy-lbs.csv'));
    const [session] = (await sessionsOf(me)).items;
    await expectStatus(me.http.put(`/performances/${session?.id ?? ''}`).send({ feeling: 3 }), 403);
    await expectStatus(me.http.delete(`/performances/${session?.id ?? ''}`), 204);
    expect(await bringIn(me, sample('hevy-lbs.csv'))).toMatchObject({ sessions_created: 1 });
  });

  it('stores every session once when it comes several times at the same moment', async () => {
    const lines = Array.from({ length: 300 }, (_, place) =>
      strongLine(
        `2025-${String((place % 12) + 1).padStart(2, '0')}-${String((place % 28) + 1).padStart(2, '0')} 1${String(place % 9)}:00:00`,
      ),
    );
    const starts = new Set(lines.map((line) => line.slice(0, 19))).size;
    const reports = await Promise.all(Array.from({ length: 4 }, () => bringIn(me, strongFile(...lines))));
    expect(reports.reduce((sum, { sessions_created }) => sum + sessions_created, 0)).toBe(starts);
    expect((await sessionsOf(me, '?limit=1')).total).toBe(starts);
  });

  it('belongs to who sends it: nobody else sees it, and the same file is theirs too', async () => {
    const other = await app.register({ timezone: 'Europe/Paris' });
    await bringIn(me, sample('hevy-kg.csv'));
    expect(await trained(other)).toEqual([]);
    expect(await bringIn(other, sample('hevy-kg.csv'))).toMatchObject({ sessions_created: 2, sessions_skipped: 0 });
  });
});
