import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { EventBus } from 'src/common/events/event-bus';
import { UnitOfWork } from 'src/common/transaction/unit-of-work';
import { CreditService } from 'src/modules/payment/credits/credit.service';
import { PackageExhausted, PackageLow } from 'src/modules/payment/payment.events';
import { aCoach, expectStatus } from 'test/support/coaching';
import { befriend, ledgerOf, packageOf, sell, type WirePackage } from 'test/support/packages';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

const AT = new Date('2026-03-02T06:00:00Z');
const TODAY = '2026-03-02';

let app: TestApp;
let credits: CreditService;
let coach: TestPerson;
let client: TestPerson;
const alerts: string[] = [];

beforeAll(async () => {
  app = await startTestApp();
  await app.setClock(AT.toISOString());
  credits = app.nest.get(CreditService);
  const keep = (name: string) => (event: PackageLow | PackageExhausted) =>
    Promise.resolve(void alerts.push(`${name} ${String(event.remaining)} ${String(event.seq)}`));
  app.nest.get(EventBus).subscribe(PackageLow, 'test', keep('low'));
  app.nest.get(EventBus).subscribe(PackageExhausted, 'test', keep('exhausted'));
  coach = await aCoach(app, { days: [], priceCents: null });
  client = await app.register();
  await befriend(app, coach, client);
});
afterAll(() => app.close());
beforeEach(() => {
  alerts.length = 0;
});

const inOneAct = <T>(work: () => Promise<T>): Promise<T> => app.nest.get(UnitOfWork).run(work);
const back = (causedByCoach = false, today = TODAY) => ({ causedByCoach, today });

/** A row to point to: what becomes of the booking itself is not looked at here. */
async function aBooking(): Promise<{ id: string; coachId: string; clientId: string }> {
  const booking = { id: randomUUID(), coachId: coach.id, clientId: client.id };
  await app.database.query(
    `INSERT INTO bookings (id, coach_id, client_id, scheduled_at, ends_at, duration_min, status, type, pricing_type,
       currency, policy_threshold_hours, policy_mode, policy_noshow_is_due, created_at, updated_at)
     VALUES ($1, $2, $3, '2026-03-03T09:00:00Z', '2026-03-03T10:00:00Z', 60, 'cancelled_by_client', 'individual',
       'per_session', 'EUR', 24, 'auto', true, now(), now())`,
    [booking.id, coach.id, client.id],
  );
  return booking;
}

async function held(pack: WirePackage): Promise<{ id: string; coachId: string; clientId: string }> {
  const booking = await aBooking();
  await credits.hold(pack.id, booking, AT);
  return booking;
}

const sums = async (pack: WirePackage): Promise<[string, number, number, number]> => {
  const { status, sessions_remaining, sessions_bookable, sessions_used } = await packageOf(client, pack.id);
  return [status, sessions_remaining, sessions_bookable, sessions_used];
};

