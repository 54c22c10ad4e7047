import type { PairTally } from 'src/modules/booking/booking.types';
import { type CreditSums, LOW_SESSIONS } from 'src/modules/payment/credits/credit.types';

/** The sessions of a pair: had, left, waiting, owed (rules §5.5). */
export interface Hours {
  /** Done, and penalties in force: what counts as had. */
  done: number;
  /** Left in active packages, and what of it is not held. */
  remaining: number;
  bookable: number;
  /** Had and left. */
  total: number;
  /** Active bookings. */
  pending: number;
  minutesDone: number;
  /** An active package is there, and little is left. */
  isLow: boolean;
}

/** @param sums over the active packages; undefined when there is none */
export function hoursOf(tally: PairTally, sums: CreditSums | undefined): Hours {
  const { remaining, bookable } = sums ?? { remaining: 0, bookable: 0 };
  const done = tally.done + tally.penaltiesInForce;
  return {
    done,
    remaining,
    bookable,
    total: done + remaining,
    pending: tally.pending,
    minutesDone: tally.minutesDone,
    isLow: sums !== undefined && remaining <= LOW_SESSIONS,
  };
}
