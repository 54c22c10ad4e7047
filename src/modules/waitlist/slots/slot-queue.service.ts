import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { type SlotList, type SlotListQuery, SlotService } from 'src/modules/booking/slots/slot.service';
import { WaitlistRepository } from 'src/modules/waitlist/waitlist.repository';
import type { QueueView } from 'src/modules/waitlist/waitlist.types';

/** Slots with who waits for them, by their start in epoch milliseconds. */
export interface QueuedSlotList extends SlotList {
  queues: ReadonlyMap<number, QueueView>;
}

/** What can be booked with a coach, and how many wait for what cannot. */
@Injectable()
export class SlotQueueService {
  constructor(
    private readonly slots: SlotService,
    private readonly entries: WaitlistRepository,
  ) {}

  /**
   * The slots of a range in a constant number of queries, one more than without the queues.
   *
   * @throws CoachNotFound, RoleForbidden, ValidationFailed `invalid_date_range`
   */
  async list(me: Principal, coachId: string, query: SlotListQuery): Promise<QueuedSlotList> {
    const list = await this.slots.list(me, coachId, query);
    const [first, last] = [list.slots[0], list.slots.at(-1)];
    const views = first && last ? await this.entries.findViews(coachId, me.userId, first.startsAt, last.startsAt) : [];
    return { ...list, queues: new Map(views.map((view) => [view.startsAt.getTime(), view])) };
  }
}
