import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ApiInstant, wireInstant } from 'src/common/http/instants';
import type { Slot, SlotRemoval } from 'src/modules/booking/slots/slot.types';
import type { QueueView } from 'src/modules/waitlist/waitlist.types';
import type { QueuedSlotList } from './slot-queue.service';

export class SlotResponse {
  coach_id: string;
  @ApiInstant({ description: 'Can be posted back as it is' })
  scheduled_at: string;
  @ApiInstant()
  ends_at: string;
  duration_min: number;
  capacity: number;
  booked: number;
  remaining: number;
  @ApiProperty({ enum: ['available', 'last_place', 'full', 'mine'] })
  status: string;
  /** People who wait for a place, those included to whom one is offered. */
  waitlist_count: number;
  my_booking_id: string | null;
  my_waitlist_position: number | null;

  static from(coachId: string, slot: Slot, queue: QueueView | undefined): SlotResponse {
    return {
      coach_id: coachId,
      scheduled_at: wireInstant(slot.startsAt),
      ends_at: wireInstant(slot.endsAt),
      duration_min: slot.durationMin,
      capacity: slot.capacity,
      booked: slot.booked,
      remaining: slot.remaining,
      status: slot.status,
      waitlist_count: queue?.count ?? 0,
      my_booking_id: slot.myBookingId,
      my_waitlist_position: queue?.myPosition ?? null,
    };
  }
}

export class RemovedSlotResponse {
  @ApiInstant()
  scheduled_at: string;
  @ApiProperty({ enum: ['past', 'notice', 'horizon', 'time_off', 'buffer', 'overlap'] })
  reason: SlotRemoval;
}

export class SlotListResponse {
  coach_id: string;
  /** Zone of the coach. */
  timezone: string;
  /** Whether the caller could pay a session now. */
  client_can_book: boolean;
  /** Sessions of the caller's packages with this coach that are not used yet. */
  sessions_remaining: number;
  /** Those of them that no booking holds. */
  sessions_bookable: number;
  /** What the coach says about cancelling. */
  client_message: string | null;
  slots: SlotResponse[];
  @ApiPropertyOptional({ type: [RemovedSlotResponse], description: 'Only with explain=true' })
  removed?: RemovedSlotResponse[];

  static from(list: QueuedSlotList): SlotListResponse {
    const { schedule, slots, removed, means, queues } = list;
    return {
      coach_id: schedule.coachId,
      timezone: schedule.timezone,
      client_can_book: means.canBook,
      sessions_remaining: means.remaining,
      sessions_bookable: means.bookable,
      client_message: schedule.policy.clientMessage,
      slots: slots.map((slot) => SlotResponse.from(schedule.coachId, slot, queues.get(slot.startsAt.getTime()))),
      ...(removed && {
        removed: removed.map(({ startsAt, reason }) => ({ scheduled_at: wireInstant(startsAt), reason })),
      }),
    };
  }
}
