import fc from 'fast-check';
import { BOOKING_STATUSES, type BookingAct, nextStatus } from './booking.state';
import {
  chargeOf,
  isCausedByCoach,
  isForgotten,
  mayApply,
  mayCorrect,
  penaltyOf,
  penaltyWord,
  settlementOf,
  waiveRefusal,
} from './penalty.rules';

const at = (text: string): Date => new Date(text);
const PACKAGE = { packageId: 'p1', priceCents: null };
const UNIT = { packageId: null, priceCents: 5_000 };
const FREE = { packageId: null, priceCents: 0 };
const OPEN = { packageId: null, priceCents: null };
const policy = (policyMode: 'auto' | 'manual', policyNoshowIsDue = true) => ({ policyMode, policyNoshowIsDue });

describe('what a session costs', () => {
  it('is one of the package, its price, or nothing', () => {
    expect([PACKAGE, UNIT, FREE, OPEN].map(chargeOf)).toEqual(['session', 'payment', 'none', 'none']);
  });
});

describe('a penalty', () => {
  it('takes at once in auto mode and waits in manual mode, unless there is nothing to take', () => {
    const of = (mode: 'auto' | 'manual') =>
      [PACKAGE, UNIT, FREE, OPEN].map((paid) => penaltyOf({ ...paid, policyMode: mode }));
    expect(of('auto')).toEqual(['session', 'payment', 'none', 'none']);
    expect(of('manual')).toEqual(['to_decide', 'to_decide', 'none', 'none']);
  });

  it('arises from a late cancellation by the client and from a no-show that is due, and from nothing else', () => {
    const arising = (['auto', 'manual'] as const).flatMap((mode) =>
      (
        ['confirm', 'reject', 'expire', 'cancel_in_time', 'cancel_late', 'complete', 'miss', 'correct'] as const
      ).flatMap((act) =>
        (['client', 'coach', 'system'] as const)
          .filter((by) => settlementOf(act, by, { ...PACKAGE, ...policy(mode) }).penalty !== null)
          .filter((by) => BOOKING_STATUSES.some((status) => nextStatus(status, act, by) !== null))
          .map((by) => `${mode} ${act} ${by}`),
      ),
    );
    expect(arising).toEqual([
      'auto cancel_late client',
      'auto miss coach',
      'auto correct coach',
      'manual cancel_late client',
      'manual miss coach',
      'manual correct coach',
    ]);
  });

  it('does not arise from a no-show that the policy forgives: the session comes back', () => {
    for (const act of ['miss', 'correct'] as const)
      for (const mode of ['auto', 'manual'] as const)
        expect(settlementOf(act, 'coach', { ...UNIT, ...policy(mode, false) })).toEqual({
          money: 'give_back',
          penalty: null,
        });
  });

  it('is in force at once for a corrected session, in either mode, and takes nothing twice', () => {
    for (const mode of ['auto', 'manual'] as const)
      expect(settlementOf('correct', 'coach', { ...UNIT, ...policy(mode) })).toEqual({
        money: 'keep',
        penalty: 'in_force',
      });
  });

  const judged = { penaltyArisenAt: at('2026-03-01T00:00:00Z'), penaltyAppliedAt: null, lateCancelWaived: false };

  it('is applied where it waits and costs something', () => {
    expect(mayApply({ ...PACKAGE, ...judged })).toBe(true);
    expect(mayApply({ ...UNIT, ...judged })).toBe(true);
    expect(mayApply({ ...FREE, ...judged })).toBe(false);
    expect(mayApply({ ...OPEN, ...judged })).toBe(false);
    expect(mayApply({ ...UNIT, ...judged, penaltyArisenAt: null })).toBe(false);
    expect(mayApply({ ...UNIT, ...judged, penaltyAppliedAt: judged.penaltyArisenAt })).toBe(false);
    expect(mayApply({ ...UNIT, ...judged, lateCancelWaived: true })).toBe(false);
  });

  it('is waived once, where one arose', () => {
    expect(waiveRefusal({ ...FREE, ...judged })).toBeNull();
    expect(waiveRefusal({ ...FREE, ...judged, penaltyArisenAt: null })).toBe('no_penalty_to_waive');
    expect(waiveRefusal({ ...FREE, ...judged, lateCancelWaived: true })).toBe('already_waived');
  });

  it('is the coach’s to decide for 30 days', () => {
    const undecided = { ...UNIT, ...judged, penaltyDue: true };
    const end = at('2026-03-31T00:00:00.000Z');
    expect(isForgotten(undecided, at('2026-03-30T23:59:59.999Z'))).toBe(false);
    expect(isForgotten(undecided, end)).toBe(true);
    expect(isForgotten({ ...undecided, penaltyAppliedAt: judged.penaltyArisenAt }, end)).toBe(false);
    expect(isForgotten({ ...undecided, penaltyDue: false }, end)).toBe(false);
  });
});

