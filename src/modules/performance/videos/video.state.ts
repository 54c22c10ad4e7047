import type { VideoStatus } from './video.types';

/**
 * `start`: a provider is asked. `finish`: the file is there. `publish` and `reject`: an admin has looked at it. `fail`:
 * there will be no file.
 */
export const VIDEO_MOVES = ['start', 'finish', 'publish', 'reject', 'fail'] as const;
export type VideoMove = (typeof VIDEO_MOVES)[number];

const AFTER: Readonly<Record<VideoStatus, Partial<Record<VideoMove, VideoStatus>>>> = {
  pending: { start: 'generating', fail: 'rejected' },
  generating: { finish: 'validating', fail: 'rejected' },
  validating: { publish: 'published', reject: 'rejected' },
  // What follows on these is a video of its own, so that the published one is shown until then.
  published: {},
  rejected: {},
};

/** What becomes of a video (rules §15); null where that move does not exist. */
export function statusAfter(status: VideoStatus, move: VideoMove): VideoStatus | null {
  return AFTER[status][move] ?? null;
}
