import { Injectable } from '@nestjs/common';
import { MINUTE_MS } from 'src/common/clock/durations';
import { EventBus } from 'src/common/events/event-bus';
import { BookingOfferService, type Standing } from 'src/modules/booking/booking-offer.service';
import { CoachService } from 'src/modules/coach/coach.service';
import { WaitlistCancelled, WaitlistExpired, type WaitlistFact, WaitlistOffered } from './waitlist.events';
import { WaitlistRepository } from './waitlist.repository';
import { isGone, isLapsed, nextInQueue, offerDeadline, queuedStart } from './waitlist.rules';
import type { QueueKey, WaitlistEntry } from './waitlist.types';

/** A queue that nobody else changes until this transaction ends: its coach is locked. */
export interface HeldQueue extends QueueKey {
  /** IANA name. */
  coachTimezone: string;
}

/** How an entry ends, and whether its client is told. */
export type Ending = 'left' | 'removed' | 'slot_gone' | 'expired' | 'begun' | 'seated';

/**
 * The one rule of a queue (rules §4): what lapsed expires, whose slot is gone is told so, and each place that is free is
 * offered to the first who waits. To be run in the transaction of whatever happened to the slot, under the lock of the
 * coach.
 */
@Injectable()
export class WaitlistQueueService {
  constructor(
    private readonly entries: WaitlistRepository,
    private readonly offers: BookingOfferService,
    private readonly coaches: CoachService,
    private readonly events: EventBus,
  ) {}

  /** Brings the queue to what it should be now; answers how many entries changed their status. */
  async tend(queue: HeldQueue, now: Date): Promise<number> {
    const live = await this.entries.findQueue(queue);
    const lapsed = live.filter((entry) => isLapsed(entry, now));
    await this.endAll(queue, lapsed, 'expired', now);
    const rest = live.filter((entry) => !lapsed.includes(entry));
    const hasBegun = queue.startsAt.getTime() <= now.getTime();
    const standing = hasBegun ? null : await this.standingOf(queue, rest, now);
    const lost = rest.filter((entry) => hasBegun || (standing !== null && isGone(entry, standing)));
    await this.endAll(queue, lost, hasBegun ? 'begun' : 'slot_gone', now);
    const staying = rest.filter((entry) => !lost.includes(entry));
    await this.closeUp(staying, now);
    const offered = standing && lost.length === 0 ? await this.offerPlaces(queue, standing, staying, now) : 0;
    return lapsed.length + lost.length + offered;
  }

  /** Ends entries of one queue and offers on what they held. */
  async dismiss(queue: HeldQueue, entries: readonly WaitlistEntry[], ending: Ending, now: Date): Promise<void> {
    await this.endAll(queue, entries, ending, now);
    await this.tend(queue, now);
  }

  /** The client has a booking there: his offer is taken, or he waits no more; whose offer was over has lost it before. */
  async seat(queue: HeldQueue, clientId: string, bookingId: string, now: Date): Promise<void> {
    const entry = await this.entries.findLive(queue, clientId);
    if (!entry) return;
    if (entry.status === 'notified' && !isLapsed(entry, now)) {
      await this.entries.change(entry, { status: 'confirmed', bookingId }, now);
      await this.closeUp(await this.entries.findQueue(queue), now);
    } else await this.dismiss(queue, [entry], entry.status === 'notified' ? 'expired' : 'seated', now);
  }

  /** Null when nobody waits, or the coach cannot be booked: his places come back with him. */
  private async standingOf(queue: HeldQueue, live: readonly WaitlistEntry[], now: Date): Promise<Standing | null> {
    const [first] = live;
    const schedule = first ? await this.coaches.findSchedule(queue.coachId) : null;
    if (!first || !schedule) return null;
    const [standing] = await this.offers.standings(schedule, [queuedStart(first)], now);
    return standing ?? null;
  }

  private async offerPlaces(
    queue: HeldQueue,
    standing: Standing,
    live: readonly WaitlistEntry[],
    now: Date,
  ): Promise<number> {
    const expiresAt = offerDeadline(queue.startsAt, now);
    if (!expiresAt || standing.obstruction !== null) return 0;
    const { capacity, taken, durationMin } = standing;
    const endsAt = new Date(queue.startsAt.getTime() + durationMin * MINUTE_MS);
    let offered = 0;
    for (const entry of nextInQueue(live, capacity - taken)) {
      const { id: entryId, clientId } = entry;
      const seat = { ...queue, entryId, clientId, endsAt, capacity, heldUntil: expiresAt };
      // The coach has just become a client elsewhere: the next tick looks again.
      if (!(await this.offers.hold(seat))) break;
      await this.entries.change(entry, { status: 'notified', notifiedAt: now, expiresAt, endsAt }, now);
      await this.events.publish(new WaitlistOffered(factOf(queue, entry, now), expiresAt));
      offered += 1;
    }
    return offered;
  }

  private async endAll(queue: HeldQueue, entries: readonly WaitlistEntry[], ending: Ending, now: Date): Promise<void> {
    for (const entry of entries) await this.end(queue, entry, ending, now);
  }

  private async end(queue: HeldQueue, entry: WaitlistEntry, ending: Ending, now: Date): Promise<void> {
    if (entry.status === 'notified') await this.offers.drop(entry.id);
    const status = ending === 'expired' || ending === 'begun' ? 'expired' : 'cancelled';
    await this.entries.change(entry, { status }, now);
    const fact = factOf(queue, entry, now);
    if (ending === 'expired') await this.events.publish(new WaitlistExpired(fact));
    if (ending === 'removed' || ending === 'slot_gone') await this.events.publish(new WaitlistCancelled(fact, ending));
  }

  /** @param live all who wait on, by position */
  private async closeUp(live: readonly WaitlistEntry[], now: Date): Promise<void> {
    if (live.every(({ position }, index) => position === index + 1)) return;
    await this.entries.arrange(
      live.map(({ id }) => id),
      now,
    );
  }
}

export function factOf(queue: HeldQueue, { id, clientId }: WaitlistEntry, at: Date): WaitlistFact {
  const { coachId, startsAt: scheduledAt, coachTimezone } = queue;
  return { entryId: id, coachId, clientId, scheduledAt, coachTimezone, at };
}
