import type { RequestStatus } from 'src/modules/booking/requests/request.types';
import type { RelationStatus } from 'src/modules/coach/relations/relation.types';
import { Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** A client asks a coach for a discovery session; one of a pair waits at a time. */
@Entity('coaching_requests')
@Unique('coaching_requests_one_booking', ['bookingId'])
@Index('coaching_requests_one_pending', ['coachId', 'clientId'], { unique: true, where: `status = 'pending'` })
export class CoachingRequestEntity {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column('uuid')
  clientId: string;

  @Column('uuid')
  coachId: string;

  @Column('text')
  status: RequestStatus;

  /** Encrypted. */
  @Column('text', { nullable: true })
  clientMessage: string | null;

  /** Encrypted; also why he said no. */
  @Column('text', { nullable: true })
  coachMessage: string | null;

  /** The start that the client wishes, or that of the booking. */
  @Column('timestamptz', { nullable: true })
  discoverySlot: Date | null;

  /** One of the two parties. */
  @Column('uuid', { nullable: true })
  bookingId: string | null;

  /** Null = the request made the relation. */
  @Column('text', { nullable: true })
  relationBefore: RelationStatus | null;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;
}
