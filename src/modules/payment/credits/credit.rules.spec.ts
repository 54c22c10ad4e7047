import {
  activated,
  addMonths,
  alertAfterConsume,
  emptyPackage,
  giveBack,
  isPast,
  isUsable,
  lapse,
  type PackageState,
  startOf,
  step,
} from './credit.rules';
import { MOVEMENT_KINDS, type MovementKind } from './credit.types';

const TODAY = '2026-03-02';
const state = (values: Partial<PackageState> = {}): PackageState => ({
  status: 'active',
  balance: 5,
  remaining: 7,
  used: 3,
  validUntil: null,
  alertSent: false,
  ...values,
});

describe('a movement', () => {
  it.each<[MovementKind, number, number, number]>([
    ['purchase', 1, 1, 0],
    ['hold', -1, 0, 0],
    ['release', 1, 0, 0],
    ['consume', 0, -1, 1],
    ['restore', 1, 1, -1],
    ['expire', -1, -1, 0],
    ['adjust', 1, 1, 0],
  ])('%s moves bookable %d, remaining %d, used %d', (kind, balance, remaining, used) => {
    const moved = step(state(), kind);
    expect(moved).toMatchObject({ kind, delta: balance, remainingDelta: remaining });
    expect(moved?.after).toMatchObject({ balance: 5 + balance, remaining: 7 + remaining, used: 3 + used });
  });

  it('of several sessions moves them all', () => {
    expect(step(emptyPackage('active', null), 'purchase', 10)?.after).toMatchObject({ balance: 10, remaining: 10 });
    expect(step(state(), 'adjust', -5)?.after).toMatchObject({ balance: 0, remaining: 2 });
  });

  it('never takes what is not there', () => {
    expect(step(state({ balance: 0 }), 'hold')).toBeNull();
    expect(step(state(), 'adjust', -6)).toBeNull();
    expect(step(state({ balance: 7 }), 'consume')).toBeNull();
    expect(step(state({ used: 0 }), 'restore')).toBeNull();
    expect(step(state({ remaining: 5 }), 'release')).toBeNull();
  });

  it('uses a package up, and wakes it again', () => {
    const used = step(state({ balance: 0, remaining: 1 }), 'consume');
    expect(used?.after.status).toBe('exhausted');
    expect(used && step(used.after, 'restore')?.after.status).toBe('active');
  });

  it('changes no other status', () => {
    for (const status of ['awaiting_payment', 'expired', 'cancelled'] as const)
      for (const kind of MOVEMENT_KINDS) expect(step(state({ status }), kind)?.after.status).toBe(status);
  });
});

describe('the alert', () => {
  it('comes at two sessions, once', () => {
    expect(alertAfterConsume(state({ remaining: 3 })).alert).toBeNull();
    const low = alertAfterConsume(state({ balance: 0, remaining: 2 }));
    expect(low).toEqual({ alert: 'low', state: state({ balance: 0, remaining: 2, alertSent: true }) });
    expect(alertAfterConsume(state({ remaining: 1, alertSent: true })).alert).toBeNull();
  });

  it('comes at none, whatever was said before', () => {
    expect(alertAfterConsume(state({ remaining: 0, alertSent: true })).alert).toBe('exhausted');
  });

  it('may come anew above two', () => {
    expect(step(state({ balance: 1, remaining: 1, alertSent: true }), 'adjust', 1)?.after.alertSent).toBe(true);
    expect(step(state({ balance: 1, remaining: 1, alertSent: true }), 'adjust', 2)?.after.alertSent).toBe(false);
  });
});

describe('the last day', () => {
  it('is included', () => {
    expect(isPast({ validUntil: TODAY }, TODAY)).toBe(false);
    expect(isPast({ validUntil: '2026-03-01' }, TODAY)).toBe(true);
    expect(isPast({ validUntil: null }, '9999-12-31')).toBe(false);
  });

  it('decides with status and balance whether a package pays', () => {
    expect(isUsable(state({ validUntil: TODAY }), TODAY)).toBe(true);
    expect(isUsable(state({ validUntil: '2026-03-01' }), TODAY)).toBe(false);
    expect(isUsable(state({ balance: 0 }), TODAY)).toBe(false);
    expect(isUsable(state({ status: 'awaiting_payment' }), TODAY)).toBe(false);
  });

  it('takes what can be booked and leaves what is held', () => {
    const { steps, state: after } = lapse(state());
    expect(steps.map(({ kind, delta }) => [kind, delta])).toEqual([['expire', -5]]);
    expect(after).toMatchObject({ status: 'expired', balance: 0, remaining: 2 });
  });

  it('takes nothing where nothing can be booked', () => {
    expect(lapse(state({ balance: 0 }))).toEqual({ steps: [], state: state({ balance: 0, status: 'expired' }) });
  });
});

