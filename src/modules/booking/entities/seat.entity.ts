import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** One place of a slot, taken. It comes and goes in the transaction that changes its holder. */
@Entity('seats')
@Unique('seats_one_a_client', ['coachId', 'startsAt', 'clientId'])
@Unique('seats_one_a_booking', ['bookingId'])
@Unique('seats_one_an_entry', ['waitlistEntryId'])
export class SeatEntity {
  @PrimaryColumn('uuid')
  coachId: string;

  @PrimaryColumn('timestamptz')
  startsAt: Date;

  @PrimaryColumn('smallint')
  seat: number;

  @Column('smallint')
  capacity: number;

  @Column('uuid')
  clientId: string;

  /** Of a booking, or else kept for an entry of the waitlist. */
  @Column('uuid', { nullable: true })
  bookingId: string | null;

  @Column('uuid', { nullable: true })
  waitlistEntryId: string | null;

  /** How long it is kept, that instant included. */
  @Column('timestamptz', { nullable: true })
  heldUntil: Date | null;
}
