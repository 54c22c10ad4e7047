import { Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';
import type { WaitlistStatus } from 'src/modules/waitlist/waitlist.state';

const LIVE = `status IN ('waiting', 'notified')`;

/** Somebody in the queue of one coach and start; the seat that is kept for him stands in the seats. */
@Entity('waitlist_entries')
@Unique('waitlist_entries_seat', ['id', 'coachId', 'startsAt', 'clientId'])
@Unique('waitlist_entries_one_booking', ['bookingId'])
@Index('waitlist_entries_one_live', ['coachId', 'startsAt', 'clientId'], { unique: true, where: LIVE })
@Index('waitlist_entries_queue', ['coachId', 'startsAt', 'position'])
@Index('waitlist_entries_client_id', ['clientId', 'createdAt', 'id'])
@Index('waitlist_entries_expires_at', ['expiresAt'], { where: `status = 'notified'` })
@Index('waitlist_entries_starts_at', ['startsAt', 'coachId'], { where: LIVE })
export class WaitlistEntryEntity {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column('uuid')
  coachId: string;

  @Column('uuid')
  clientId: string;

  @Column('timestamptz')
  startsAt: Date;

  /** The end of the session that was full, then of the one that is offered. */
  @Column('timestamptz')
  endsAt: Date;

  /** The coach offered a session then; else it was one that he had made outside his hours. */
  @Column('boolean')
  isOffered: boolean;

  /** Of live entries 1..n without gap in each queue; afterwards the last one it had. */
  @Column('integer')
  position: number;

  @Column('text')
  status: WaitlistStatus;

  @Column('timestamptz', { nullable: true })
  notifiedAt: Date | null;

  /** Until when the offer may be taken, that instant included. */
  @Column('timestamptz', { nullable: true })
  expiresAt: Date | null;

  @Column('uuid', { nullable: true })
  bookingId: string | null;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;
}
