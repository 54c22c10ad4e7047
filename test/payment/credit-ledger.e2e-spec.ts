import { randomUUID } from 'node:crypto';
import { EventBus } from 'src/common/events/event-bus';
import { PackageExhausted, PackageLow } from 'src/modules/payment/payment.events';
import { aCoach, expectStatus } from 'test/support/coaching';
import { befriend, ledgerOf, packageOf, sell } from 'test/support/packages';
import type { TestPerson } from 'test/support/test-app';
import { AT, back, CreditStage, TODAY } from './credit-stage';

let stage: CreditStage;
const alerts: string[] = [];

beforeAll(async () => {
  stage = await CreditStage.start();
  const keep = (name: string) => (event: PackageLow | PackageExhausted) =>
    Promise.resolve(void alerts.push(`${name} ${String(event.remaining)} ${String(event.seq)}`));
  stage.app.nest.get(EventBus).subscribe(PackageLow, 'test', keep('low'));
  stage.app.nest.get(EventBus).subscribe(PackageExhausted, 'test', keep('exhausted'));
});
afterAll(() => stage.app.close());
beforeEach(() => {
  alerts.length = 0;
});

/** What happened last to the credit of a booking, by the ledger. */
async function lastMovement(bookingId: string): Promise<string> {
  const statement = 'SELECT kind FROM package_movements WHERE booking_id = $1 ORDER BY seq DESC LIMIT 1';
  const { rows } = await stage.app.database.query<{ kind: string }>(statement, [bookingId]);
  return rows[0]?.kind ?? 'none';
}

describe('the session of a booking', () => {
  it('is held, consumed and given back, each once', async () => {
    const pack = await sell(stage.coach, stage.client);
    const booking = await stage.aBooking();
    expect(await lastMovement(booking.id)).toBe('none');
    await stage.credits.hold(pack.id, booking, AT);
    expect([await lastMovement(booking.id), await stage.sums(pack)]).toEqual(['hold', ['active', 10, 9, 0]]);
    await stage.credits.consume(booking.id, AT);
    expect([await lastMovement(booking.id), await stage.sums(pack)]).toEqual(['consume', ['active', 9, 9, 1]]);
    await stage.credits.restore(booking.id, AT, back());
    expect([await lastMovement(booking.id), await stage.sums(pack)]).toEqual(['restore', ['active', 10, 10, 0]]);
    for (const again of [
      () => stage.credits.hold(pack.id, booking, AT),
      () => stage.credits.consume(booking.id, AT),
      () => stage.credits.release(booking.id, AT, back()),
      () => stage.credits.restore(booking.id, AT, back()),
    ])
      await expect(again()).rejects.toThrow();
    expect(await stage.sums(pack)).toEqual(['active', 10, 10, 0]);
  });

  it('is held and released', async () => {
    const pack = await sell(stage.coach, stage.client);
    const booking = await stage.held(pack);
    await stage.credits.release(booking.id, AT, back());
    expect([await lastMovement(booking.id), await stage.sums(pack)]).toEqual(['release', ['active', 10, 10, 0]]);
    await expect(stage.credits.consume(booking.id, AT)).rejects.toThrow();
  });

  it('is not given back before it was consumed', async () => {
    const pack = await sell(stage.coach, stage.client);
    const [booking] = [await stage.held(pack), await stage.held(pack)];
    await stage.credits.consume((await stage.held(pack)).id, AT);
    await expect(stage.credits.restore(booking.id, AT, back())).rejects.toThrow();
    expect(await stage.sums(pack)).toEqual(['active', 9, 7, 1]);
  });

  it('moves with its booking, in an expired package too', async () => {
    const pack = await sell(stage.coach, stage.client, { valid_until: '2026-03-03' });
    const [from, to] = [await stage.held(pack), await stage.aBooking()];
    await stage.credits.release((await stage.held(pack)).id, AT, back(false, '2026-03-04'));
    expect(await stage.sums(pack)).toEqual(['expired', 1, 0, 0]);
    await stage.inOneAct(() => stage.credits.move(from.id, to, AT));
    expect([await lastMovement(from.id), await lastMovement(to.id)]).toEqual(['release', 'hold']);
    expect(await stage.sums(pack)).toEqual(['expired', 1, 0, 0]);
  });

  it('that no package pays for is left alone', async () => {
    const booking = await stage.aBooking();
    await stage.credits.consume(booking.id, AT);
    await stage.credits.release(booking.id, AT, back());
    await stage.credits.restore(booking.id, AT, back());
    await stage.credits.move(booking.id, await stage.aBooking(), AT);
    expect(await lastMovement(booking.id)).toBe('none');
  });

  it('comes back to an expired package for 30 days when the coach is why', async () => {
    const pack = await sell(stage.coach, stage.client, { valid_until: '2026-03-03' });
    const [mine, theirs] = [await stage.held(pack), await stage.held(pack)];
    await stage.credits.release(mine.id, AT, back(false, '2026-03-04'));
    expect(await packageOf(stage.client, pack.id)).toMatchObject({ status: 'expired', sessions_remaining: 1 });
    await stage.credits.release(theirs.id, AT, back(true, '2026-03-04'));
    expect(await packageOf(stage.client, pack.id)).toMatchObject({
      status: 'active',
      sessions_remaining: 1,
      sessions_bookable: 1,
      valid_until: '2026-04-03',
    });
    const kinds = (await ledgerOf(stage.client, pack.id)).map(({ kind, sessions }) => `${kind} ${String(sessions)}`);
    expect(kinds).toEqual(['purchase 10', 'hold 1', 'hold 1', 'expire 8', 'release 1', 'expire 1', 'release 1']);
  });

  it('is held for its own two people only', async () => {
    const pack = await sell(stage.coach, stage.client);
    const stranger = { ...(await stage.aBooking()), clientId: stage.coach.id };
    await expect(stage.credits.hold(pack.id, stranger, AT)).rejects.toThrow('package_not_found');
    await expect(stage.credits.hold(randomUUID(), await stage.aBooking(), AT)).rejects.toThrow('package_not_found');
  });

  it('is not held in a package that waits for its money', async () => {
    const pack = await sell(stage.coach, stage.client, { status: 'awaiting_payment' });
    await expect(stage.held(pack)).rejects.toThrow('no_credits_available');
  });
});

