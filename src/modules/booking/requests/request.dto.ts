import { ApiProperty } from '@nestjs/swagger';
import { Choice, Id, Instant, Nullable, Optional, Text } from 'src/common/http/fields';
import { PageQuery } from 'src/common/paging/page';
import { REQUEST_STATUSES, type RequestStatus } from './request.types';

export class CreateRequestDto {
  @Id()
  coach_id: string;

  @Nullable()
  @Text({ max: 1000, multiline: true })
  client_message?: string | null;

  /** The `scheduled_at` of a free slot that the client wishes; it is not held. */
  @Nullable()
  @Instant()
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-02T09:30:00Z' })
  discovery_slot?: Date | null;
}

export class RejectRequestDto {
  @Nullable()
  @Text({ max: 1000, multiline: true })
  coach_message?: string | null;
}

export class AcceptRequestDto extends RejectRequestDto {
  /** Start of the session; default: the one that the client wishes; null: no session yet. */
  @Nullable()
  @Instant()
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-02T09:30:00Z' })
  discovery_slot?: Date | null;
}

export class ListOwnRequestsQuery extends PageQuery {
  @Optional()
  @Choice(REQUEST_STATUSES)
  status?: RequestStatus;
}

export class ListReceivedRequestsQuery extends PageQuery {
  @Optional()
  @Choice(REQUEST_STATUSES)
  status: RequestStatus = 'pending';
}
