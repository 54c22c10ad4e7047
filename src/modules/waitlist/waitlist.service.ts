import { Injectable } from '@nestjs/common';
import { AuditLog } from 'src/common/audit/audit-log';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { MINUTE_MS } from 'src/common/clock/durations';
import { orThrow, ValidationFailed } from 'src/common/errors/domain.error';
import { EventBus } from 'src/common/events/event-bus';
import type { Rows } from 'src/common/paging/page';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { BookingOfferService } from 'src/modules/booking/booking-offer.service';
import { CoachService } from 'src/modules/coach/coach.service';
import type { ListQueueQuery, ListWaitlistQuery, WishedPlaceDto } from './waitlist.dto';
import {
  AlreadyInWaitlist,
  CannotWaitForSelf,
  JOIN_ERRORS,
  QueueCoachNotFound,
  WaitlistEntryNotFound,
} from './waitlist.errors';
import { WaitlistJoined } from './waitlist.events';
import { runsQueue, partIn } from './waitlist.policy';
import { factOf, WaitlistQueueService } from './waitlist-queue.service';
import { WaitlistRepository } from './waitlist.repository';
import { faultsOfWishes, isLive, joinRefusal, reordered } from './waitlist.rules';
import { WAITLIST_STATUSES } from './waitlist.state';
import type { QueueKey, WaitlistEntry } from './waitlist.types';

/** Waiting for a place of a full slot (rules §4). */
@Injectable()
export class WaitlistService {
  constructor(
    private readonly entries: WaitlistRepository,
    private readonly queues: WaitlistQueueService,
    private readonly offers: BookingOfferService,
    private readonly coaches: CoachService,
    private readonly events: EventBus,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Puts the caller last in the queue; no session is asked of him for that.
   *
   * @throws QueueCoachNotFound, CannotWaitForSelf, QueueInPast, QueueOutsideAvailability, QueueOnTimeOff, AlreadyBooked,
   *   SlotNotFull, AlreadyInWaitlist
   */
  @Transactional()
  async join(me: Principal, coachId: string, startsAt: Date): Promise<WaitlistEntry> {
    const schedule = orThrow(await this.coaches.lockSchedule(coachId), QueueCoachNotFound);
    if (me.userId === coachId) throw new CannotWaitForSelf();
    const now = this.clock.now();
    const standing = await this.offers.standingFor(me.userId, schedule, startsAt, now);
    const refusal = joinRefusal(standing, startsAt, now);
    if (refusal) throw new JOIN_ERRORS[refusal]();
    const { isOffered, durationMin } = standing;
    const endsAt = new Date(startsAt.getTime() + durationMin * MINUTE_MS);
    const id = await this.entries.insert({ coachId, clientId: me.userId, startsAt, endsAt, isOffered }, now);
    const entry = orThrow(await this.entries.findById(orThrow(id, AlreadyInWaitlist)), WaitlistEntryNotFound);
    const queue = { coachId, startsAt, coachTimezone: schedule.timezone };
    await this.events.publish(new WaitlistJoined(factOf(queue, entry, now)));
    return entry;
  }

  /** What the caller waits for, newest first. */
  async own(me: Principal, query: ListWaitlistQuery): Promise<Rows<WaitlistEntry>> {
    return this.entries.pageOfClient(me.userId, query.status, query);
  }

  /** Who waits for a start, seen by its coach. @throws QueueCoachNotFound for somebody else's */
  async queue(me: Principal, key: QueueKey, query: ListQueueQuery): Promise<Rows<WaitlistEntry>> {
    if (!runsQueue(key, me)) throw new QueueCoachNotFound();
    orThrow(await this.coaches.profileOf(key.coachId), QueueCoachNotFound);
    return this.entries.pageOfQueue(key, query.status ?? WAITLIST_STATUSES, query);
  }

  /**
   * The coach says who comes first. Offers stay in front; those named follow in the order of their positions, then the
   * rest as it was. Answers who waits, by position.
   *
   * @throws ValidationFailed when two rows ask for one position, or one person for two
   * @throws QueueCoachNotFound, WaitlistEntryNotFound when one of them does not wait there
   */
  @Transactional()
  async reorder(me: Principal, key: QueueKey, dto: readonly WishedPlaceDto[]): Promise<WaitlistEntry[]> {
    const wishes = dto.map(({ id, position }) => ({ id: id.toLowerCase(), position }));
    const faults = faultsOfWishes(wishes);
    if (faults.length > 0) throw new ValidationFailed(faults);
    if (!runsQueue(key, me)) throw new QueueCoachNotFound();
    orThrow(await this.coaches.profileOf(key.coachId), QueueCoachNotFound);
    await this.coaches.lockTimezone(key.coachId);
    const order = orThrow(reordered(await this.entries.findQueue(key), wishes), WaitlistEntryNotFound);
    await this.entries.arrange(order, this.clock.now());
    if (me.userId !== key.coachId) await this.audit.write('waitlist.reordered', { type: 'coach', id: key.coachId });
    const queue = await this.entries.findQueue(key);
    return queue.filter(({ status }) => status === 'waiting');
  }

  /**
   * The client leaves, or the coach takes him out and he is told. An offer goes to the next.
   *
   * @throws WaitlistEntryNotFound also when the entry waits no more
   */
  @Transactional()
  async remove(me: Principal, id: string): Promise<void> {
    const seen = orThrow(await this.entries.findById(id), WaitlistEntryNotFound);
    const part = orThrow(partIn(seen, me), WaitlistEntryNotFound);
    const coachTimezone = await this.coaches.lockTimezone(seen.coachId);
    const entry = orThrow(await this.entries.findById(id), WaitlistEntryNotFound);
    if (!isLive(entry)) throw new WaitlistEntryNotFound();
    const queue = { coachId: entry.coachId, startsAt: entry.startsAt, coachTimezone };
    await this.queues.dismiss(queue, [entry], part === 'client' ? 'left' : 'removed', this.clock.now());
    if (part === 'coach' && me.userId !== entry.coachId)
      await this.audit.write('waitlist.entry_removed', { type: 'waitlist_entry', id });
  }
}
