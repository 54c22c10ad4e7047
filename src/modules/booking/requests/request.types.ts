import type { PublicUser } from 'src/modules/auth/user.service';
import type { RelationStatus } from 'src/modules/coach/relations/relation.types';

export const REQUEST_STATUSES = ['pending', 'accepted', 'rejected', 'cancelled'] as const;
export type RequestStatus = (typeof REQUEST_STATUSES)[number];

/** A client asks a coach for a first session; as it is read: its texts in clear, with its two people. */
export interface CoachingRequest {
  id: string;
  /** users.id */
  clientId: string;
  /** users.id */
  coachId: string;
  client: PublicUser;
  coach: PublicUser;
  status: RequestStatus;
  clientMessage: string | null;
  coachMessage: string | null;
  /** The start that the client wishes, or that of the booking. */
  discoverySlot: Date | null;
  /** The discovery session that it moves with while it waits, or that it led to. */
  bookingId: string | null;
  /** How the two stood to each other before; null = not at all, so the request made their relation. */
  relationBefore: RelationStatus | null;
  createdAt: Date;
}

/** What is decided when a request is made. */
export type NewRequest = Pick<
  CoachingRequest,
  'clientId' | 'coachId' | 'status' | 'clientMessage' | 'discoverySlot' | 'bookingId'
>;

/** What happens to a request; a field that is not given stays as it is. */
export type RequestChange = Partial<Pick<CoachingRequest, 'status' | 'coachMessage' | 'discoverySlot' | 'bookingId'>>;
