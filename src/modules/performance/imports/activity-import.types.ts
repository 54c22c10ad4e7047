/** A session as a provider tells of it. */
export interface ToldActivity {
  /** What the provider calls it. */
  externalId: string;
  trainedAt: Date;
  /** 1–600; null = unknown. */
  durationMin: number | null;
}

/** The session of an activity, and whether it was made now. */
export interface StoredActivity {
  sessionId: string;
  isNew: boolean;
}
