import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A club in which a coach works. Everybody has 20 numbered places for them. */
@Entity('coach_gyms')
@Index('coach_gyms_place', ['coachId', 'place'], { unique: true })
export class CoachGym {
  @PrimaryColumn('uuid')
  coachId: string;

  @Index('coach_gyms_gym_id')
  @PrimaryColumn('uuid')
  gymId: string;

  /** 1–20. */
  @Column({ type: 'smallint' })
  place: number;

  @Column({ type: 'timestamptz' })
  createdAt: Date;
}
