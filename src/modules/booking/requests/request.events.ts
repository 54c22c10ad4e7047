import { DomainEvent } from 'src/common/events/domain-event';
import type { BookingFact } from 'src/modules/booking/booking.events';

/** What every fact of a request for a discovery session tells. */
export interface RequestFact {
  requestId: string;
  clientId: string;
  coachId: string;
  at: Date;
}

abstract class DiscoveryEvent extends DomainEvent {
  /** @param booking the session that is asked for or given; null while there is none */
  constructor(
    readonly request: RequestFact,
    readonly booking: BookingFact | null,
  ) {
    super();
  }
}

/** A client asks for a discovery session, or books one: T1. Told instead of `BookingRequested`. */
export class DiscoveryRequested extends DiscoveryEvent {
  readonly name = 'booking.discovery-requested.v1';
  /** @param expiresAt until when the coach can answer; null without a booking: a request alone does not lapse */
  constructor(
    request: RequestFact,
    booking: BookingFact | null,
    readonly expiresAt: Date | null,
  ) {
    super(request, booking);
  }
}

/** The coach said yes, with or without a session, or gave one by himself: T2, T1c. Instead of `BookingConfirmed`. */
export class DiscoveryAccepted extends DiscoveryEvent {
  readonly name = 'booking.discovery-accepted.v1';
}

/** The coach said no: T3. Instead of `BookingRejected`. */
export class DiscoveryRejected extends DiscoveryEvent {
  readonly name = 'booking.discovery-rejected.v1';
  constructor(
    request: RequestFact,
    booking: BookingFact | null,
    readonly reason: string | null,
  ) {
    super(request, booking);
  }
}

/** The client withdrew before the coach answered: T5. Instead of `BookingCancelledByClient`. */
export class DiscoveryCancelled extends DiscoveryEvent {
  readonly name = 'booking.discovery-cancelled.v1';
}
