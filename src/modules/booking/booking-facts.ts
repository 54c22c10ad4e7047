import type { DomainEvent } from 'src/common/events/domain-event';
import type { BookingFact } from './booking.events';
import type { BookingStatus } from './booking.state';
import type { Booking } from './booking.types';
import { DiscoveryAccepted, DiscoveryCancelled, DiscoveryRejected } from './requests/request.events';
import { factOfRequest } from './requests/request-register.service';
import type { CoachingRequest } from './requests/request.types';

/**
 * What is told of a discovery instead of what is told of other bookings (rules §9): null where it is the same.
 *
 * @param request the one that moved together with the booking
 */
export function requestFactOf(
  request: CoachingRequest | null,
  fact: BookingFact,
  to: BookingStatus,
  reason: string | null = null,
): DomainEvent | null {
  const told = request && factOfRequest(request, fact.at);
  if (told && to === 'confirmed') return new DiscoveryAccepted(told, fact);
  if (told && to === 'rejected') return new DiscoveryRejected(told, fact, reason);
  return told && to === 'cancelled_by_client' ? new DiscoveryCancelled(told, fact) : null;
}

/** A booking as its facts tell of it. */
export function factOf(
  booking: Booking,
  previousStatus: BookingStatus | null,
  coachTimezone: string,
  at: Date,
): BookingFact {
  const { id: bookingId, clientId, coachId, type, scheduledAt, durationMin, gymName } = booking;
  return { bookingId, clientId, coachId, type, previousStatus, scheduledAt, durationMin, gymName, coachTimezone, at };
}
