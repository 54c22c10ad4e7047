import { DAY_MS } from 'src/common/clock/durations';
import type { PolicyMode } from 'src/modules/coach/coach.types';
import type { BookingAct, Part } from './booking.state';

/** How long a coach may leave a penalty undecided; then it is waived (rules §3.3). */
export const UNDECIDED_DAYS = 30;

/** How long a coach may correct what the job counted as done (T14). */
const CORRECTION_DAYS = 7;

/** What a penalty takes, in the words of the preview of a cancellation. */
export const PENALTIES = ['none', 'session', 'payment', 'to_decide'] as const;
export type Penalty = (typeof PENALTIES)[number];

/** What of a booking decides about money. */
export interface Paid {
  packageId: string | null;
  priceCents: number | null;
}

interface Policed extends Paid {
  policyMode: PolicyMode;
  policyNoshowIsDue: boolean;
}

/** What there is to take for a session that counts: one of the package, its price, or nothing. */
export function chargeOf({ packageId, priceCents }: Paid): Extract<Penalty, 'none' | 'session' | 'payment'> {
  if (packageId !== null) return 'session';
  return priceCents !== null && priceCents > 0 ? 'payment' : 'none';
}

/** What a penalty that arises now takes at once: in manual mode the coach decides about it later. */
export function penaltyOf(booking: Pick<Policed, 'packageId' | 'priceCents' | 'policyMode'>): Penalty {
  const charge = chargeOf(booking);
  return charge !== 'none' && booking.policyMode === 'manual' ? 'to_decide' : charge;
}

/** What an act does with the money of a booking. */
export interface Settlement {
  /** `take`: the session counts. `give_back`: nothing of it is due. `keep`: as it is. */
  money: 'take' | 'give_back' | 'keep';
  /** A penalty arises: in force at once, or for the coach to decide. */
  penalty: 'in_force' | 'undecided' | null;
}

/** Rules §1.1 and §3.2 as one table: every end of a booking takes its money or gives it back. */
export function settlementOf(act: BookingAct, by: Part | 'system', booking: Policed): Settlement {
  switch (act) {
    case 'confirm':
      return { money: 'keep', penalty: null };
    case 'complete':
      return { money: 'take', penalty: null };
    case 'reject':
    case 'expire':
    case 'cancel_in_time':
      return { money: 'give_back', penalty: null };
    case 'cancel_late':
      return by === 'client' ? penaltyNow(booking) : { money: 'give_back', penalty: null };
    case 'miss':
      return booking.policyNoshowIsDue ? penaltyNow(booking) : { money: 'give_back', penalty: null };
    case 'correct':
      // It was taken when the job counted the session as done.
      return booking.policyNoshowIsDue ? { money: 'keep', penalty: 'in_force' } : { money: 'give_back', penalty: null };
  }
}

/** Who takes part in causing that a credit comes back (rules §5.3): cancelling, rejecting and not answering. */
export function isCausedByCoach(act: BookingAct, by: Part | 'system'): boolean {
  return act === 'reject' || act === 'expire' || (act.startsWith('cancel_') && by === 'coach');
}

/**
 * What the history says of an act that took or gave back something where nobody gave a reason, in the words of the
 * preview: `session`, `payment`, `to_decide`; `none` when what had been taken came back. Null where no money moved.
 */
export function penaltyWord(act: BookingAct, { money, penalty }: Settlement, booking: Policed): Penalty | null {
  const charge = chargeOf(booking);
  if (charge === 'none') return null;
  if (penalty === 'undecided') return 'to_decide';
  if (money === 'take' || penalty === 'in_force') return charge;
  return act === 'correct' ? 'none' : null;
}

function penaltyNow({ policyMode }: Policed): Settlement {
  return policyMode === 'auto' ? { money: 'take', penalty: 'in_force' } : { money: 'keep', penalty: 'undecided' };
}

interface Judged extends Paid {
  penaltyArisenAt: Date | null;
  penaltyAppliedAt: Date | null;
  lateCancelWaived: boolean;
}

/** `apply-penalty` (rules §3.3): it waits for the coach's decision, and there is something to take. */
export function mayApply(booking: Judged): boolean {
  const { penaltyArisenAt, penaltyAppliedAt, lateCancelWaived } = booking;
  return penaltyArisenAt !== null && penaltyAppliedAt === null && !lateCancelWaived && chargeOf(booking) !== 'none';
}

/** `waive-penalty`: any mode, at any later time, once. Null = it may be waived. */
export function waiveRefusal(booking: Judged): 'no_penalty_to_waive' | 'already_waived' | null {
  if (booking.lateCancelWaived) return 'already_waived';
  return booking.penaltyArisenAt === null ? 'no_penalty_to_waive' : null;
}

/** Whether the coach has left a penalty undecided for so long that the job waives it. */
export function isForgotten(
  { penaltyDue, penaltyArisenAt, penaltyAppliedAt }: Judged & { penaltyDue: boolean },
  now: Date,
): boolean {
  if (!penaltyDue || penaltyArisenAt === null || penaltyAppliedAt !== null) return false;
  return now.getTime() >= penaltyArisenAt.getTime() + UNDECIDED_DAYS * DAY_MS;
}

/** Whether the coach may still say that a session did not take place which the job counted as done (T14). */
export function mayCorrect({ doneAt, doneBy }: { doneAt: Date | null; doneBy: string | null }, now: Date): boolean {
  return doneBy === 'system' && doneAt !== null && now.getTime() <= doneAt.getTime() + CORRECTION_DAYS * DAY_MS;
}
