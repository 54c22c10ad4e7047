import { exerciseId } from 'src/database/exercise-catalogue';
import { expectStatus } from 'test/support/coaching';
import { expectInvariants } from 'test/support/invariants';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { bringIn, longFile, sample, sendFile, strongFile, strongLine, type WireReport } from './files';
import { faultsOf, sessionsOf } from './training';

const MOST_BYTES = 5 * 1_048_576;
let app: TestApp;
let me: TestPerson;

beforeAll(async () => {
  app = await startTestApp();
  await app.setClock('2026-03-10T12:00:00Z');
});
afterAll(() => app.close());
beforeEach(async () => {
  me = await app.register({ timezone: 'UTC' });
});
afterEach(() => expectInvariants(app.database));

const refusal = async (file: Buffer): Promise<string> => {
  const { status, body } = await sendFile(me, file);
  return `${String(status)} ${(body as { detail: string }).detail}`;
};

describe('the file of an import', () => {
  it('may have five mebibytes, and not a byte more (trust 34)', async () => {
    const head = strongFile('').length;
    const line = `${strongLine('2026-03-01 10:00:00').replace(',,,', `,${'n'.repeat(80)},${'w'.repeat(200)},`)}\n`;
    const full = Buffer.concat([strongFile(''), Buffer.alloc(MOST_BYTES - head, line)]);
    expect(full).toHaveLength(MOST_BYTES);
    expect(await bringIn(me, full)).toMatchObject({ sessions_created: 0 });
    expect(await refusal(Buffer.concat([full, Buffer.from('x')]))).toBe('413 file_too_large');
  });

  it('may have fifty thousand lines, and not one more; they keep nobody waiting', async () => {
    const file = longFile(2_500, 20);
    expect(await refusal(Buffer.concat([file, Buffer.from(`\n${strongLine('2026-03-01 10:00:00')}`)]))).toBe(
      '413 file_too_large',
    );
    expect((await sessionsOf(me)).total).toBe(0);

    let turns = 0;
    const beat = setInterval(() => (turns += 1), 0);
    const report = await bringIn(me, file);
    clearInterval(beat);
    expect(report).toMatchObject({ sessions_created: 2_500, sets_created: 50_000, errors_count: 0 });
    // One turn for each piece that is read: how long they are is a matter of who else uses the machine.
    expect(turns).toBeGreaterThan(file.length / 32_768);
    expect(await bringIn(me, file)).toMatchObject({ sessions_created: 0, sessions_skipped: 2_500 });
  }, 120_000);

  it.each([
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0])],
    ['text of another alphabet', Buffer.concat([strongFile(''), Buffer.from('Caf\xe9', 'latin1')])],
    ['text with a zero (trust 33)', strongFile('2026-03-01 10:00:00,\0')],
    ['compressed', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0])],
  ])('is not %s', async (_, file) => {
    expect(await refusal(file)).toBe('415 unsupported_media_type');
  });

  it.each([
    ['nothing', ''],
    ['a table of something else', 'date,weight\n2026-01-01,80\n'],
    ['a header without a column', 'Date,Workout Name,Set Order,Weight,Reps\n'],
  ])('is not known when it is %s', async (_, text) => {
    expect(await refusal(Buffer.from(text))).toBe('422 import_format_unknown');
  });

  it('may have a header and nothing else', async () => {
    expect(await bringIn(me, strongFile())).toMatchObject({ sessions_created: 0, errors_count: 0 });
  });

  it('comes as the field "file" of a form, with fields that are read', async () => {
    const missing = await me.http.post('/performances/import').field('weight_unit', 'kg').expect(422);
    expect(faultsOf(missing.body)).toEqual(['file required']);
    const json = await me.http.post('/performances/import').send({ file: 'text' }).expect(415);
    expect(json.body).toMatchObject({ detail: 'unsupported_media_type' });
    const stone = await sendFile(me, strongFile(), { fields: { weight_unit: 'stone' } }).expect(422);
    expect(faultsOf(stone.body)).toEqual(['weight_unit invalid_value']);
    const maybe = await sendFile(me, strongFile(), { query: '?dry_run=maybe' }).expect(422);
    expect(faultsOf(maybe.body)).toEqual(['dry_run invalid_type']);
  });

  it('is for who has a key', async () => {
    expect((await app.http.post('/performances/import').attach('file', sample('hevy-kg.csv'), 'x.csv')).status).toBe(
      401,
    );
    expect((await app.http.get('/performances/export')).status).toBe(401);
  });

  it.each([
    ['SQL', `Squat (Barbell)'); DROP TABLE exercise_sets; --`],
    ['a formula', '=HYPERLINK("x")'],
    ['markup', '<script>alert(1)</script>'],
    ['a name of an object', '__proto__'],
    ['ten thousand letters', 'x'.repeat(10_000)],
  ])('may hold %s for an exercise: it is a name that nobody knows, or too long (trust 32, 33)', async (_, name) => {
    const quoted = `"${name.replaceAll('"', '""')}"`;
    const report = await bringIn(me, strongFile(strongLine('2026-03-01 10:00:00', quoted)));
    expect(report).toMatchObject({ sessions_created: 0, errors_count: 1 });
    expect(report.unmapped_exercises).toEqual(name.length > 200 ? [] : [{ name, lines_count: 1 }]);
  });

  it('may hold numbers of any size: each is a bad line (trust 33)', async () => {
    const wild = ['NaN', 'Infinity', '1e308', '99999999999999999999', '9999999', '-1', '0x7f'];
    const lines = wild.map((weight, day) => strongLine(`2026-03-0${String(day + 1)} 10:00:00`, undefined, weight));
    expect(await bringIn(me, strongFile(...lines))).toMatchObject({ sessions_created: 0, errors_count: wild.length });
  });
});

