import type { ActorRole, BookingStatus, Part } from './booking.state';
import type { BookingChange } from './booking.types';
import type { Settlement } from './penalty.rules';

/** What a booking keeps of a move that has led it to this status. */
export function statusChange(
  status: BookingStatus,
  by: { part: Part | 'system'; role: ActorRole },
  at: Date,
  reason: string | null,
): BookingChange {
  return {
    status,
    ...(status === 'confirmed' && { confirmedAt: at }),
    ...(status.startsWith('cancelled_') && { cancelledAt: at }),
    ...(status === 'done' && { doneAt: at, doneBy: by.role }),
    ...(status === 'no_show' && { doneAt: null, doneBy: null }),
    // A client's reason is his own: it stands in the history only.
    ...(by.part === 'coach' && reason !== null && { coachCancelReason: reason }),
  };
}

/** What it keeps of a penalty that arises with the move. */
export function penaltyChange({ penalty }: Settlement, at: Date): BookingChange {
  if (penalty === null) return {};
  return { penaltyDue: true, penaltyArisenAt: at, penaltyAppliedAt: penalty === 'in_force' ? at : null };
}
