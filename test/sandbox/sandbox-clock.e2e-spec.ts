import { Clock, SystemClock } from 'src/common/clock/clock';
import { type PeriodicJob, PeriodicJobs } from 'src/common/jobs/periodic-jobs';
import { Schedule } from 'src/common/jobs/schedule';
import { startTestApp, type TestApp } from 'test/support/test-app';

const NOON = '2026-03-02T12:00:00Z';
const MINUTE_MS = 60_000;
const realTime = new SystemClock();

/** Work that waits for moments of the product's clock, in memory. */
class Appointments implements PeriodicJob {
  readonly seen: string[] = [];
  private waiting: Date[] = [];

  constructor(
    readonly name: string,
    readonly schedule: Schedule,
    private readonly clock: Clock,
  ) {}

  expect(...instants: string[]): void {
    this.waiting = instants.map((instant) => new Date(instant));
    this.seen.length = 0;
  }

  async nextDue(): Promise<Date | null> {
    const [first] = [...this.waiting].sort((one, other) => one.getTime() - other.getTime());
    return first ?? null;
  }

  async run(): Promise<number> {
    const due = this.waiting.filter((at) => at <= this.clock.now());
    this.waiting = this.waiting.filter((at) => at > this.clock.now());
    if (due.length > 0) this.seen.push(this.clock.now().toISOString());
    return due.length;
  }
}

/** Says that it has work, and never does any. */
class Stuck implements PeriodicJob {
  readonly name = 'test_stuck';
  readonly schedule = Schedule.everyMinute();
  runs = 0;
  due: Date | null = null;

  async nextDue(): Promise<Date | null> {
    return this.due;
  }

  async run(): Promise<number> {
    this.runs += 1;
    return 0;
  }
}

