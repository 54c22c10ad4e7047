import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { HOUR_MS } from 'src/common/clock/durations';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { BookingOfferService } from 'src/modules/booking/booking-offer.service';
import { CoachService } from 'src/modules/coach/coach.service';
import { WaitlistQueueService } from './waitlist-queue.service';
import { WaitlistRepository } from './waitlist.repository';
import { isGone, nextInQueue, offerDeadline, queuedStart } from './waitlist.rules';
import type { QueueKey, WaitlistEntry } from './waitlist.types';

/** Further apart no two sessions of a coach touch each other, buffers included. */
const NEARBY_MS = 12 * HOUR_MS;

/** What happens to many queues at once. Every act takes the locks of the coaches first, in the order of their ids. */
@Injectable()
export class WaitlistUpkeepService {
  constructor(
    private readonly entries: WaitlistRepository,
    private readonly queues: WaitlistQueueService,
    private readonly offers: BookingOfferService,
    private readonly coaches: CoachService,
    private readonly clock: Clock,
  ) {}

  /** Places of these starts are free; and so may be those that the sessions kept closed around them. */
  @Transactional()
  async placesFreed(coachId: string, starts: readonly Date[]): Promise<void> {
    const instants = starts.map((start) => start.getTime());
    const distance = ({ startsAt }: WaitlistEntry): number =>
      Math.min(...instants.map((instant) => Math.abs(instant - startsAt.getTime())));
    const last = new Date(Math.max(...instants) + NEARBY_MS);
    const entries = await this.entries.findOfCoach(coachId, this.clock.now(), last);
    const nearby = entries.filter((entry) => distance(entry) < NEARBY_MS);
    await this.tendAll(
      coachId,
      nearby.sort((one, other) => distance(one) - distance(other)),
    );
  }

  /** The coach changed his hours, his sessions, his zone, or is back: slots came, went, or have other places. */
  @Transactional()
  async slotsChanged(coachId: string): Promise<number> {
    return this.tendAll(coachId, await this.entries.findOfCoach(coachId, this.clock.now()));
  }

  /** The queues of every slot that the absence overlaps are gone, and told so. */
  @Transactional()
  async timeOffTaken(coachId: string, from: Date, to: Date): Promise<void> {
    const entries = await this.entries.findOfCoach(coachId, this.clock.now(), to);
    // How long a session is may have changed since people began to wait: the slot itself says whether it is gone.
    await this.tendAll(
      coachId,
      entries.filter(({ startsAt }) => from.getTime() - startsAt.getTime() < NEARBY_MS),
    );
  }

  /** Who cannot use the product waits for nothing; what was kept for him goes to the next. */
  @Transactional()
  async clientGone(clientId: string): Promise<void> {
    await this.dismissAll(await this.entries.findOfClient(clientId), 'left');
  }

  /** A coach who closes his account gives no sessions any more. */
  @Transactional()
  async coachGone(coachId: string): Promise<void> {
    await this.dismissAll(await this.entries.findOfCoach(coachId, this.clock.now()), 'slot_gone');
  }

  /** One queue, by the job; answers how many entries changed. */
  @Transactional()
  async tendOne({ coachId, startsAt }: QueueKey): Promise<number> {
    const coachTimezone = await this.coaches.lockTimezone(coachId);
    return this.queues.tend({ coachId, startsAt, coachTimezone }, this.clock.now());
  }

  /**
   * Whether a queue of this coach waits for something that nobody told it: a place that became free because the coach
   * is no longer a client elsewhere, say. At most four queries, and no lock.
   */
  async isBehind(coachId: string): Promise<boolean> {
    const now = this.clock.now();
    const schedule = await this.coaches.findSchedule(coachId);
    if (!schedule) return false;
    const queues = byQueue(await this.entries.findOfCoach(coachId, now));
    const starts = queues.flatMap(([first]) => (first ? [queuedStart(first)] : []));
    const standings = await this.offers.standings(schedule, starts, now);
    return queues.some((queue, index) => {
      const standing = standings[index];
      if (!standing) return false;
      const { capacity, taken, obstruction } = standing;
      const isDue = obstruction === null && queue.some(({ startsAt }) => offerDeadline(startsAt, now) !== null);
      return (
        queue.some((entry) => isGone(entry, standing)) || (isDue && nextInQueue(queue, capacity - taken).length > 0)
      );
    });
  }

  private async tendAll(coachId: string, entries: readonly WaitlistEntry[]): Promise<number> {
    if (entries.length === 0) return 0;
    const coachTimezone = await this.coaches.lockTimezone(coachId);
    const now = this.clock.now();
    const starts = new Set(entries.map(({ startsAt }) => startsAt.getTime()));
    let changed = 0;
    for (const start of starts)
      changed += await this.queues.tend({ coachId, startsAt: new Date(start), coachTimezone }, now);
    return changed;
  }

  /** @param entries by coach; those of them that still wait under the lock are ended */
  private async dismissAll(entries: readonly WaitlistEntry[], ending: 'left' | 'slot_gone'): Promise<void> {
    const ids = new Set(entries.map(({ id }) => id));
    for (const [first] of byQueue(entries)) {
      if (!first) continue;
      const { coachId, startsAt } = first;
      const queue = { coachId, startsAt, coachTimezone: await this.coaches.lockTimezone(coachId) };
      const live = await this.entries.findQueue(queue);
      const ended = live.filter(({ id }) => ids.has(id));
      await this.queues.dismiss(queue, ended, ending, this.clock.now());
    }
  }
}

/** The entries of each queue together, in the order in which the queues come. */
function byQueue(entries: readonly WaitlistEntry[]): WaitlistEntry[][] {
  const queues = new Map<string, WaitlistEntry[]>();
  for (const entry of entries) {
    const key = `${entry.coachId} ${entry.startsAt.toISOString()}`;
    queues.set(key, [...(queues.get(key) ?? []), entry]);
  }
  return [...queues.values()];
}