describe('the session of a booking', () => {
  it('is held, consumed and given back, each once', async () => {
    const pack = await sell(coach, client);
    const booking = await aBooking();
    expect(await credits.stateOf(booking.id)).toBe('none');
    await credits.hold(pack.id, booking, AT);
    expect([await credits.stateOf(booking.id), await sums(pack)]).toEqual(['held', ['active', 10, 9, 0]]);
    await credits.consume(booking.id, AT);
    expect([await credits.stateOf(booking.id), await sums(pack)]).toEqual(['consumed', ['active', 9, 9, 1]]);
    await credits.restore(booking.id, AT, back());
    expect([await credits.stateOf(booking.id), await sums(pack)]).toEqual(['restored', ['active', 10, 10, 0]]);
    for (const again of [
      () => credits.hold(pack.id, booking, AT),
      () => credits.consume(booking.id, AT),
      () => credits.release(booking.id, AT, back()),
      () => credits.restore(booking.id, AT, back()),
    ])
      await expect(again()).rejects.toThrow();
    expect(await sums(pack)).toEqual(['active', 10, 10, 0]);
  });

  it('is held and released', async () => {
    const pack = await sell(coach, client);
    const booking = await held(pack);
    await credits.release(booking.id, AT, back());
    expect([await credits.stateOf(booking.id), await sums(pack)]).toEqual(['released', ['active', 10, 10, 0]]);
    await expect(credits.consume(booking.id, AT)).rejects.toThrow();
  });

  it('is not given back before it was consumed', async () => {
    const pack = await sell(coach, client);
    const [booking] = [await held(pack), await held(pack)];
    await credits.consume((await held(pack)).id, AT);
    await expect(credits.restore(booking.id, AT, back())).rejects.toThrow();
    expect(await sums(pack)).toEqual(['active', 9, 7, 1]);
  });

  it('moves with its booking, in an expired package too', async () => {
    const pack = await sell(coach, client, { valid_until: '2026-03-03' });
    const [from, to] = [await held(pack), await aBooking()];
    await credits.release((await held(pack)).id, AT, back(false, '2026-03-04'));
    expect(await sums(pack)).toEqual(['expired', 1, 0, 0]);
    await inOneAct(() => credits.move(from.id, to, AT));
    expect([await credits.stateOf(from.id), await credits.stateOf(to.id)]).toEqual(['released', 'held']);
    expect(await sums(pack)).toEqual(['expired', 1, 0, 0]);
  });

  it('that no package pays for is left alone', async () => {
    const booking = await aBooking();
    await credits.consume(booking.id, AT);
    await credits.release(booking.id, AT, back());
    await credits.restore(booking.id, AT, back());
    await credits.move(booking.id, await aBooking(), AT);
    expect(await credits.stateOf(booking.id)).toBe('none');
  });

  it('comes back to an expired package for 30 days when the coach is why', async () => {
    const pack = await sell(coach, client, { valid_until: '2026-03-03' });
    const [mine, theirs] = [await held(pack), await held(pack)];
    await credits.release(mine.id, AT, back(false, '2026-03-04'));
    expect(await packageOf(client, pack.id)).toMatchObject({ status: 'expired', sessions_remaining: 1 });
    await credits.release(theirs.id, AT, back(true, '2026-03-04'));
    expect(await packageOf(client, pack.id)).toMatchObject({
      status: 'active',
      sessions_remaining: 1,
      sessions_bookable: 1,
      valid_until: '2026-04-03',
    });
    const kinds = (await ledgerOf(client, pack.id)).map(({ kind, sessions }) => `${kind} ${String(sessions)}`);
    expect(kinds).toEqual(['purchase 10', 'hold 1', 'hold 1', 'expire 8', 'release 1', 'expire 1', 'release 1']);
  });

  it('is held for its own two people only', async () => {
    const pack = await sell(coach, client);
    const stranger = { ...(await aBooking()), clientId: coach.id };
    await expect(credits.hold(pack.id, stranger, AT)).rejects.toThrow('package_not_found');
    await expect(credits.hold(randomUUID(), await aBooking(), AT)).rejects.toThrow('package_not_found');
  });

  it('is not held in a package that waits for its money', async () => {
    const pack = await sell(coach, client, { status: 'awaiting_payment' });
    await expect(held(pack)).rejects.toThrow('no_credits_available');
  });
});

