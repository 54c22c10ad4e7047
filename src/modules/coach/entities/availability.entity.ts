import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A weekly range in which a coach receives. That two of a day never overlap is the database's constraint. */
@Entity('availabilities')
export class Availability {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column({ type: 'uuid' })
  coachId: string;

  /** 0 = Monday … 6 = Sunday. */
  @Column({ type: 'smallint' })
  dayOfWeek: number;

  /** Minutes after midnight, in the coach's zone. */
  @Column({ type: 'smallint' })
  startMinute: number;

  @Column({ type: 'smallint' })
  endMinute: number;

  /** Seats of each slot. */
  @Column({ type: 'smallint' })
  maxSlots: number;

  /** Null = the profile's. */
  @Column({ type: 'smallint', nullable: true })
  bookingHorizonDays: number | null;

  @Column({ type: 'boolean' })
  active: boolean;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}
