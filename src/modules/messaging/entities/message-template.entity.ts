import { Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** A message that a coach has ready. At most five, at the positions 1..n: the table holds it too. */
@Entity('message_templates')
@Unique('message_templates_position', ['coachId', 'position'], { deferrable: 'INITIALLY IMMEDIATE' })
@Index('message_templates_one_default', ['coachId'], { unique: true, where: 'is_default' })
export class MessageTemplate {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column('uuid')
  coachId: string;

  /** 1–5, without gaps. */
  @Column('smallint')
  position: number;

  @Column('text')
  title: string;

  /** With its variables as they were written. */
  @Column('text')
  body: string;

  /** The one that every coach starts with. */
  @Column('boolean')
  isDefault: boolean;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;
}