describe('the sandbox clock', () => {
  let app: TestApp;
  let everyMinute: Appointments;
  let nightly: Appointments;
  const stuck = new Stuck();

  const set = (body: object) => app.http.put('/sandbox/clock').send(body);
  const advance = (body: object) => app.http.post('/sandbox/clock/advance').send(body);
  const read = async () =>
    (await app.http.get('/sandbox/clock')).body as { now: string; moved: boolean; frozen: boolean };

  beforeAll(async () => {
    app = await startTestApp();
    const clock = app.nest.get(Clock);
    const jobs = app.nest.get(PeriodicJobs);
    everyMinute = new Appointments('test_every_minute', Schedule.everyMinute(), clock);
    nightly = new Appointments('test_nightly', Schedule.dailyAt(4, 0), clock);
    for (const job of [everyMinute, nightly, stuck]) jobs.register(job);
  });
  afterAll(() => app.close());

  beforeEach(async () => {
    everyMinute.expect();
    nightly.expect();
    stuck.due = null;
    await set({ now: null });
  });

  it('follows real time until it is moved', async () => {
    const { now, moved, frozen } = await read();
    expect(Math.abs(Date.parse(now) - realTime.nowMs())).toBeLessThan(5_000);
    expect({ moved, frozen }).toEqual({ moved: false, frozen: false });
  });

  it('stands still where it is put', async () => {
    const answer = await set({ now: NOON });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ now: NOON, moved: true, frozen: true });
    expect(await read()).toEqual({ now: NOON, moved: true, frozen: true });
    expect(app.nest.get(Clock).now().toISOString()).toBe('2026-03-02T12:00:00.000Z');
  });

  it('runs on from where it is put when it is not to stand still', async () => {
    const answer = await set({ now: NOON, frozen: false });
    expect(answer.body).toMatchObject({ moved: true, frozen: false });
    const passed = Date.parse((await read()).now) - Date.parse(NOON);
    expect(passed).toBeGreaterThanOrEqual(0);
    expect(passed).toBeLessThan(5_000);
  });

  it('is real time again on null', async () => {
    await set({ now: NOON });
    const answer = await set({ now: null });
    expect(answer.body).toMatchObject({ moved: false, frozen: false });
    expect(Math.abs(Date.parse((await read()).now) - realTime.nowMs())).toBeLessThan(5_000);
  });

  it.each([
    [{}, 'now', 'required'],
    [{ now: 'tomorrow' }, 'now', 'invalid_datetime'],
    [{ now: NOON, frozen: 'yes' }, 'frozen', 'invalid_type'],
  ])('refuses %j', async (body, field, code) => {
    const answer = await set(body);
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ detail: 'validation_error', errors: [{ field, code }] });
  });

  it.each([
    [{}, 'required'],
    [{ seconds: 0 }, 'too_small'],
    [{ seconds: 31_622_401 }, 'too_large'],
    [{ seconds: 1.5 }, 'invalid_type'],
    [{ seconds: '60' }, 'invalid_type'],
  ])('does not advance by %j', async (body, code) => {
    const answer = await advance(body);
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ errors: [{ field: 'seconds', code }] });
  });

  it('is frozen first when it followed real time', async () => {
    const before = realTime.nowMs();
    const answer = await advance({ seconds: 3_600 });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ moved: true, frozen: true, jobs_run: [] });
    const moved = Date.parse((answer.body as { now: string }).now) - before;
    expect(moved).toBeGreaterThanOrEqual(3_600_000);
    expect(moved).toBeLessThan(3_605_000);
  });

  it('goes on running after an advance when it ran on before', async () => {
    await set({ now: NOON, frozen: false });
    const answer = await advance({ seconds: 3_600 });
    expect(answer.body).toMatchObject({ moved: true, frozen: false });
    const passed = Date.parse((answer.body as { now: string }).now) - Date.parse('2026-03-02T13:00:00Z');
    expect(passed).toBeGreaterThanOrEqual(0);
    expect(passed).toBeLessThan(5_000);
  });

  it('goes from one due moment to the next and names the jobs that did something, in order', async () => {
    await set({ now: NOON });
    everyMinute.expect('2026-03-02T12:10:20Z', '2026-03-02T12:10:40Z', '2026-03-03T05:00:00Z', '2026-03-04T12:00:00Z');
    nightly.expect('2026-03-02T20:00:00Z', '2026-03-03T04:00:00Z');
    const answer = await advance({ seconds: 86_400 });
    expect(answer.body).toEqual({
      now: '2026-03-03T12:00:00Z',
      moved: true,
      frozen: true,
      jobs_run: [
        { name: 'test_every_minute', at: '2026-03-02T12:11:00Z' },
        { name: 'test_nightly', at: '2026-03-03T04:00:00Z' },
        { name: 'test_every_minute', at: '2026-03-03T05:00:00Z' },
      ],
    });
    expect(everyMinute.seen).toEqual(['2026-03-02T12:11:00.000Z', '2026-03-03T05:00:00.000Z']);
    expect(nightly.seen).toEqual(['2026-03-03T04:00:00.000Z']);
  });

  it('does what is long overdue at the next tick, and never goes back for it', async () => {
    everyMinute.expect('2026-03-01T00:00:00Z');
    await set({ now: '2026-03-02T12:00:30Z' });
    const answer = await advance({ seconds: 60 });
    expect(answer.body).toMatchObject({
      now: '2026-03-02T12:01:30Z',
      jobs_run: [{ name: 'test_every_minute', at: '2026-03-02T12:01:00Z' }],
    });
  });

  it('does not do what falls due after its target', async () => {
    await set({ now: NOON });
    everyMinute.expect('2026-03-02T12:30:00Z');
    expect((await advance({ seconds: 1_799 })).body).toMatchObject({ jobs_run: [] });
    expect((await advance({ seconds: 1 })).body).toMatchObject({
      jobs_run: [{ name: 'test_every_minute', at: '2026-03-02T12:30:00Z' }],
    });
  });

  it('does not wait for a job that says it has work and does none', async () => {
    await set({ now: NOON });
    stuck.due = new Date(NOON);
    everyMinute.expect('2026-06-01T00:00:00Z');
    const answer = await advance({ seconds: 31_622_400 });
    expect(answer.body).toMatchObject({ jobs_run: [{ name: 'test_every_minute', at: '2026-06-01T00:00:00Z' }] });
    expect(stuck.runs).toBeLessThan(10);
  });

  it('is moved by two advances at once as by one after the other', async () => {
    await set({ now: NOON });
    everyMinute.expect('2026-03-02T12:00:30Z', '2026-03-02T12:01:30Z');
    const answers = await Promise.all([advance({ seconds: 60 }), advance({ seconds: 60 })]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await read()).toMatchObject({ now: '2026-03-02T12:02:00Z' });
    expect(everyMinute.seen).toHaveLength(2);
  });

  it('runs a job by hand, and says how many rows it changed', async () => {
    await set({ now: NOON });
    everyMinute.expect('2026-03-02T11:00:00Z', '2026-03-02T11:30:00Z', '2026-03-02T12:30:00Z');
    const answer = await app.http.post('/sandbox/jobs/test_every_minute/run');
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ name: 'test_every_minute', at: NOON, processed_count: 2 });
  });

  it('knows no job of another name', async () => {
    const answer = await app.http.post('/sandbox/jobs/brew_coffee/run');
    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({ detail: 'job_not_found' });
  });

  it('is heard by another process through the database', async () => {
    // What another process does when its own sandbox moves the clock.
    const at = new Date(Date.parse(NOON) + 5 * MINUTE_MS);
    await app.database.query('UPDATE sandbox_clock SET offset_ms = 0, frozen_at = $1', [at]);
    await app.database.query("SELECT pg_notify('clock_changed', '')");
    const deadline = realTime.nowMs() + 5_000;
    let { now } = await read();
    while (now !== '2026-03-02T12:05:00Z' && realTime.nowMs() < deadline) ({ now } = await read());
    expect(now).toBe('2026-03-02T12:05:00Z');
  });

  it('is not limited, and needs no key', async () => {
    const answer = await app.http.get('/sandbox/clock');
    expect(answer.status).toBe(200);
    expect(answer.headers['ratelimit-limit']).toBeUndefined();
  });
});
