import * as fc from 'fast-check';
import { exerciseId } from 'src/database/exercise-catalogue';
import { aClub } from 'test/support/clubs';
import { expectStatus } from 'test/support/coaching';
import { expectInvariants } from 'test/support/invariants';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { badLinesOf, bringIn, longFile, takeOut } from './files';
import { faultsOf, imported, recordsOf, sessionsOf, setOf, train, type WireSession } from './training';

const HEADER =
  'date,session_type,duration_min,feeling,gym,exercise_slug,exercise_name,set_order,sets_count,reps,weight_kg,duration_seconds,notes';
const SQUAT = exerciseId('barbell-back-squat');
const PLANK = exerciseId('forearm-plank');

let app: TestApp;
let me: TestPerson;
let other: TestPerson;

beforeAll(async () => {
  app = await startTestApp();
  await app.setClock('2026-03-10T12:00:00Z');
});
afterAll(() => app.close());
beforeEach(async () => {
  me = await app.register({ locale: 'en-GB', timezone: 'Europe/Paris' });
  other = await app.register({ locale: 'fr-FR', timezone: 'Asia/Tokyo' });
});
afterEach(() => expectInvariants(app.database));

const linesOf = (file: string): string[] => file.trimEnd().split('\r\n');

/** What a session is, without the ids of its rows and without what only its own writing knows. */
const told = ({ date, session_type, duration_min, feeling, gym_id, total_volume_kg, exercise_sets }: WireSession) => ({
  ...{ date, session_type, duration_min, feeling, gym_id, total_volume_kg },
  sets: exercise_sets.map((set) => ({ ...set, id: null, machine_id: null, exercise_name: null })),
});
const all = async (person: TestPerson) => (await sessionsOf(person, '?limit=100')).items.map(told);
const removeAll = async (person: TestPerson): Promise<void> => {
  for (const { id } of (await sessionsOf(person, '?limit=100')).items)
    await expectStatus(person.http.delete(`/performances/${id}`), 204);
};

