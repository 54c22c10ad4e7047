import type { BookingStatus } from 'src/modules/booking/booking.state';
import type { RelationStatus } from 'src/modules/coach/relations/relation.types';
import type { RequestStatus } from './request.types';

/** Whether a client may ask for a discovery session (rules §6.2); null = he may. */
export function requestRefusal(
  isOffered: boolean,
  relation: RelationStatus | null,
): 'discovery_not_offered' | 'already_in_relation' | null {
  if (!isOffered) return 'discovery_not_offered';
  return relation === 'active' || relation === 'paused' ? 'already_in_relation' : null;
}

/** Where the booking goes while both wait, there goes the request; anything else leaves it waiting. */
const OUTCOMES: Readonly<Partial<Record<BookingStatus, RequestStatus>>> = {
  confirmed: 'accepted',
  rejected: 'rejected',
  auto_rejected: 'rejected',
  cancelled_by_client: 'cancelled',
  cancelled_by_coach: 'cancelled',
};

export function outcomeOf(booking: BookingStatus): RequestStatus {
  return OUTCOMES[booking] ?? 'pending';
}

/** The coach said no, or somebody withdrew: how the two stand goes back to what it was. */
export function isWithdrawn(status: RequestStatus): boolean {
  return status === 'rejected' || status === 'cancelled';
}
