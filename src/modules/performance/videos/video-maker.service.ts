import { Injectable, Logger } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { ServiceUnavailable } from 'src/common/errors/domain.error';
import { DeliveryFailure } from 'src/common/outbound/delivery-failure';
import { NotYet } from 'src/common/outbound/not-yet';
import { type Film, VideoProvider } from 'src/common/outbound/videos';
import { VideoStore } from 'src/common/storage/storage';
import { AppConfig } from 'src/config/app-config';
import { type Video, VideoRepository } from './video.repository';
import { latestStart, newVideoName, typeOfVideo } from './video.rules';
import { VideoProgress } from './video-progress.service';

/** Between two questions, where nothing says how long. Real time: it is the provider's that passes. */
const POLL_MS = 15_000;

/**
 * Sees a video through: asks the provider for it, asks again until it is there, and stores the file. It is a job that
 * comes again and again, so nothing hangs on the provider's reporting by itself, and each step that was taken is found
 * in the row by the next run.
 */
@Injectable()
export class VideoMaker {
  private readonly logger = new Logger(VideoMaker.name);
  private readonly pollMs: number;

  constructor(
    private readonly videos: VideoRepository,
    private readonly progress: VideoProgress,
    private readonly provider: VideoProvider,
    private readonly store: VideoStore,
    private readonly clock: Clock,
    { videos: settings }: AppConfig,
  ) {
    this.pollMs = settings?.pollMs ?? POLL_MS;
  }

  /** @throws NotYet, ProviderPaused and the job comes again */
  async work(videoId: string): Promise<void> {
    const video = await this.videos.find(videoId);
    if (video?.status !== 'generating') return;
    if (video.createdAt <= latestStart(this.clock.nowMs())) {
      await this.progress.fail(videoId, 'timed_out');
      return;
    }
    await this.advance(video).catch((error: unknown) => this.endOrWait(video, error));
  }

  private async advance(video: Video): Promise<void> {
    const report = await this.provider.poll(video.providerJobId ?? (await this.begin(video)));
    if (report.state === 'running') throw new NotYet(this.pollMs);
    if (report.state === 'failed') {
      await this.progress.fail(video.id, 'provider_failed', report.reason);
      return;
    }
    const film = await this.provider.fetch(report.url);
    if (!film || !(await this.keep(video, film))) await this.progress.fail(video.id, 'unusable_file');
  }

  private async begin({ id, generatedPrompt }: Video): Promise<string> {
    const jobId = await this.provider.start({ prompt: generatedPrompt, key: id });
    await this.progress.begin(id, jobId);
    return jobId;
  }

  /** The name is written down before the file is stored: whatever stops in between, somebody finds the file by it. */
  private async keep({ id }: Video, { bytes, type }: Film): Promise<boolean> {
    const name = await this.videos.nameFile(id, newVideoName(type));
    if (name === null) return true;
    // A former run stored another kind of file under this name.
    if (typeOfVideo(name) !== type) return false;
    await this.store.put(name, bytes, type);
    await this.progress.finish(id, bytes.length);
    return true;
  }

  /** A provider that does not answer now may do so later: how long that may go on is decided by the video's own limit. */
  private async endOrWait({ id }: Video, error: unknown): Promise<void> {
    // The store may be back with the next question.
    if (error instanceof ServiceUnavailable) throw new NotYet(this.pollMs);
    if (!(error instanceof DeliveryFailure)) throw error;
    if (error.isFinal) {
      await this.progress.fail(id, 'provider_failed', error.code);
      return;
    }
    this.logger.warn({ video: id, code: error.code }, 'the provider of videos cannot be asked, trying again');
    throw new NotYet(Math.max(this.pollMs, error.retryAfterMs ?? 0));
  }
}
