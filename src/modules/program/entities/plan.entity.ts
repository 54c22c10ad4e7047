import type { Level } from 'src/modules/client/profile/profile.types';
import type { PlanGoal, PlanNote } from 'src/modules/program/generator/generator.types';
import type { PlanSource } from 'src/modules/program/plans/plan-source.types';
import { Column, Entity, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** A week of training that is repeated: written by a coach, or generated for somebody. */
@Entity('plans')
@Unique('plans_owner', ['id', 'source', 'ownerId'])
export class Plan {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column('text')
  source: PlanSource;

  /** The coach who wrote it; of a generated plan the person it was made for. */
  @Column('uuid')
  ownerId: string;

  /** Of a generated plan the key of a translated text. */
  @Column('text')
  name: string;

  @Column('text', { nullable: true })
  description: string | null;

  @Column('smallint')
  durationWeeks: number;

  @Column('text')
  level: Level;

  @Column('text')
  goal: PlanGoal;

  /** What a generated plan could not keep. */
  @Column('jsonb', { default: [] })
  notes: PlanNote[];

  /** Of a generated plan. */
  @Column('integer', { nullable: true })
  seed: number | null;

  @Column('timestamptz', { nullable: true })
  archivedAt: Date | null;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;
}