describe('the alert', () => {
  it('is told at two sessions, and at none', async () => {
    const pack = await sell(stage.coach, stage.client, { sessions_total: 4 });
    for (let used = 0; used < 4; used += 1) await stage.credits.consume((await stage.held(pack)).id, AT);
    expect(alerts).toEqual(['low 2 5', 'exhausted 0 9']);
    expect(await packageOf(stage.client, pack.id)).toMatchObject({ status: 'exhausted', alert_sent: true });
  });

  it('is told anew when there were more than two again', async () => {
    const pack = await sell(stage.coach, stage.client, { sessions_total: 3 });
    await stage.credits.consume((await stage.held(pack)).id, AT);
    expect(await packageOf(stage.client, pack.id)).toMatchObject({ alert_sent: true });
    const more = { sessions: 1, reason: 'Offerte' };
    await expectStatus(
      stage.coach.http.post(`/coaches/clients/${stage.client.id}/packages/${pack.id}/adjust`).send(more),
      200,
    );
    expect(await packageOf(stage.client, pack.id)).toMatchObject({ alert_sent: false });
    await stage.credits.consume((await stage.held(pack)).id, AT);
    expect(alerts).toEqual(['low 2 3', 'low 2 6']);
  });

  it('is not told when the act is undone', async () => {
    const pack = await sell(stage.coach, stage.client, { sessions_total: 1 });
    const booking = await stage.held(pack);
    const undone = stage.inOneAct(async () => {
      await stage.credits.consume(booking.id, AT);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect([await lastMovement(booking.id), await stage.sums(pack)]).toEqual(['hold', ['active', 1, 0, 0]]);
  });
});

describe('the package that pays', () => {
  let buyer: TestPerson;

  beforeEach(async () => {
    await stage.app.setClock(AT.toISOString());
    buyer = await stage.app.register();
    await befriend(stage.app, stage.coach, buyer);
  });

  const choose = async (on: string, id?: string): Promise<string | null> =>
    (await stage.credits.choose(stage.coach.id, buyer.id, on, id))?.packageId ?? null;

  it('is the one that expires first, then the oldest, and none comes last', async () => {
    const endless = await sell(stage.coach, buyer);
    const late = await sell(stage.coach, buyer, { valid_until: '2026-04-30' });
    const soon = await sell(stage.coach, buyer, { valid_until: '2026-03-10', sessions_total: 1 });
    await stage.app.advance(1);
    await sell(stage.coach, buyer, { valid_until: '2026-04-30' });
    expect(await choose('2026-03-10')).toBe(soon.id);
    expect(await choose('2026-03-11')).toBe(late.id);
    expect(await choose('2026-05-01')).toBe(endless.id);
    const empty = { sessions: -1, reason: 'x' };
    await expectStatus(
      stage.coach.http.post(`/coaches/clients/${buyer.id}/packages/${soon.id}/adjust`).send(empty),
      200,
    );
    expect(await choose('2026-03-10')).toBe(late.id);
  });

  it('is none when nothing can be booked', async () => {
    await sell(stage.coach, buyer, { status: 'awaiting_payment' });
    await sell(stage.coach, buyer, { valid_until: '2026-03-10' });
    expect(await choose('2026-03-11')).toBeNull();
  });

  it('may be named, if it is the pair’s own and can pay', async () => {
    const pack = await sell(stage.coach, buyer, { valid_until: '2026-03-10', currency: 'CHF' });
    expect(await stage.credits.choose(stage.coach.id, buyer.id, '2026-03-10', pack.id)).toEqual({
      packageId: pack.id,
      currency: 'CHF',
      validUntil: '2026-03-10',
    });
    await expect(choose('2026-03-11', pack.id)).rejects.toThrow('package_expired');
    await expect(stage.credits.assertValidOn(pack.id, '2026-03-11')).rejects.toThrow('package_expired');
    await stage.credits.assertValidOn(pack.id, '2026-03-10');
    await expect(choose('2026-03-10', randomUUID())).rejects.toThrow('package_not_found');
    await expect(choose('2026-03-10', (await sell(stage.coach, stage.client)).id)).rejects.toThrow('package_not_found');
    const unpaid = await sell(stage.coach, buyer, { status: 'awaiting_payment' });
    await expect(choose('2026-03-10', unpaid.id)).rejects.toThrow('no_credits_available');
    const all = { sessions: -10, reason: 'x' };
    await expectStatus(stage.coach.http.post(`/coaches/clients/${buyer.id}/packages/${pack.id}/adjust`).send(all), 200);
    await expect(choose('2026-03-10', pack.id)).rejects.toThrow('no_credits_available');
  });

  it('is added up with the others that are active', async () => {
    const second = await aCoach(stage.app, { days: [], priceCents: null });
    await befriend(stage.app, second, buyer);
    await sell(stage.coach, buyer, { sessions_total: 3 });
    await sell(stage.coach, buyer, { sessions_total: 4 });
    await sell(stage.coach, buyer, { status: 'awaiting_payment' });
    await sell(second, buyer, { sessions_total: 2 });
    const before = stage.app.queryCount();
    expect(await stage.credits.sumsOf(stage.coach.id, [buyer.id, second.id])).toEqual(
      new Map([[buyer.id, { remaining: 7, bookable: 7 }]]),
    );
    expect(await stage.credits.sumsOfCoaches(buyer.id, [stage.coach.id, second.id])).toEqual(
      new Map([
        [stage.coach.id, { remaining: 7, bookable: 7 }],
        [second.id, { remaining: 2, bookable: 2 }],
      ]),
    );
    expect(stage.app.queryCount() - before).toBe(2);
    expect(await stage.credits.lowOf(second.id, 10)).toEqual([{ clientId: buyer.id, remaining: 2 }]);
  });
});

describe('trust 46: fifty bookings at once', () => {
  it('take the ten sessions of a package, and no more', async () => {
    const pack = await sell(stage.coach, stage.client);
    const bookings = await Promise.all(Array.from({ length: 50 }, () => stage.aBooking()));
    const answers = await Promise.allSettled(
      bookings.map((booking) =>
        stage.inOneAct(async () => {
          if (!(await stage.credits.choose(stage.coach.id, stage.client.id, TODAY, pack.id))) throw new Error('none');
          await stage.credits.hold(pack.id, booking, AT);
        }),
      ),
    );
    const reasons = answers.flatMap((each) => (each.status === 'rejected' ? [String(each.reason)] : []));
    expect(reasons).toHaveLength(40);
    expect(new Set(reasons)).toEqual(new Set(['Error: no_credits_available']));
    expect(await stage.sums(pack)).toEqual(['active', 10, 0, 0]);
    expect(await ledgerOf(stage.client, pack.id)).toHaveLength(11);
  });

  it('end once, whoever ends them', async () => {
    const pack = await sell(stage.coach, stage.client);
    const booking = await stage.held(pack);
    const ends = Array.from({ length: 20 }, (_, at) =>
      at % 2 === 0 ? stage.credits.consume(booking.id, AT) : stage.credits.release(booking.id, AT, back()),
    );
    const answers = await Promise.allSettled(ends);
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await ledgerOf(stage.client, pack.id)).toHaveLength(3);
  });
});
