export const VIDEO_STATUSES = ['pending', 'generating', 'validating', 'published', 'rejected'] as const;
export type VideoStatus = (typeof VIDEO_STATUSES)[number];

/** Why a video was rejected by nobody. */
export type VideoFault = 'provider_failed' | 'unusable_file' | 'timed_out';
