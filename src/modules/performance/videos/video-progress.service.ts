import { Injectable, Logger } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import type { ExerciseVideo } from 'src/modules/performance/entities/exercise-video.entity';
import { VideoRepository } from './video.repository';
import { statusAfter, type VideoMove } from './video.state';
import type { VideoFault } from './video.types';

/** What a provider makes of a video. What comes too late, or a second time, changes nothing. */
@Injectable()
export class VideoProgress {
  private readonly logger = new Logger(VideoProgress.name);

  constructor(
    private readonly videos: VideoRepository,
    private readonly clock: Clock,
  ) {}

  /** The provider has taken the order, and calls it so. */
  @Transactional()
  async begin(id: string, providerJobId: string): Promise<void> {
    const video = await this.videos.lock(id);
    if (video?.status === 'generating') await this.videos.update(video, { providerJobId, updatedAt: this.clock.now() });
  }

  /**
   * The file is in the store.
   *
   * @param fileSize bytes
   */
  @Transactional()
  async finish(id: string, fileSize: number): Promise<void> {
    await this.move(id, 'finish', (now) => ({ fileSize, generatedAt: now }));
  }

  /**
   * There will be no file; somebody may ask again.
   *
   * @param detail what the provider says of it
   * @returns whether it changed anything
   */
  @Transactional()
  async fail(id: string, fault: VideoFault, detail: string | null = null): Promise<boolean> {
    const rejectionReason = detail === null ? fault : `${fault}: ${detail}`;
    const isMoved = await this.move(id, 'fail', (now) => ({ rejectionReason, reviewedAt: now, letGoAt: now }));
    if (isMoved) this.logger.warn({ video: id, fault }, 'a video of an exercise could not be made');
    return isMoved;
  }

  private async move(id: string, move: VideoMove, change: (now: Date) => Partial<ExerciseVideo>): Promise<boolean> {
    const video = await this.videos.lock(id);
    const status = video && statusAfter(video.status, move);
    if (!video || !status) return false;
    const now = this.clock.now();
    await this.videos.update(video, { ...change(now), status, updatedAt: now });
    return true;
  }
}
