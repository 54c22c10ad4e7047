import { Injectable } from '@nestjs/common';
import { AuditLog } from 'src/common/audit/audit-log';
import { Clock } from 'src/common/clock/clock';
import { orThrow } from 'src/common/errors/domain.error';
import { JobQueue } from 'src/common/jobs/job-queue';
import { VideoProvider } from 'src/common/outbound/videos';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { ExerciseService } from 'src/modules/performance/exercises/exercise.service';
import type { GenerateVideoDto } from './video.dto';
import { InvalidTransition, VideoNotFound, VideoProviderUnavailable } from './video.errors';
import { type Video, VideoRepository } from './video.repository';
import { statusAfter } from './video.state';
import { videoPrompt } from './video-prompt.rules';

/** The job that sees a video through. */
export const MAKE_VIDEO = 'make_video';

/** Asking for a video of an exercise (rules §15). */
@Injectable()
export class VideoRequestService {
  constructor(
    private readonly exercises: ExerciseService,
    private readonly videos: VideoRepository,
    private readonly provider: VideoProvider,
    private readonly jobs: JobQueue,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Has a video made, after the commit. One that is published is shown until this one is.
   *
   * @throws ExerciseNotFound, VideoProviderUnavailable, VideoInProgress
   */
  @Transactional()
  async generate(exerciseId: string, { prompt }: GenerateVideoDto): Promise<Video> {
    const exercise = await this.exercises.find(exerciseId, 'en');
    if (!this.provider.isConfigured) throw new VideoProviderUnavailable();
    const status = orThrow(statusAfter('pending', 'start'), InvalidTransition);
    const id = await this.videos.insert(exercise.id, status, prompt ?? videoPrompt(exercise), this.clock.now());
    await this.askFor(id);
    await this.audit.write('video.requested', { type: 'video', id });
    return orThrow(await this.videos.find(id), VideoNotFound);
  }

  /** Has somebody look now how far a video is, in the place of whoever would have looked later. */
  async askFor(id: string): Promise<void> {
    await this.jobs.add(MAKE_VIDEO, { videoId: id }, { key: `${MAKE_VIDEO} ${id}` });
  }
}