describe('the mapping of exercises', () => {
  const send = (mapping: string) => sendFile(me, sample('hevy-kg.csv'), { fields: { mapping } });

  it.each([
    ['no JSON', '{', 'invalid_format'],
    ['a list', '[]', 'invalid_type'],
    ['a number', '7', 'invalid_type'],
    ['nothing', 'null', 'invalid_type'],
    ['names of no ids', '{"Squat":"barbell-back-squat"}', 'invalid_format'],
    ['names of numbers', '{"Squat":7}', 'invalid_format'],
  ])('is refused when it is %s', async (_, mapping, code) => {
    const refused = await send(mapping).expect(422);
    expect(faultsOf(refused.body)).toEqual([`mapping ${code}`]);
    expect((await sessionsOf(me)).total).toBe(0);
  });

  it('has at most a thousand names', async () => {
    const squat = exerciseId('barbell-back-squat');
    const many = (count: number): string =>
      JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, n) => [`x${String(n)}`, squat])));
    await send(many(1_000)).expect(200);
    expect(faultsOf((await send(many(1_001)).expect(422)).body)).toEqual(['mapping too_many']);
  });

  it('names exercises that there are', async () => {
    const refused = await send(JSON.stringify({ Squat: exerciseId('no-such-exercise') })).expect(404);
    expect(refused.body).toMatchObject({ detail: 'exercise_not_found' });
    expect((await sessionsOf(me)).total).toBe(0);
  });

  it('may be empty', async () => {
    await send('').expect(200);
  });
});

describe('an import with an idempotency key', () => {
  it('is done once, and the key belongs to the file, the mapping and the dry run too', async () => {
    const send = (query = '') => sendFile(me, sample('hevy-kg.csv'), { query }).set('Idempotency-Key', 'import-1');
    const first = await send().expect(200);
    expect(first.body).toMatchObject({ sessions_created: 2 });
    const replayed = await send().expect(200);
    expect(replayed.headers['idempotent-replayed']).toBe('true');
    expect(replayed.body).toEqual(first.body);
    const other = await sendFile(me, sample('hevy-lbs.csv')).set('Idempotency-Key', 'import-1').expect(422);
    expect(other.body).toMatchObject({ detail: 'idempotency_key_reused' });
    expect((await send('?dry_run=true')).body).toMatchObject({ detail: 'idempotency_key_reused' });
  });

  it('takes fifty thousand lines as well', async () => {
    const answer = await sendFile(me, longFile(2_500, 20)).set('Idempotency-Key', 'long');
    expect(answer.body as WireReport).toMatchObject({ sessions_created: 2_500, sets_created: 50_000 });
  }, 120_000);
});

describe('an import that fails in the middle', () => {
  const file = longFile(450, 2);
  const stored = async (): Promise<number> => (await sessionsOf(me, '?limit=1')).total;

  /** Sets one session of the file so that the database refuses it, for as long as `work` takes. */
  const withFault = async (work: () => Promise<void>): Promise<void> => {
    await app.database.query(`
      CREATE FUNCTION refuse_session() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF NEW.external_id = '2010-01-18T19:00:00' THEN RAISE EXCEPTION 'disk on fire'; END IF;
        RETURN NEW;
      END $$`);
    await app.database.query(`
      CREATE TRIGGER refuse_session BEFORE INSERT ON performance_sessions
      FOR EACH ROW EXECUTE FUNCTION refuse_session()`);
    await work().finally(() => app.database.query('DROP FUNCTION refuse_session CASCADE'));
  };

  it('keeps the whole sessions before it, and the same file brings the rest', async () => {
    await withFault(async () => {
      await expectStatus(sendFile(me, file), 500);
      expect(await stored()).toBe(400);
    });
    expect(await bringIn(me, file)).toMatchObject({ sessions_created: 50, sessions_skipped: 400, sets_created: 100 });
    expect(await stored()).toBe(450);
  });

  it('keeps nothing when it has an idempotency key, whose answer and effect are one', async () => {
    const send = () => sendFile(me, file).set('Idempotency-Key', 'torn');
    await withFault(async () => {
      await expectStatus(send(), 500);
      expect(await stored()).toBe(0);
    });
    expect((await send().expect(200)).body).toMatchObject({ sessions_created: 450, sessions_skipped: 0 });
  });
});

describe('imports of one person', () => {
  it('are ten an hour', async () => {
    const strict = await startTestApp({ RATE_LIMIT_FACTOR: '1' });
    try {
      const person = await strict.register();
      const other = await strict.register();
      for (let turn = 0; turn < 10; turn += 1) {
        const { headers } = await sendFile(person, strongFile(), { query: '?dry_run=true' }).expect(200);
        expect(headers['ratelimit-remaining']).toBe(String(9 - turn));
      }
      const refused = await sendFile(person, strongFile()).expect(429);
      expect(refused.body).toMatchObject({ detail: 'too_many_requests' });
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
      await expectStatus(sendFile(other, strongFile()), 200);
    } finally {
      await strict.close();
    }
  });
});
