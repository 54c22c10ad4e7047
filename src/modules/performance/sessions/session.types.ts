export const SESSION_TYPES = ['solo_free', 'solo_guided', 'coached'] as const;
export type SessionType = (typeof SESSION_TYPES)[number];

/** Where a session comes from: written here, or brought from a provider or a file, and then read-only. */
export const SESSION_SOURCES = ['manual', 'strava', 'strong', 'hevy', 'mycoach'] as const;
export type SessionSource = (typeof SESSION_SOURCES)[number];

/** What its provider allows to do with an imported session. */
export interface SourceTerms {
  visibleToCoach: boolean;
  usableForStats: boolean;
  /** ISO 8601; null = no end. */
  keepUntil: string | null;
}