describe('the own training as a file', () => {
  it('has a line for each set, oldest first, in the language of the caller', async () => {
    const gym = await aClub(app, { name: 'Club du Port' });
    await train(me, '2026-03-05T17:30:00.5Z', [setOf(PLANK, null, { reps: null, duration_seconds: 90 })]);
    await train(
      me,
      '2026-03-02T09:30:00Z',
      [setOf(SQUAT, 62.5, { sets_count: 3, notes: 'deep, "slow"' }), setOf(SQUAT, 0, { set_order: 9 })],
      { duration_min: 50, feeling: 4, gym_id: gym, session_type: 'solo_guided' },
    );
    const answer = await me.http.get('/performances/export').expect(200);
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(answer.headers['content-disposition']).toBe('attachment; filename="mycoach_performances.csv"');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(linesOf(answer.text)).toEqual([
      HEADER,
      '2026-03-02T09:30:00Z,solo_guided,50,4,Club du Port,barbell-back-squat,Barbell Back Squat,1,3,5,62.5,,"deep, ""slow"""',
      '2026-03-02T09:30:00Z,solo_guided,50,4,Club du Port,barbell-back-squat,Barbell Back Squat,9,1,5,0,,',
      '2026-03-05T17:30:00.500Z,solo_free,,,,forearm-plank,Forearm Plank,1,1,,,90,',
    ]);
    const french = await me.http.get('/performances/export').set('Accept-Language', 'fr').expect(200);
    expect(french.text).toContain(',barbell-back-squat,Squat ');
  });

  it('is a header alone when there is nothing, and has a line for a session without sets', async () => {
    expect(await takeOut(me)).toBe(`${HEADER}\r\n`);
    await train(me, '2026-03-02T09:30:00Z', []);
    expect(linesOf(await takeOut(me))[1]).toBe('2026-03-02T09:30:00Z,solo_free,,,,,,,,,,,');
  });

  it('is that of some days of the own zone, or of some hours', async () => {
    // The first is of the 2nd in Paris, the last of the 4th.
    for (const date of ['2026-03-01T23:30:00Z', '2026-03-03T22:59:59Z', '2026-03-03T23:00:00Z'])
      await train(me, date, []);
    const days = async (query: string): Promise<string[]> =>
      linesOf(await takeOut(me, query))
        .slice(1)
        .map((line) => line.slice(5, 13));
    expect(await days('?from=2026-03-02&to=2026-03-03')).toEqual(['03-01T23', '03-03T22']);
    expect(await days('?from=2026-03-03T23:00:00Z')).toEqual(['03-03T23']);
    expect(await days('?to=2026-03-03T23:00:00Z')).toEqual(['03-01T23', '03-03T22']);
    const wrong = await me.http.get('/performances/export?from=2026-03-03&to=2026-03-02').expect(422);
    expect(faultsOf(wrong.body)).toEqual(['to invalid_date_range']);
  });

  it('holds nothing of anybody else', async () => {
    await train(other, '2026-03-02T09:30:00Z', [setOf(SQUAT, 200)]);
    expect(linesOf(await takeOut(me))).toEqual([HEADER]);
  });

  it('leaves out what Strava lets its owner alone see: an import would forget whose it is', async () => {
    await imported(app, me, 'strava', '2026-03-02T09:30:00Z');
    await imported(app, me, 'hevy', '2026-03-03T09:30:00Z');
    expect(linesOf(await takeOut(me)).map((line) => line.slice(0, 10))).toEqual(['date,sessi', '2026-03-03']);
  });

  it('has no cell that a spreadsheet runs (trust 37)', async () => {
    const club = await aClub(app, { name: '=cmd|/C calc!A0' });
    const notes = ['=1+1', '+1', '-1', '@SUM(A1)', "'=1", "''-1", 'a=b', "it's"];
    const sets = notes.map((note) => setOf(SQUAT, 60, { notes: note }));
    await train(me, '2026-03-02T09:30:00Z', sets, { gym_id: club });
    const file = await takeOut(me);
    const cells = linesOf(file)
      .slice(1)
      .flatMap((line) => line.split(','));
    expect(cells.filter((cell) => /^"?[=+\-@\t]/.test(cell))).toEqual([]);
    expect(cells).toContain("'=cmd|/C calc!A0");
    await bringIn(other, Buffer.from(file));
    const [session] = (await sessionsOf(other)).items;
    expect(session?.exercise_sets.map((set) => set.notes)).toEqual(notes);
    expect(session?.gym_id).toBe(club);
  });

  it('of thousands of sets comes in pieces, each line once', async () => {
    await bringIn(me, longFile(450, 3));
    const before = app.queryCount();
    const lines = linesOf(await takeOut(me));
    expect(app.queryCount() - before).toBeLessThan(15);
    expect(lines).toHaveLength(1 + 450 * 3);
    expect(new Set(lines.slice(1).map((line) => line.slice(0, 20)))).toHaveProperty('size', 450);
    expect(lines.slice(1)).toEqual(lines.slice(1).sort());
  });
});

describe('an own file brought in again', () => {
  it('changes nothing where everything is still there', async () => {
    await train(me, '2026-03-02T09:30:00Z', [setOf(SQUAT, 60)]);
    const report = await bringIn(me, Buffer.from(await takeOut(me)));
    expect(report).toMatchObject({ format: 'mycoach', sessions_created: 0, sessions_skipped: 1, errors_count: 0 });
  });

  it('brings back what was removed: sessions, sets, records, clubs', async () => {
    const twins = [await aClub(app, { name: 'Twin' }), await aClub(app, { name: 'Twin', city: 'Lyon' })];
    await expectStatus(me.http.post('/users/me/gyms').send({ gym_id: twins[1] }), 201);
    await train(me, '2026-03-02T09:30:00Z', [setOf(SQUAT, 60), setOf(SQUAT, 70, { reps: 3 })], { gym_id: twins[1] });
    await train(me, '2026-03-04T09:30:00Z', [setOf(SQUAT, 65), setOf(PLANK, null, { notes: 'one\ntwo' })]);
    const [before, records, file] = [await all(me), await recordsOf(me), await takeOut(me)];
    await removeAll(me);
    expect((await recordsOf(me)).total).toBe(0);
    expect(await bringIn(me, Buffer.from(file))).toMatchObject({
      sessions_created: 2,
      sets_created: 4,
      errors_count: 0,
    });
    expect(await all(me)).toEqual(before);
    expect(await takeOut(me)).toBe(file);
    const kept = ({ weight_kg, reps, achieved_at }: (typeof records.items)[number]) => ({
      weight_kg,
      reps,
      achieved_at,
    });
    expect((await recordsOf(me)).items.map(kept)).toEqual(records.items.map(kept));
  });

  it('does not guess which club a name means that several have', async () => {
    const twins = [await aClub(app, { name: 'Same' }), await aClub(app, { name: 'Same', city: 'Lyon' })];
    await train(me, '2026-03-02T09:30:00Z', [], { gym_id: twins[0] });
    await bringIn(other, Buffer.from(await takeOut(me)));
    expect((await sessionsOf(other)).items).toMatchObject([{ gym_id: null }]);
  });

  it('is refused line by line where somebody has changed it to what cannot be', async () => {
    await train(me, '2026-03-02T09:30:00Z', [setOf(SQUAT, 60)]);
    const lines = linesOf(await takeOut(me));
    const changed = [...lines, lines[1]?.replace(',60,', ',10000,') ?? ''].join('\r\n').replaceAll('03-02', '03-01');
    const report = await bringIn(me, Buffer.from(changed));
    expect([badLinesOf(report), report.sessions_created]).toEqual([['3 line_out_of_range'], 0]);
  });

  it('is the same training in another account, byte for byte in its file, whatever was trained', async () => {
    const slugs = ['barbell-back-squat', 'forearm-plank', 'burpee', 'worlds-greatest-stretch'];
    const note = fc
      .string({ unit: fc.constantFrom('a', 'é', '🏋', ',', ';', '"', "'", '=', '-', '@', '\n', ' '), maxLength: 40 })
      .map((text) => text.trim());
    const set = fc.record(
      {
        exercise_type_id: fc.constantFrom(...slugs.map(exerciseId)),
        sets_count: fc.integer({ min: 1, max: 20 }),
        set_order: fc.integer({ min: 1, max: 50 }),
        reps: fc.option(fc.nat({ max: 9_999 })),
        weight_kg: fc.option(fc.nat({ max: 999_900 }).map((cents) => cents / 100)),
        duration_seconds: fc.option(fc.integer({ min: 1, max: 86_400 })),
        notes: fc.option(note.filter((text) => text !== '')),
      },
      { requiredKeys: ['exercise_type_id'] },
    );
    const session = fc.record(
      {
        date: fc
          .integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2026, 2, 11) })
          .map((ms) => new Date(ms).toISOString()),
        session_type: fc.constantFrom('solo_free', 'solo_guided', 'coached'),
        duration_min: fc.option(fc.integer({ min: 1, max: 600 })),
        feeling: fc.option(fc.integer({ min: 1, max: 5 })),
        exercise_sets: fc.array(set, { maxLength: 6 }),
      },
      { requiredKeys: ['date', 'exercise_sets'] },
    );
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(session, { selector: ({ date }) => date, maxLength: 6 }), async (sessions) => {
        const [one, two] = [await app.register(), await app.register({ timezone: 'Pacific/Auckland' })];
        for (const body of sessions) await expectStatus(one.http.post('/performances').send(body), 201);
        const file = await takeOut(one, '');
        const report = await bringIn(two, Buffer.from(file));
        expect(report).toMatchObject({ sessions_created: sessions.length, errors_count: 0 });
        expect(await all(two)).toEqual(await all(one));
        expect(await takeOut(two)).toBe(file);
        expect(await bringIn(two, Buffer.from(file))).toMatchObject({ sessions_created: 0, sets_created: 0 });
      }),
      { numRuns: 15 },
    );
  }, 120_000);
});