describe('the alert', () => {
  it('is told at two sessions, and at none', async () => {
    const pack = await sell(coach, client, { sessions_total: 4 });
    for (let used = 0; used < 4; used += 1) await credits.consume((await held(pack)).id, AT);
    expect(alerts).toEqual(['low 2 5', 'exhausted 0 9']);
    expect(await packageOf(client, pack.id)).toMatchObject({ status: 'exhausted', alert_sent: true });
  });

  it('is told anew when there were more than two again', async () => {
    const pack = await sell(coach, client, { sessions_total: 3 });
    await credits.consume((await held(pack)).id, AT);
    expect(await packageOf(client, pack.id)).toMatchObject({ alert_sent: true });
    const more = { sessions: 1, reason: 'Offerte' };
    await expectStatus(coach.http.post(`/coaches/clients/${client.id}/packages/${pack.id}/adjust`).send(more), 200);
    expect(await packageOf(client, pack.id)).toMatchObject({ alert_sent: false });
    await credits.consume((await held(pack)).id, AT);
    expect(alerts).toEqual(['low 2 3', 'low 2 6']);
  });

  it('is not told when the act is undone', async () => {
    const pack = await sell(coach, client, { sessions_total: 1 });
    const booking = await held(pack);
    const undone = inOneAct(async () => {
      await credits.consume(booking.id, AT);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect([await credits.stateOf(booking.id), await sums(pack)]).toEqual(['held', ['active', 1, 0, 0]]);
  });
});

describe('the package that pays', () => {
  let buyer: TestPerson;

  beforeEach(async () => {
    await app.setClock(AT.toISOString());
    buyer = await app.register();
    await befriend(app, coach, buyer);
  });

  const choose = async (on: string, id?: string): Promise<string | null> =>
    (await credits.choose(coach.id, buyer.id, on, id))?.packageId ?? null;

  it('is the one that expires first, then the oldest, and none comes last', async () => {
    const endless = await sell(coach, buyer);
    const late = await sell(coach, buyer, { valid_until: '2026-04-30' });
    const soon = await sell(coach, buyer, { valid_until: '2026-03-10', sessions_total: 1 });
    await app.advance(1);
    await sell(coach, buyer, { valid_until: '2026-04-30' });
    expect(await choose('2026-03-10')).toBe(soon.id);
    expect(await choose('2026-03-11')).toBe(late.id);
    expect(await choose('2026-05-01')).toBe(endless.id);
    const empty = { sessions: -1, reason: 'x' };
    await expectStatus(coach.http.post(`/coaches/clients/${buyer.id}/packages/${soon.id}/adjust`).send(empty), 200);
    expect(await choose('2026-03-10')).toBe(late.id);
  });

  it('is none when nothing can be booked', async () => {
    await sell(coach, buyer, { status: 'awaiting_payment' });
    await sell(coach, buyer, { valid_until: '2026-03-10' });
    expect(await choose('2026-03-11')).toBeNull();
  });

  it('may be named, if it is the pair’s own and can pay', async () => {
    const pack = await sell(coach, buyer, { valid_until: '2026-03-10', currency: 'CHF' });
    expect(await credits.choose(coach.id, buyer.id, '2026-03-10', pack.id)).toEqual({
      packageId: pack.id,
      currency: 'CHF',
      validUntil: '2026-03-10',
    });
    await expect(choose('2026-03-11', pack.id)).rejects.toThrow('package_expired');
    await expect(credits.assertValidOn(pack.id, '2026-03-11')).rejects.toThrow('package_expired');
    await credits.assertValidOn(pack.id, '2026-03-10');
    await expect(choose('2026-03-10', randomUUID())).rejects.toThrow('package_not_found');
    await expect(choose('2026-03-10', (await sell(coach, client)).id)).rejects.toThrow('package_not_found');
    const unpaid = await sell(coach, buyer, { status: 'awaiting_payment' });
    await expect(choose('2026-03-10', unpaid.id)).rejects.toThrow('no_credits_available');
    const all = { sessions: -10, reason: 'x' };
    await expectStatus(coach.http.post(`/coaches/clients/${buyer.id}/packages/${pack.id}/adjust`).send(all), 200);
    await expect(choose('2026-03-10', pack.id)).rejects.toThrow('no_credits_available');
  });

  it('is added up with the others that are active', async () => {
    const second = await aCoach(app, { days: [], priceCents: null });
    await befriend(app, second, buyer);
    await sell(coach, buyer, { sessions_total: 3 });
    await sell(coach, buyer, { sessions_total: 4 });
    await sell(coach, buyer, { status: 'awaiting_payment' });
    await sell(second, buyer, { sessions_total: 2 });
    const before = app.queryCount();
    expect(await credits.sumsOf(coach.id, [buyer.id, second.id])).toEqual(
      new Map([[buyer.id, { remaining: 7, bookable: 7 }]]),
    );
    expect(await credits.sumsOfCoaches(buyer.id, [coach.id, second.id])).toEqual(
      new Map([
        [coach.id, { remaining: 7, bookable: 7 }],
        [second.id, { remaining: 2, bookable: 2 }],
      ]),
    );
    expect(app.queryCount() - before).toBe(2);
    expect(await credits.lowOf(second.id, 10)).toEqual([{ clientId: buyer.id, remaining: 2 }]);
  });
});

describe('trust 46: fifty bookings at once', () => {
  it('take the ten sessions of a package, and no more', async () => {
    const pack = await sell(coach, client);
    const bookings = await Promise.all(Array.from({ length: 50 }, aBooking));
    const answers = await Promise.allSettled(
      bookings.map((booking) =>
        inOneAct(async () => {
          if (!(await credits.choose(coach.id, client.id, TODAY, pack.id))) throw new Error('none');
          await credits.hold(pack.id, booking, AT);
        }),
      ),
    );
    const reasons = answers.flatMap((each) => (each.status === 'rejected' ? [String(each.reason)] : []));
    expect(reasons).toHaveLength(40);
    expect(new Set(reasons)).toEqual(new Set(['Error: no_credits_available']));
    expect(await sums(pack)).toEqual(['active', 10, 0, 0]);
    expect(await ledgerOf(client, pack.id)).toHaveLength(11);
  });

  it('end once, whoever ends them', async () => {
    const pack = await sell(coach, client);
    const booking = await held(pack);
    const ends = Array.from({ length: 20 }, (_, at) =>
      at % 2 === 0 ? credits.consume(booking.id, AT) : credits.release(booking.id, AT, back()),
    );
    const answers = await Promise.allSettled(ends);
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await ledgerOf(client, pack.id)).toHaveLength(3);
  });
});

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

describe('any life of a package', () => {
  it('leaves sums, counters and statuses that agree', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.array(act, { minLength: 5, maxLength: 20 }),
        async (size, acts) => {
          const pack = await sell(coach, client, { sessions_total: size });
          const counted = await live(pack, size, acts);
          expect(await sums(pack)).toEqual(counted);
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
        const booking = await aBooking();
        const done = await credits.hold(pack.id, booking, AT).then(
          () => true,
          (error: unknown) => (String(error).includes('no_credits_available') ? false : Promise.reject(error as Error)),
        );
        expect(done).toBe(free > 0);
        if (done) open.push(booking.id);
        if (done) free -= 1;
      } else if (what === 'adjust') {
        const sessions = (pick % 5) - 2 || 1;
        const path = `/coaches/clients/${client.id}/packages/${pack.id}/adjust`;
        const { status } = await coach.http.post(path).send({ sessions, reason: 'x' });
        expect(status).toBe(free + sessions >= 0 ? 200 : 422);
        if (status === 200) free += sessions;
      } else if (what === 'consume') {
        await credits.consume(id, AT);
        used.push(id);
      } else if (what === 'move') {
        const to = await aBooking();
        await inOneAct(() => credits.move(id, to, AT));
        open.push(to.id);
      } else {
        await (what === 'release' ? credits.release(id, AT, back(byCoach)) : credits.restore(id, AT, back(byCoach)));
        free += 1;
      }
    }
    const remaining = free + open.length;
    return [remaining === 0 ? 'exhausted' : 'active', remaining, free, used.length];
  }

  /** What the ledger says by itself, added up anew. */
  async function breaches(pack: WirePackage): Promise<unknown[]> {
    const { rows } = await app.database.query(
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
