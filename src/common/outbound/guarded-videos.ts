import type { ProviderGuard } from './provider-guard';
import { type Film, type VideoOrder, VideoProvider, type VideoReport } from './videos';

/** A provider of videos that is left alone while it fails. */
export class GuardedVideos extends VideoProvider {
  readonly isConfigured: boolean;

  constructor(
    private readonly provider: VideoProvider,
    private readonly guard: ProviderGuard,
  ) {
    super();
    this.isConfigured = provider.isConfigured;
  }

  async start(order: VideoOrder): Promise<string> {
    return this.guard.run(order.key, () => this.provider.start(order));
  }

  async poll(jobId: string): Promise<VideoReport> {
    return this.guard.run(jobId, () => this.provider.poll(jobId));
  }

  async fetch(url: string): Promise<Film | null> {
    return this.guard.run(url, () => this.provider.fetch(url));
  }
}
