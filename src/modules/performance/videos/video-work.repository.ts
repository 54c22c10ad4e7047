import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';

const BY_JOB: Statement = {
  name: 'exercise_video_by_job',
  text: `SELECT id FROM exercise_videos WHERE provider_job_id = $1 AND status = 'generating'`,
};
const OVERDUE: Statement = {
  name: 'exercise_video_overdue',
  text: `SELECT id FROM exercise_videos WHERE status IN ('pending', 'generating') AND created_at <= $1
         ORDER BY created_at, id LIMIT $2`,
};
const LET_GO: Statement = {
  name: 'exercise_video_let_go',
  text: `SELECT id FROM exercise_videos WHERE file_name IS NOT NULL AND let_go_at <= $1
         ORDER BY let_go_at, id OFFSET $2 LIMIT $3`,
};
const FORGET_FILE: Statement = {
  name: 'exercise_video_forget_file',
  text: 'UPDATE exercise_videos SET file_name = NULL WHERE id = $1',
};
const OLDEST_STARTED: Statement = {
  name: 'exercise_video_oldest_started',
  text: `SELECT min(created_at) AS at FROM exercise_videos WHERE status IN ('pending', 'generating')`,
};
const OLDEST_LET_GO: Statement = {
  name: 'exercise_video_oldest_let_go',
  text: 'SELECT min(let_go_at) AS at FROM exercise_videos WHERE file_name IS NOT NULL',
};

/** Videos as jobs look for them. */
@Injectable()
export class VideoWorkRepository {
  constructor(private readonly database: Database) {}

  /** The video that a provider makes under this name. */
  async beingMade(providerJobId: string): Promise<string | null> {
    return this.database.value<string>(BY_JOB, [providerJobId]);
  }

  /** Those without a file that were asked for until then. */
  async startedUntil(end: Date, limit: number): Promise<string[]> {
    return this.database.values<string>(OVERDUE, [end, limit]);
  }

  /** Those whose file nobody has been shown since then. */
  async letGoUntil(end: Date, offset: number, limit: number): Promise<string[]> {
    return this.database.values<string>(LET_GO, [end, offset, limit]);
  }

  /** The store has it no more. */
  async forgetFile(id: string): Promise<void> {
    await this.database.execute(FORGET_FILE, [id]);
  }

  async oldestStarted(): Promise<Date | null> {
    return this.database.value<Date>(OLDEST_STARTED);
  }

  async oldestLetGo(): Promise<Date | null> {
    return this.database.value<Date>(OLDEST_LET_GO);
  }
}
