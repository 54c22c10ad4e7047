import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** One place of a slot, taken. It comes and goes in the transaction that changes its holder. */
@Entity('seats')
@Unique('seats_one_a_client', ['coachId', 'startsAt', 'clientId'])
@Unique('seats_one_a_booking', ['bookingId'])
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

  @Column('uuid')
  bookingId: string;
}
