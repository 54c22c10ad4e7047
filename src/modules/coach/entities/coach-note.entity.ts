import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a coach notes about a client, for himself alone. */
@Entity('coach_notes')
export class CoachNoteEntity {
  @PrimaryColumn('uuid')
  coachId: string;

  @PrimaryColumn('uuid')
  clientId: string;

  /** Encrypted. */
  @Column('text')
  content: string;

  @Column('timestamptz')
  updatedAt: Date;
}
