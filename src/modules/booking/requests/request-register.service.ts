import { Injectable } from '@nestjs/common';
import { orThrow } from 'src/common/errors/domain.error';
import { EventBus } from 'src/common/events/event-bus';
import type { BookingStatus } from 'src/modules/booking/booking.state';
import type { Booking } from 'src/modules/booking/booking.types';
import { PairRepository } from 'src/modules/booking/pair.repository';
import { RelationService } from 'src/modules/coach/relations/relation.service';
import { PaymentService } from 'src/modules/payment/payments/payment.service';
import { RequestAlreadyPending } from './request.errors';
import {
  DiscoveryAccepted,
  DiscoveryCancelled,
  DiscoveryRejected,
  DiscoveryRequested,
  type RequestFact,
} from './request.events';
import { RequestRepository } from './request.repository';
import { isWithdrawn, outcomeOf } from './request.rules';
import type { CoachingRequest, NewRequest } from './request.types';

/**
 * The one place where a coaching request is opened and moved, with the relation that it makes, in the caller's
 * transaction and under the coach's lock. A request with a booking moves when the booking does, told by the register of
 * the bookings, which then also publishes what became of both; a request alone is published here.
 */
@Injectable()
export class RequestRegister {
  constructor(
    private readonly requests: RequestRepository,
    private readonly relations: RelationService,
    private readonly payments: PaymentService,
    private readonly pairs: PairRepository,
    private readonly events: EventBus,
  ) {}

  /** A client asks, with or without a start that he wishes. @throws RequestAlreadyPending */
  async ask(request: NewRequest, at: Date): Promise<CoachingRequest> {
    const opened = await this.insert(request, at);
    await this.events.publish(new DiscoveryRequested(factOfRequest(opened, at), null, null));
    return opened;
  }

  /** The coach says yes without a session. */
  async accept(request: CoachingRequest, at: Date): Promise<void> {
    await this.requests.change(request, { status: 'accepted' }, at);
    await this.relations.requestAccepted(request.coachId, request.clientId, at);
    await this.events.publish(new DiscoveryAccepted(factOfRequest(request, at), null));
  }

  /** The coach says no to a request that has no booking. */
  async reject(request: CoachingRequest, coachMessage: string | null, at: Date): Promise<void> {
    await this.requests.change(request, { status: 'rejected', coachMessage }, at);
    await this.withdraw(request);
    await this.events.publish(new DiscoveryRejected(factOfRequest(request, at), null, coachMessage));
  }

  /** The client withdraws a request that has no booking. */
  async cancel(request: CoachingRequest, at: Date): Promise<void> {
    await this.requests.change(request, { status: 'cancelled' }, at);
    await this.withdraw(request);
    await this.events.publish(new DiscoveryCancelled(factOfRequest(request, at), null));
  }

  /**
   * A booking was made. A discovery belongs to the request of the two that waits, else to one that is made now: with a
   * booking that was confirmed at once it is accepted. Answers that request, or null when the booking is no discovery.
   */
  async booked(booking: Booking, at: Date): Promise<CoachingRequest | null> {
    if (booking.pricingType !== 'discovery') return null;
    const { id: bookingId, coachId, clientId, scheduledAt: discoverySlot } = booking;
    const link = { bookingId, discoverySlot, status: outcomeOf(booking.status) };
    const waiting = await this.requests.lockPending(coachId, clientId);
    if (waiting) return this.requests.change(waiting, link, at);
    return this.insert({ ...link, coachId, clientId, clientMessage: booking.clientMessage }, at);
  }

  /**
   * A booking was moved along its table, and is written already. While it waited its request goes with it; answers the
   * request if it did.
   *
   * @param booking as it was before
   * @param coachMessage what the coach said to it, if it was he
   */
  async moved(
    booking: Booking,
    to: BookingStatus,
    coachMessage: string | null,
    at: Date,
  ): Promise<CoachingRequest | null> {
    const request = await this.waitingWith(booking);
    if (request === null) return null;
    const status = outcomeOf(to);
    const said = coachMessage === null ? {} : { coachMessage };
    const changed = await this.requests.change(request, { status, ...said }, at);
    if (isWithdrawn(status)) await this.withdraw(changed);
    return changed;
  }

  /** Another booking takes the place of one: a request that waited with the old one goes with the new one. */
  async carried(from: Booking, to: Booking, at: Date): Promise<void> {
    const request = await this.waitingWith(from);
    if (request === null) return;
    const { id: bookingId, scheduledAt: discoverySlot } = to;
    await this.requests.change(request, { bookingId, discoverySlot, status: outcomeOf(to.status) }, at);
  }

  private async insert(request: NewRequest, at: Date): Promise<CoachingRequest> {
    const { before } = await this.relations.requested(request.coachId, request.clientId, at);
    return orThrow(await this.requests.insert(request, before, at), RequestAlreadyPending);
  }

  private async waitingWith({ id, pricingType, status }: Booking): Promise<CoachingRequest | null> {
    if (pricingType !== 'discovery' || status !== 'pending_coach_validation') return null;
    return this.requests.lockOfBooking(id);
  }

  /**
   * A relation that only the request made goes, unless the two have something else with each other by now: money, or a
   * booking that waits. Then it stays pending, as it would be without the request (ADR 0022). The relation is held
   * first, so nobody sells a package between the look and the removal.
   */
  private async withdraw({ coachId, clientId, relationBefore }: CoachingRequest): Promise<void> {
    if (relationBefore !== null) return;
    await this.relations.hold(coachId, clientId);
    const { pending } = await this.pairs.facts(coachId, clientId);
    if (pending > 0 || (await this.payments.hasDealings(coachId, clientId))) return;
    await this.relations.requestWithdrawn(coachId, clientId, relationBefore);
  }
}

/** A request as its facts tell of it. */
export function factOfRequest({ id: requestId, clientId, coachId }: CoachingRequest, at: Date): RequestFact {
  return { requestId, clientId, coachId, at };
}
