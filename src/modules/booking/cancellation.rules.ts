import type { PolicyMode } from 'src/modules/coach/coach.types';
import { cancellationAct, freeUntil } from './booking.rules';
import { type BookingAct, type BookingStatus, nextStatus, type Part } from './booking.state';
import { type Paid, type Penalty, penaltyOf, settlementOf } from './penalty.rules';

interface Cancelled extends Paid {
  status: BookingStatus;
  scheduledAt: Date;
  policyThresholdHours: number;
  policyMode: PolicyMode;
  policyNoshowIsDue: boolean;
  freeExitUntil: Date | null;
}

/** What a cancellation does. */
export interface Cancellation {
  /** Null when it is not possible: the session has begun, or the booking is no longer active. */
  act: Extract<BookingAct, `cancel_${string}`> | null;
  resultingStatus: BookingStatus | null;
  late: boolean;
  /** The last instant at which it is in time for this party. */
  freeUntil: Date;
  penalty: Penalty;
  /** Cents, where money is due or may become due; else null. */
  penaltyCents: number | null;
  /** A session of a package can be booked again. */
  isSessionReturned: boolean;
}

/** What a cancellation by this party does at this instant (rules §3.4): the preview tells it, the act does it. */
export function cancellationOf(booking: Cancelled, by: Part, now: Date): Cancellation {
  const act = cancellationAct(booking, by, now);
  const settlement = act && settlementOf(act, by, booking);
  const penalty = settlement?.penalty ? penaltyOf(booking) : 'none';
  return {
    act,
    resultingStatus: act && nextStatus(booking.status, act, by),
    late: act === 'cancel_late',
    freeUntil: freeUntil(booking, by),
    penalty,
    penaltyCents: penalty === 'none' || booking.packageId !== null ? null : booking.priceCents,
    isSessionReturned: settlement?.money === 'give_back' && booking.packageId !== null,
  };
}
