import { Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';
import type { ActorRole, BookingStatus, BookingType, PricingKind } from 'src/modules/booking/booking.state';
import type { PolicyMode } from 'src/modules/coach/coach.types';

/** A booking as it stands now, kept for good; what is taken now stands in seats and engagements. */
@Entity('bookings')
@Unique('bookings_parties', ['id', 'coachId', 'clientId'])
@Unique('bookings_one_successor', ['rescheduledFromId'])
@Index('bookings_coach_id', ['coachId', 'scheduledAt', 'id'])
@Index('bookings_pair', ['coachId', 'clientId', 'status', 'scheduledAt'])
export class BookingEntity {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column('uuid')
  clientId: string;

  @Column('uuid')
  coachId: string;

  @Column('uuid', { nullable: true })
  pricingId: string | null;

  /** The package that one session of is held or consumed; one of the two parties. */
  @Column('uuid', { nullable: true })
  packageId: string | null;

  @Column('uuid', { nullable: true })
  gymId: string | null;

  /** The booking that was moved here. */
  @Column('uuid', { nullable: true })
  rescheduledFromId: string | null;

  @Column('timestamptz')
  scheduledAt: Date;

  @Column('timestamptz')
  endsAt: Date;

  @Column('smallint')
  durationMin: number;

  @Column('text')
  status: BookingStatus;

  @Column('text')
  type: BookingType;

  @Column('text')
  pricingType: PricingKind;

  @Column('integer', { nullable: true })
  priceCents: number | null;

  @Column('character', { length: 3 })
  currency: string;

  /** The cancellation policy as it was when the booking was made. */
  @Column('smallint')
  policyThresholdHours: number;

  @Column('text')
  policyMode: PolicyMode;

  @Column('boolean')
  policyNoshowIsDue: boolean;

  /** Encrypted. */
  @Column('text', { nullable: true })
  clientMessage: string | null;

  /** Encrypted; also the reason of a rejection. */
  @Column('text', { nullable: true })
  coachCancelReason: string | null;

  /** Until when the client may leave what the coach made or moved (rules §1.6), that instant included. */
  @Column('timestamptz', { nullable: true })
  freeExitUntil: Date | null;

  /** A penalty arose and is not waived. */
  @Column('boolean', { default: false })
  penaltyDue: boolean;

  @Column('timestamptz', { nullable: true })
  penaltyArisenAt: Date | null;

  /** Since when it is in force; null while the coach has not decided. */
  @Column('timestamptz', { nullable: true })
  penaltyAppliedAt: Date | null;

  @Column('boolean', { default: false })
  lateCancelWaived: boolean;

  /** Encrypted. */
  @Column('text', { nullable: true })
  waiveReason: string | null;

  @Column('boolean', { default: false })
  sessionDeducted: boolean;

  @Column('timestamptz', { nullable: true })
  expiresAt: Date | null;

  @Column('timestamptz', { nullable: true })
  confirmedAt: Date | null;

  @Column('timestamptz', { nullable: true })
  cancelledAt: Date | null;

  /** When somebody is to be reminded of it next; null when nobody is. */
  @Column('timestamptz', { nullable: true })
  remindAt: Date | null;

  @Column('timestamptz', { nullable: true })
  doneAt: Date | null;

  @Column('text', { nullable: true })
  doneBy: ActorRole | null;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;
}
