export const EQUIPMENT = [
  'bodyweight',
  'dumbbells',
  'barbell',
  'kettlebell',
  'bands',
  'bench',
  'pull_up_bar',
  'jump_rope',
  'machines',
  'cables',
  'cardio_machines',
  'full_gym',
] as const;
export type Equipment = (typeof EQUIPMENT)[number];

export const MUSCLE_GROUPS = [
  'chest',
  'back',
  'shoulders',
  'biceps',
  'triceps',
  'forearms',
  'core',
  'glutes',
  'quads',
  'hamstrings',
  'calves',
  'hip_flexors',
  'adductors',
  'neck',
  'full_body',
] as const;
export type MuscleGroup = (typeof MUSCLE_GROUPS)[number];
