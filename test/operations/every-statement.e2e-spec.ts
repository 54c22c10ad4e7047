import { eventually } from 'test/support/eventually';
import { expectInvariants } from 'test/support/invariants';
import { STRIKES_EVERYWHERE } from 'test/support/nemesis-settings';
import { StruckActs } from './struck-acts';
import { type Ending, StruckProcess, type Told } from './struck-process';

describe('trust 51: between every two statements of an act', () => {
  let struck: StruckProcess;
  let acts: StruckActs;

  beforeAll(async () => {
    struck = await StruckProcess.start();
    acts = await StruckActs.of(struck);
  }, 120_000);
  afterAll(() => struck.stop(), 30_000);

  it.each([
    ['a booking', 1, () => acts.booking],
    ['the purchase of a package', 2, () => acts.purchase],
    ['a payment', 1, () => acts.payment],
    ['an offer that is taken', 4, () => acts.offer],
  ])(
    '%s that loses its database there is done once by the next try',
    async (name, leap, act) => {
      const step = STRIKES_EVERYWHERE ? 1 : leap;
      for (const passage of ['never arrives', 'is never answered'] as const) {
        const ends: Ending[] = [];
        while (ends.at(-1) !== 'beyond')
          ends.push(await struck.strike(act(), 1 + ends.length * step, passage, () => undefined));
        expect(ends.length * step).toBeGreaterThan(8);
        expect(ends).toContain('anew');
        // A commit that arrived and was answered to nobody: the deed was done. One that never arrived: it was not.
        const isDone = passage === 'is never answered';
        if (step === 1 || !isDone) expect(ends.includes('replayed')).toBe(isDone);
        tell(`${name} ${passage}`, ends);
      }
      await expectInvariants(struck.database);
    },
    STRIKES_EVERYWHERE ? 900_000 : 180_000,
  );

  it.each([
    ['a booking', () => acts.booking],
    ['a payment', () => acts.payment],
  ])(
    '%s whose process is killed there is done once by the next try',
    async (name, act) => {
      const ends: Ending[] = [];
      const last = STRIKES_EVERYWHERE ? 60 : 8;
      for (let at = STRIKES_EVERYWHERE ? 1 : 8; at <= last && ends.at(-1) !== 'beyond'; at += 1)
        ends.push(await struck.strike(act(), at, 'never arrives', () => struck.kill()));
      tell(`${name}, killed`, ends);
      if (STRIKES_EVERYWHERE) expect(ends.at(-1)).toBe('beyond');
      await expectInvariants(struck.database);
      const open = await eventually(
        () =>
          struck.counted(
            `SELECT count(*)::int AS n FROM pg_stat_activity
             WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
            [],
          ),
        (count) => count === 0,
      );
      expect(open).toBe(0);
    },
    STRIKES_EVERYWHERE ? 3_600_000 : 60_000,
  );

  it.each(['/coaches/profile', '/bookings?as=coach', '/coaches/clients', '/coaches/search?q=martin'])(
    'GET %s whose connection is lost there is refused, and the process lives to answer the next',
    async (path) => {
      for (const passage of ['never arrives', 'is never answered'] as const) {
        const told: Told[] = [];
        for (let next: Told | null; (next = await struck.strikeReader(acts.coach, path, told.length + 1, passage));) {
          told.push(next);
          await struck.done(acts.coach, path, undefined, 'GET');
        }
        expect(told.length).toBeGreaterThan(0);
        for (const { status, body } of told) expect([status, body['detail']]).toEqual([503, 'service_unavailable']);
      }
    },
  );

  /** By hand, what became of each strike. */
  function tell(what: string, ends: readonly Ending[]): void {
    if (STRIKES_EVERYWHERE) process.stdout.write(`${what}: ${ends.join(' ')}\n`);
  }
});