describe('a credit that comes back', () => {
  const expired = state({ status: 'expired', balance: 0, remaining: 1, validUntil: '2026-03-01' });
  const kinds = (steps: readonly { kind: MovementKind }[]): MovementKind[] => steps.map(({ kind }) => kind);

  it('can be booked again', () => {
    const { steps, state: after } = giveBack(state(), 'release', { today: TODAY, causedByCoach: false });
    expect(kinds(steps)).toEqual(['release']);
    expect(after).toMatchObject({ status: 'active', balance: 6, remaining: 7 });
  });

  it('expires at once in an expired package', () => {
    for (const kind of ['release', 'restore'] as const) {
      const { steps, state: after } = giveBack(expired, kind, { today: TODAY, causedByCoach: false });
      expect(kinds(steps)).toEqual([kind, 'expire']);
      expect(after).toMatchObject({ status: 'expired', balance: 0, validUntil: '2026-03-01' });
    }
  });

  it('lives on for 30 days when the coach is why', () => {
    const { steps, state: after } = giveBack(expired, 'release', { today: TODAY, causedByCoach: true });
    expect(kinds(steps)).toEqual(['release']);
    expect(after).toMatchObject({ status: 'active', balance: 1, remaining: 1, validUntil: '2026-04-01' });
  });

  it('takes nothing along of what the daily job has not expired yet', () => {
    const late = state({ validUntil: '2026-03-01' });
    const byCoach = giveBack(late, 'release', { today: TODAY, causedByCoach: true });
    expect(byCoach.steps.map(({ kind, delta }) => [kind, delta])).toEqual([
      ['expire', -5],
      ['release', 1],
    ]);
    expect(byCoach.state).toMatchObject({ status: 'active', balance: 1, remaining: 2 });
    const byClient = giveBack(late, 'release', { today: TODAY, causedByCoach: false });
    expect(byClient.state).toMatchObject({ status: 'expired', balance: 0, remaining: 1 });
  });

  it('finds a package that was used up before its last day past it', () => {
    const used = state({ status: 'exhausted', balance: 0, remaining: 0, validUntil: '2026-03-01' });
    const { steps, state: after } = giveBack(used, 'restore', { today: TODAY, causedByCoach: false });
    expect(kinds(steps)).toEqual(['restore', 'expire']);
    expect(after).toMatchObject({ status: 'expired', remaining: 0 });
  });

  it('never wakes a cancelled package', () => {
    const cancelled = { ...expired, status: 'cancelled' as const };
    const { steps, state: after } = giveBack(cancelled, 'release', { today: TODAY, causedByCoach: true });
    expect(kinds(steps)).toEqual(['release', 'expire']);
    expect(after).toMatchObject({ status: 'cancelled', balance: 0 });
  });
});

describe('a package whose money is there', () => {
  it('is active, or used up if it was corrected to nothing', () => {
    expect(activated(state({ status: 'awaiting_payment' })).status).toBe('active');
    expect(activated(state({ status: 'awaiting_payment', balance: 0, remaining: 0 })).status).toBe('exhausted');
  });
});

describe('local dates', () => {
  it('of months later end with a shorter month', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(addMonths('2027-12-31', 2)).toBe('2028-02-29');
    expect(addMonths('2026-03-15', 6)).toBe('2026-09-15');
  });

  it('begin at the first moment that the zone has', () => {
    expect(startOf('2026-03-02', 'Europe/Paris')).toEqual(new Date('2026-03-01T23:00:00Z'));
    // Clocks go from 24:00 to 01:00 there.
    expect(startOf('2026-09-06', 'America/Santiago')).toEqual(new Date('2026-09-06T04:00:00Z'));
  });
});
