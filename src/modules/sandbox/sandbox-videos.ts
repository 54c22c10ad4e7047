import { Injectable } from '@nestjs/common';
import { type Film, type VideoOrder, VideoProvider, type VideoReport } from 'src/common/outbound/videos';
import { drawnFilm } from './sandbox-film';

/** Who makes videos in development and tests: at once, and whatever is asked for, the same drawing. */
@Injectable()
export class SandboxVideos extends VideoProvider {
  readonly isConfigured = true;

  async start({ key }: VideoOrder): Promise<string> {
    return key;
  }

  async poll(jobId: string): Promise<VideoReport> {
    return { state: 'done', url: `sandbox:${jobId}` };
  }

  async fetch(): Promise<Film> {
    return { bytes: await drawnFilm(), type: 'video/webm' };
  }
}
