import { ApiProperty } from '@nestjs/swagger';
import { ApiInstant, wireInstant, wireInstantOrNull } from 'src/common/http/instants';
import { PageResponse } from 'src/common/paging/page';
import { PublicUserResponse } from 'src/modules/auth/user.response';
import { type CoachingRequest, REQUEST_STATUSES, type RequestStatus } from './request.types';

/** A request for a discovery session, as both of its people see it. */
export class CoachingRequestResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ format: 'uuid' })
  client_id: string;
  @ApiProperty({ format: 'uuid' })
  coach_id: string;
  client: PublicUserResponse;
  coach: PublicUserResponse;
  @ApiProperty({ enum: REQUEST_STATUSES })
  status: RequestStatus;
  client_message: string | null;
  coach_message: string | null;
  @ApiInstant({ nullable: true, description: 'The start that the client wishes, or that of the booking' })
  discovery_slot: string | null;
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  booking_id: string | null;
  @ApiInstant()
  created_at: string;

  static from(request: CoachingRequest): CoachingRequestResponse {
    return {
      id: request.id,
      client_id: request.clientId,
      coach_id: request.coachId,
      client: PublicUserResponse.from(request.client),
      coach: PublicUserResponse.from(request.coach),
      status: request.status,
      client_message: request.clientMessage,
      coach_message: request.coachMessage,
      discovery_slot: wireInstantOrNull(request.discoverySlot),
      booking_id: request.bookingId,
      created_at: wireInstant(request.createdAt),
    };
  }
}

export class CoachingRequestPage extends PageResponse(CoachingRequestResponse) {}
