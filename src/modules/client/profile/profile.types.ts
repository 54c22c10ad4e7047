export const GOALS = [
  'lose_weight',
  'muscle_gain',
  'endurance',
  'well_being',
  'sport_perf',
  'rehabilitation',
  'other',
] as const;
export type Goal = (typeof GOALS)[number];

export const LEVELS = ['beginner', 'intermediate', 'advanced'] as const;
export type Level = (typeof LEVELS)[number];
