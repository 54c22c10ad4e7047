import { Injectable } from '@nestjs/common';
import type { PageQuery, Rows } from 'src/common/paging/page';
import { Database, type Statement } from 'src/common/transaction/database';
import { violates } from 'src/common/transaction/sql-state';
import { ExerciseVideo } from 'src/modules/performance/entities/exercise-video.entity';
import { VideoInProgress } from './video.errors';
import type { VideoStatus } from './video.types';

/** An attempt, with the slug of its exercise. */
export type Video = ExerciseVideo & { exerciseSlug: string };

const COLUMNS = `
  video.id, video.exercise_type_id AS "exerciseTypeId", type.slug AS "exerciseSlug", video.status,
  video.generated_prompt AS "generatedPrompt", video.provider_job_id AS "providerJobId", video.file_name AS "fileName",
  video.file_size AS "fileSize", video.generated_at AS "generatedAt", video.validated_by AS "validatedBy",
  video.rejection_reason AS "rejectionReason", video.reviewed_at AS "reviewedAt", video.let_go_at AS "letGoAt",
  video.created_at AS "createdAt", video.updated_at AS "updatedAt"`;
const VIDEOS = 'exercise_videos AS video JOIN exercise_types AS type ON type.id = video.exercise_type_id';
const WAITING = `video.status IN ('pending', 'generating', 'validating')`;

const FIND: Statement = {
  name: 'exercise_video_find',
  text: `SELECT ${COLUMNS} FROM ${VIDEOS} WHERE video.id = $1`,
};
const LOCK: Statement = {
  name: 'exercise_video_lock',
  text: `SELECT ${COLUMNS} FROM ${VIDEOS} WHERE video.id = $1 FOR NO KEY UPDATE OF video`,
};
const COUNT_WAITING: Statement = {
  name: 'exercise_video_count_waiting',
  text: `SELECT count(*)::int AS total FROM exercise_videos AS video WHERE ${WAITING}`,
};
const PAGE_WAITING: Statement = {
  name: 'exercise_video_page_waiting',
  text: `SELECT ${COLUMNS} FROM ${VIDEOS} WHERE ${WAITING} ORDER BY video.created_at, video.id OFFSET $1 LIMIT $2`,
};
const NAME_FILE: Statement = {
  name: 'exercise_video_name_file',
  text: `UPDATE exercise_videos SET file_name = coalesce(file_name, $2) WHERE id = $1 AND status = 'generating'
         RETURNING file_name AS name`,
};
const REPLACE: Statement = {
  name: 'exercise_video_replace',
  text: `UPDATE exercise_videos SET let_go_at = $2, updated_at = $2
         WHERE exercise_type_id = $1 AND status = 'published' AND let_go_at IS NULL`,
};
const SIZE_OF_FILE: Statement = {
  name: 'exercise_video_size_of_file',
  text: 'SELECT file_size AS size FROM exercise_videos WHERE file_name = $1 AND generated_at IS NOT NULL',
};

@Injectable()
export class VideoRepository {
  constructor(private readonly database: Database) {}

  async find(id: string): Promise<Video | null> {
    return this.database.first<Video>(FIND, [id]);
  }

  /** Locked, so that two moves follow one another. */
  async lock(id: string): Promise<Video | null> {
    return this.database.first<Video>(LOCK, [id]);
  }

  /** Those that are being made or wait for a verdict, oldest first. */
  async waiting({ offset, limit }: PageQuery): Promise<Rows<Video>> {
    return this.database.page<Video>(PAGE_WAITING, [offset, limit], COUNT_WAITING, []);
  }

  /** @throws VideoInProgress */
  async insert(exerciseTypeId: string, status: VideoStatus, generatedPrompt: string, now: Date): Promise<string> {
    const repository = this.database.repository(ExerciseVideo);
    const row = repository.create({ exerciseTypeId, status, generatedPrompt, createdAt: now, updatedAt: now });
    try {
      await repository.insert(row);
    } catch (error) {
      if (violates(error, 'exercise_videos_in_progress')) throw new VideoInProgress({ cause: error });
      throw error;
    }
    return row.id;
  }

  async update<T extends ExerciseVideo>(video: T, change: Partial<ExerciseVideo>): Promise<T> {
    await this.database.repository(ExerciseVideo).update({ id: video.id }, change);
    return Object.assign(video, change);
  }

  /** The one that was shown until now is shown no more. */
  async replace(exerciseTypeId: string, now: Date): Promise<void> {
    await this.database.execute(REPLACE, [exerciseTypeId, now]);
  }

  /** Gives the file of a video a name, unless it has one. Answers the name it has; null when nobody wants the file any more. */
  async nameFile(id: string, name: string): Promise<string | null> {
    return this.database.value<string>(NAME_FILE, [id, name]);
  }

  /** Bytes; null where no such file may be seen. */
  async sizeOfFile(name: string): Promise<number | null> {
    return this.database.value<number>(SIZE_OF_FILE, [name]);
  }
}
