import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { Clock } from 'src/common/clock/clock';
import { JobQueue } from 'src/common/jobs/job-queue';
import { type PeriodicJob, PeriodicJobs } from 'src/common/jobs/periodic-jobs';
import { Schedule } from 'src/common/jobs/schedule';
import { workOff } from 'src/common/jobs/work-off';
import { AFTERLIFE_MS, latestStart, LONGEST_WAIT_MS } from './video.rules';
import { VideoProgress } from './video-progress.service';
import { VideoWorkRepository } from './video-work.repository';

/** The job that takes the file of a video out of the store. */
export const REMOVE_VIDEO_FILE = 'remove_video_file';

const BATCH = 200;
const DAILY = Schedule.dailyAt(3, 30);

/**
 * The part of `purge_expired_tokens` that has files of former videos taken away, and ends what nobody sees through any
 * more: a job that was lost asks nobody whether its time is over.
 */
@Injectable()
export class VideoRetentionJob implements PeriodicJob, OnModuleInit {
  readonly name = 'purge_expired_tokens';
  readonly schedule = DAILY;

  constructor(
    private readonly work: VideoWorkRepository,
    private readonly progress: VideoProgress,
    private readonly queue: JobQueue,
    private readonly jobs: PeriodicJobs,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.register(this);
  }

  @Cron(DAILY.cron, { timeZone: 'UTC' })
  async tick(): Promise<void> {
    await this.jobs.tick(this);
  }

  async nextDue(): Promise<Date | null> {
    const [started, letGo] = [await this.work.oldestStarted(), await this.work.oldestLetGo()];
    const due = [
      ...(started ? [started.getTime() + LONGEST_WAIT_MS] : []),
      ...(letGo ? [letGo.getTime() + AFTERLIFE_MS] : []),
    ];
    return due.length === 0 ? null : new Date(Math.min(...due));
  }

  async run(): Promise<number> {
    const nowMs = this.clock.nowMs();
    const ended = await workOff(
      () => this.work.startedUntil(latestStart(nowMs), BATCH),
      (id) => this.progress.fail(id, 'timed_out'),
    );
    return ended + (await this.sweep(new Date(nowMs - AFTERLIFE_MS)));
  }

  private async sweep(end: Date): Promise<number> {
    let swept = 0;
    for (;;) {
      const ids = await this.work.letGoUntil(end, swept, BATCH);
      for (const id of ids)
        await this.queue.add(REMOVE_VIDEO_FILE, { videoId: id }, { key: `${REMOVE_VIDEO_FILE} ${id}` });
      swept += ids.length;
      if (ids.length < BATCH) return swept;
    }
  }
}
