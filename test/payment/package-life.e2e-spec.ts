import fc from 'fast-check';
import { sell, type WirePackage } from 'test/support/packages';
import { AT, back, CreditStage } from './credit-stage';

interface Act {
  do: 'hold' | 'consume' | 'release' | 'restore' | 'move' | 'adjust';
  pick: number;
  byCoach: boolean;
}

const act: fc.Arbitrary<Act> = fc.record({
  do: fc.constantFrom('hold', 'hold', 'hold', 'consume', 'release', 'restore', 'move', 'adjust'),
  pick: fc.nat(99),
  byCoach: fc.boolean(),
});

let stage: CreditStage;

beforeAll(async () => {
  stage = await CreditStage.start();
});
afterAll(() => stage.app.close());

describe('any life of a package', () => {
  it('leaves sums, counters and statuses that agree', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.array(act, { minLength: 5, maxLength: 20 }),
        async (size, acts) => {
          const pack = await sell(stage.coach, stage.client, { sessions_total: size });
          const counted = await live(pack, size, acts);
          expect(await stage.sums(pack)).toEqual(counted);
          expect(await breaches(pack)).toEqual([]);
        },
      ),
      { numRuns: 30 },
    );
  }, 120_000);

  /** Runs the acts, counting sessions one by one beside; every other refusal than "no session left" is a failure. */
  async function live(
    pack: WirePackage,
    size: number,
    acts: readonly Act[],
  ): Promise<[string, number, number, number]> {
    let free = size;
    const open: string[] = [];
    const used: string[] = [];
    const take = (from: string[], at: number): string | undefined => from.splice(at % Math.max(1, from.length), 1)[0];
    for (const { do: what, pick, byCoach } of acts) {
      const id = what === 'restore' ? take(used, pick) : what === 'hold' || what === 'adjust' ? '' : take(open, pick);
      if (id === undefined) continue;
      if (what === 'hold') {
        const booking = await stage.aBooking();
        const done = await stage.credits.hold(pack.id, booking, AT).then(
          () => true,
          (error: unknown) => (String(error).includes('no_credits_available') ? false : Promise.reject(error as Error)),
        );
        expect(done).toBe(free > 0);
        if (done) open.push(booking.id);
        if (done) free -= 1;
      } else if (what === 'adjust') {
        const sessions = (pick % 5) - 2 || 1;
        const path = `/coaches/clients/${stage.client.id}/packages/${pack.id}/adjust`;
        const { status } = await stage.coach.http.post(path).send({ sessions, reason: 'x' });
        expect(status).toBe(free + sessions >= 0 ? 200 : 422);
        if (status === 200) free += sessions;
      } else if (what === 'consume') {
        await stage.credits.consume(id, AT);
        used.push(id);
      } else if (what === 'move') {
        const to = await stage.aBooking();
        await stage.inOneAct(() => stage.credits.move(id, to, AT));
        open.push(to.id);
      } else {
        await (what === 'release'
          ? stage.credits.release(id, AT, back(byCoach))
          : stage.credits.restore(id, AT, back(byCoach)));
        free += 1;
      }
    }
    const remaining = free + open.length;
    return [remaining === 0 ? 'exhausted' : 'active', remaining, free, used.length];
  }

  /** What the ledger says by itself, added up anew. */
  async function breaches(pack: WirePackage): Promise<unknown[]> {
    const { rows } = await stage.app.database.query(
      `SELECT p.id FROM packages p JOIN package_movements m ON m.package_id = p.id WHERE p.id = $1 GROUP BY p.id
       HAVING p.balance <> sum(m.delta) OR p.remaining <> sum(m.remaining_delta) OR p.last_seq <> count(*)
         OR min(m.balance_after) < 0 OR min(m.remaining_after - m.balance_after) < 0
         OR count(m.booking_id) <> count(DISTINCT (m.booking_id, m.kind)) FILTER (WHERE m.booking_id IS NOT NULL)
         OR p.remaining - p.balance <> count(*) FILTER (WHERE m.kind = 'hold') - count(*) FILTER (WHERE m.follows = 'hold')`,
      [pack.id],
    );
    return rows;
  }
});
