/** Half-open; without an end it goes on. */
export interface TrainingSpan {
  from: Date;
  to: Date | null;
}

/** What is looked for: an exercise, as far as it was trained on some days. */
export interface TrainingAim {
  /** A uuid, by which the answer names it. */
  key: string;
  exerciseTypeId: string;
  /** 0 is Monday; null = on any day. */
  days: readonly number[] | null;
}

export interface TrainingQuestion {
  span: TrainingSpan;
  /** Whose days are meant. */
  timezone: string;
  aims: readonly TrainingAim[];
  /** The coach (users.id) who asks and is not to hear of sessions with other coaches; null = of all of them. */
  coachId: string | null;
}

/** So many sets alike. */
export interface GuidedSet {
  setsCount: number;
  reps: number | null;
  weightKg: number | null;
  durationSeconds: number | null;
}
