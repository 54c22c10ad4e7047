import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ApiInstant, wireInstant } from 'src/common/http/instants';
import type { SlotList } from './slot.service';
import type { Slot, SlotRemoval } from './slot.types';

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
  waitlist_count: number;
  my_booking_id: string | null;
  my_waitlist_position: number | null;

  static from(coachId: string, slot: Slot): SlotResponse {
    return {
      coach_id: coachId,
      scheduled_at: wireInstant(slot.startsAt),
      ends_at: wireInstant(slot.endsAt),
      duration_min: slot.durationMin,
      capacity: slot.capacity,
      booked: slot.booked,
      remaining: slot.remaining,
      status: slot.status,
      waitlist_count: 0,
      my_booking_id: slot.myBookingId,
      my_waitlist_position: null,
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
  sessions_remaining: number;
  sessions_bookable: number;
  /** What the coach says about cancelling. */
  client_message: string | null;
  slots: SlotResponse[];
  @ApiPropertyOptional({ type: [RemovedSlotResponse], description: 'Only with explain=true' })
  removed?: RemovedSlotResponse[];

  static from(list: SlotList): SlotListResponse {
    const { schedule, slots, removed, canBook } = list;
    return {
      coach_id: schedule.coachId,
      timezone: schedule.timezone,
      client_can_book: canBook,
      sessions_remaining: 0,
      sessions_bookable: 0,
      client_message: schedule.policy.clientMessage,
      slots: slots.map((slot) => SlotResponse.from(schedule.coachId, slot)),
      ...(removed && {
        removed: removed.map(({ startsAt, reason }) => ({ scheduled_at: wireInstant(startsAt), reason })),
      }),
    };
  }
}
