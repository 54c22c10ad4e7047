export const MACHINE_TYPES = [
  'cable',
  'smith',
  'leg_press',
  'chest_press',
  'lat_pulldown',
  'row',
  'shoulder_press',
  'leg_curl',
  'leg_extension',
  'hack_squat',
  'incline_press',
  'fly',
  'pull_up_assist',
  'dip_assist',
  'treadmill',
  'bike',
  'elliptical',
  'rowing',
  'free_weights',
  'barbell',
  'dumbbell',
  'other',
] as const;
export type MachineType = (typeof MACHINE_TYPES)[number];

/** Characters. */
export const MAX_QR_CODE = 64;

export const MACHINE_STATUSES = ['pending', 'validated', 'rejected'] as const;
export type MachineStatus = (typeof MACHINE_STATUSES)[number];
