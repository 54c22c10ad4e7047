import type { Goal, Level } from 'src/modules/client/profile/profile.types';
import type { Equipment, MuscleGroup } from 'src/modules/client/questionnaire/questionnaire.types';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How somebody wants to train, and what must be spared. */
@Entity('questionnaires')
export class Questionnaire {
  @PrimaryColumn('uuid')
  userId: string;

  @Column({ type: 'text', nullable: true })
  goal: Goal | null;

  @Column({ type: 'text', nullable: true })
  level: Level | null;

  @Column({ type: 'smallint', nullable: true })
  frequencyPerWeek: number | null;

  @Column({ type: 'smallint', nullable: true })
  sessionDurationMin: number | null;

  @Column({ type: 'text', array: true })
  equipment: Equipment[];

  @Column({ type: 'text', array: true })
  targetZones: MuscleGroup[];

  /** Encrypted in the table. */
  @Column({ type: 'text', nullable: true })
  injuries: string | null;

  @Column({ type: 'text', array: true })
  injuryZones: MuscleGroup[];

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}
