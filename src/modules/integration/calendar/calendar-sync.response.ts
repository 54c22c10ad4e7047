import { ApiProperty } from '@nestjs/swagger';
import type { SyncedCalendar, SyncedEvent } from './calendar.types';

export class CalendarEventResponse {
  /** `deleted`: the booking is not confirmed, so that nothing of it is in the calendar. */
  @ApiProperty({ enum: ['synced', 'deleted'] })
  status: 'synced' | 'deleted';
  /** Of the event at Google. */
  event_id: string;

  static from({ status, eventId }: SyncedEvent): CalendarEventResponse {
    return { status, event_id: eventId };
  }
}

export class CalendarSyncResponse {
  @ApiProperty({ type: 'integer' })
  synced_count: number;
  /** They are tried again later, unless Google refuses them for good. */
  @ApiProperty({ type: 'integer' })
  failed_count: number;

  static from({ synced, failed }: SyncedCalendar): CalendarSyncResponse {
    return { synced_count: synced, failed_count: failed };
  }
}
