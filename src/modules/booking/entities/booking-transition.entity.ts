import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ActorRole, BookingStatus } from 'src/modules/booking/booking.state';

/** One step of a booking: who moved it, when, from and to. Never changed. */
@Entity('booking_transitions')
@Index('booking_transitions_booking_id', ['bookingId', 'id'])
@Index('booking_transitions_actor_id', ['actorId'])
export class BookingTransitionEntity {
  @PrimaryColumn('bigint', { generated: 'identity', generatedIdentity: 'ALWAYS' })
  id: string;

  @Column('uuid')
  bookingId: string;

  @Column('timestamptz')
  at: Date;

  @Column('text', { nullable: true })
  fromStatus: BookingStatus | null;

  @Column('text')
  toStatus: BookingStatus;

  @Column('text')
  actorRole: ActorRole;

  @Column('uuid', { nullable: true })
  actorId: string | null;

  /** Encrypted. */
  @Column('text', { nullable: true })
  reason: string | null;
}
