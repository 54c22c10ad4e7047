import type { VideoStatus } from 'src/modules/performance/videos/video.types';
import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** One attempt at the video of an exercise. */
@Entity('exercise_videos')
@Index('exercise_videos_in_progress', ['exerciseTypeId'], {
  unique: true,
  where: `status IN ('pending', 'generating', 'validating')`,
})
@Index('exercise_videos_shown', ['exerciseTypeId'], {
  unique: true,
  where: `status = 'published' AND let_go_at IS NULL`,
})
@Index('exercise_videos_waiting', ['createdAt', 'id'], {
  where: `status IN ('pending', 'generating', 'validating')`,
})
@Index('exercise_videos_let_go', ['letGoAt'], { where: 'file_name IS NOT NULL' })
@Index('exercise_videos_file_name', ['fileName'], { unique: true })
export class ExerciseVideo {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Index('exercise_videos_exercise_type_id')
  @Column({ type: 'uuid' })
  exerciseTypeId: string;

  @Column({ type: 'text' })
  status: VideoStatus;

  /** What the provider was asked for. */
  @Column({ type: 'text' })
  generatedPrompt: string;

  /** How the provider calls the work, once it has taken it. */
  @Index('exercise_videos_provider_job_id')
  @Column({ type: 'text', nullable: true })
  providerJobId: string | null;

  /** Its name in the store, written down before the file is put there, and crossed out when it is gone. */
  @Column({ type: 'text', nullable: true })
  fileName: string | null;

  /** Bytes. */
  @Column({ type: 'integer', nullable: true })
  fileSize: number | null;

  /** When the file was there. */
  @Column({ type: 'timestamptz', nullable: true })
  generatedAt: Date | null;

  /** Who published or rejected it; null for what failed by itself, and for an account that is gone. */
  @Index('exercise_videos_validated_by')
  @Column({ type: 'uuid', nullable: true })
  validatedBy: string | null;

  /** What an admin wrote, or why it failed. */
  @Column({ type: 'text', nullable: true })
  rejectionReason: string | null;

  /** When it was published or rejected. */
  @Column({ type: 'timestamptz', nullable: true })
  reviewedAt: Date | null;

  /** Since when nobody is shown it: it was rejected, or another one took its place. */
  @Column({ type: 'timestamptz', nullable: true })
  letGoAt: Date | null;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}
