import { Injectable } from '@nestjs/common';
import { JobQueue } from 'src/common/jobs/job-queue';
import { type Kept, RetentionJob } from 'src/common/jobs/retention';
import { AFTERLIFE_MS, LONGEST_WAIT_MS } from './video.rules';
import { VideoProgress } from './video-progress.service';
import { VideoWorkRepository } from './video-work.repository';

/** The job that takes the file of a video out of the store. */
export const REMOVE_VIDEO_FILE = 'remove_video_file';

/**
 * Ends what nobody sees through any more, for a job that was lost asks nobody whether its time is over, and has files
 * of former videos taken away.
 */
@Injectable()
export class VideoRetentionJob extends RetentionJob {
  constructor(
    private readonly work: VideoWorkRepository,
    private readonly progress: VideoProgress,
    private readonly queue: JobQueue,
  ) {
    super();
  }

  protected kept(): readonly Kept[] {
    return [
      {
        oldest: () => this.work.oldestStarted(),
        forMs: LONGEST_WAIT_MS,
        letGoUntil: async (end, limit) => {
          let ended = 0;
          for (const id of await this.work.startedUntil(end, limit))
            if (await this.progress.fail(id, 'timed_out')) ended += 1;
          return ended;
        },
      },
      {
        oldest: () => this.work.oldestLetGo(),
        forMs: AFTERLIFE_MS,
        letGoUntil: async (end, limit, before) => {
          const ids = await this.work.letGoUntil(end, before, limit);
          for (const id of ids)
            await this.queue.add(REMOVE_VIDEO_FILE, { videoId: id }, { key: `${REMOVE_VIDEO_FILE} ${id}` });
          return ids.length;
        },
      },
    ];
  }
}
