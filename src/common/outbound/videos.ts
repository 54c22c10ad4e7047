/** What a video is to show. */
export interface VideoOrder {
  prompt: string;
  /** The same for every attempt of one order, so that a repeat can be recognised. */
  key: string;
}

/** How far a provider is with a video; `reason` is what it says, and `url` where the file lies. */
export type VideoReport =
  { state: 'running' } | { state: 'failed'; reason: string | null } | { state: 'done'; url: string };

export const VIDEO_TYPES = ['video/mp4', 'video/webm'] as const;
export type VideoType = (typeof VIDEO_TYPES)[number];

export interface Film {
  bytes: Buffer;
  type: VideoType;
}

/**
 * Who makes videos, slowly and elsewhere. Everything but `isConfigured` is called by jobs only, outside any transaction,
 * and throws DeliveryFailure or ProviderPaused.
 */
export abstract class VideoProvider {
  /** Whether there is anybody to ask. */
  abstract readonly isConfigured: boolean;

  /** Asks for a video and answers how the provider calls the work. */
  abstract start(order: VideoOrder): Promise<string>;

  abstract poll(jobId: string): Promise<VideoReport>;

  /** The file of a finished one; null for what is no video that can be shown. */
  abstract fetch(url: string): Promise<Film | null>;
}