describe('the money of a booking', () => {
  const acts: BookingAct[] = ['reject', 'expire', 'cancel_in_time', 'cancel_late', 'complete', 'miss'];
  const booking = fc.record({
    packageId: fc.constantFrom(null, 'p1'),
    priceCents: fc.constantFrom(null, 0, 5_000),
    policyMode: fc.constantFrom('auto' as const, 'manual' as const),
    policyNoshowIsDue: fc.boolean(),
  });

  it('is never left hanging: every end takes it, gives it back, or leaves it to a decision', () => {
    fc.assert(
      fc.property(booking, fc.constantFrom(...acts), fc.constantFrom('client', 'coach', 'system'), (paid, act, by) => {
        const { money, penalty } = settlementOf(act, by, paid);
        expect(money === 'keep').toBe(penalty === 'undecided');
      }),
    );
  });

  it('is never taken by an act of the coach against the client, but for a no-show that is due (iron rule 6)', () => {
    fc.assert(
      fc.property(booking, (paid) => {
        for (const act of ['reject', 'cancel_in_time', 'cancel_late'] as const)
          expect(settlementOf(act, 'coach', paid).money).toBe('give_back');
        expect(settlementOf('expire', 'system', paid).money).toBe('give_back');
      }),
    );
  });

  it('comes back to an expired package only when the coach cancelled, rejected or did not answer', () => {
    expect(isCausedByCoach('reject', 'coach')).toBe(true);
    expect(isCausedByCoach('expire', 'system')).toBe(true);
    expect(isCausedByCoach('cancel_in_time', 'coach')).toBe(true);
    expect(isCausedByCoach('cancel_late', 'coach')).toBe(true);
    expect(isCausedByCoach('cancel_in_time', 'client')).toBe(false);
    expect(isCausedByCoach('miss', 'coach')).toBe(false);
    expect(isCausedByCoach('correct', 'coach')).toBe(false);
  });
});

describe('the word of a step in the history', () => {
  const word = (
    act: BookingAct,
    paid: typeof PACKAGE | typeof UNIT | typeof FREE,
    mode: 'auto' | 'manual',
    due = true,
  ) =>
    penaltyWord(act, settlementOf(act, act === 'cancel_late' ? 'client' : 'coach', { ...paid, ...policy(mode, due) }), {
      ...paid,
      ...policy(mode, due),
    });

  it('says what was taken, or that it is to be decided', () => {
    expect(word('complete', PACKAGE, 'auto')).toBe('session');
    expect(word('complete', UNIT, 'manual')).toBe('payment');
    expect(word('cancel_late', UNIT, 'auto')).toBe('payment');
    expect(word('cancel_late', PACKAGE, 'manual')).toBe('to_decide');
    expect(word('miss', PACKAGE, 'auto')).toBe('session');
    expect(word('correct', UNIT, 'manual')).toBe('payment');
  });

  it('says none when what had been taken came back, and nothing where no money moved', () => {
    expect(word('correct', UNIT, 'auto', false)).toBe('none');
    expect(word('complete', FREE, 'auto')).toBeNull();
    expect(word('cancel_in_time', PACKAGE, 'auto')).toBeNull();
    expect(word('confirm', PACKAGE, 'auto')).toBeNull();
  });
});

describe('a session that the job counted as done', () => {
  const doneAt = at('2026-03-05T04:00:00.000Z');

  it('can be corrected for 7 days, that instant included', () => {
    expect(mayCorrect({ doneAt, doneBy: 'system' }, at('2026-03-12T04:00:00.000Z'))).toBe(true);
    expect(mayCorrect({ doneAt, doneBy: 'system' }, at('2026-03-12T04:00:00.001Z'))).toBe(false);
  });

  it('is the only one that can', () => {
    for (const doneBy of ['coach', 'admin', null]) expect(mayCorrect({ doneAt, doneBy }, doneAt)).toBe(false);
    expect(mayCorrect({ doneAt: null, doneBy: 'system' }, doneAt)).toBe(false);
  });
});
