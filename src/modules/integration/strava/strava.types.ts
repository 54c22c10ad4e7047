/** Kinds of activity that we tell Strava of. It knows many more, and those are read as they come. */
export const PUSHED_SPORTS = ['WeightTraining', 'Run', 'Ride', 'Workout'] as const;
export type PushedSport = (typeof PUSHED_SPORTS)[number];

/** A session as Strava is told of it. */
export interface ActivityDraft {
  name: string;
  sportType: PushedSport;
  /** The wall clock of where its owner lives: `2026-03-02T10:30:00`. */
  startDateLocal: string;
  elapsedSeconds: number;
  description: string;
}

/** An activity as Strava has it, after it was checked. */
export interface Activity {
  id: string;
  /** Whose it is, at Strava. */
  athleteId: string;
  name: string;
  sportType: string;
  startDate: Date;
  /** As `ActivityDraft.startDateLocal`; null where Strava does not say. */
  startDateLocal: string | null;
  elapsedSeconds: number;
  movingSeconds: number | null;
}
