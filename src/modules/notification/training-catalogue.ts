import { type NotificationKind, TOLD } from './notification.types';

const machine = {
  ...TOLD,
  data: ['machine_id'],
  // The app has no page of a single machine.
  deepLink: 'mycoach://notifications',
  values: ['machine'],
  to: ['user'],
} as const satisfies Partial<NotificationKind>;

const session = {
  ...TOLD,
  data: ['session_id'],
  deepLink: 'mycoach://performances/{session_id}',
  values: ['date'],
  standing: { subject: 'performance', id: 'session_id', states: ['stored'] },
} as const satisfies Partial<NotificationKind>;

const program = {
  ...TOLD,
  to: ['client'],
  data: ['plan_id'],
  deepLink: 'mycoach://programs/{plan_id}',
  standing: { subject: 'plan', id: 'plan_id', states: ['followed'] },
} as const satisfies Partial<NotificationKind>;

/** The notifications about training, about plans for it, and about the machines that people described. */
export const TRAINING_CATALOGUE = {
  performance_entered: {
    ...session,
    trigger: 'A coach writes a session down for a client',
    to: ['client'],
    data: ['session_id', 'coach_id'],
    values: ['coach', 'date'],
  },
  performance_error_reported: {
    ...session,
    trigger: 'A client reports an error in a session',
    to: ['coach'],
    data: ['session_id', 'client_id'],
    values: ['client', 'date', 'message'],
    variants: ['with_message'],
  },
  new_personal_record: {
    ...session,
    trigger: 'A session has the heaviest weight ever of an exercise',
    to: ['user'],
    data: ['session_id', 'exercise_type_id', 'weight_kg'],
    values: ['exercise', 'weight'],
    standing: { subject: 'personal_record', id: 'session_id', states: ['held'] },
  },
  program_assigned: {
    ...program,
    trigger: 'A coach gives a client a plan',
    data: ['plan_id', 'assignment_id'],
    values: ['coach', 'duration', 'plan', 'start'],
  },
  program_updated: {
    ...program,
    trigger: 'A coach changes a plan that clients follow',
    values: ['coach', 'plan'],
  },
  progression_detected: {
    ...TOLD,
    trigger: 'Sessions move a target weight of the programme',
    to: ['client'],
    data: ['assignment_id', 'exercise_type_id', 'target_weight_kg'],
    deepLink: 'mycoach://program/adjustments',
    values: ['exercise', 'weight'],
    variants: ['lowered', 'first'],
    standing: { subject: 'target', id: 'assignment_id', states: ['held'] },
  },
  strava_pushed: {
    ...session,
    trigger: 'A session was put on Strava',
    to: ['user'],
    data: ['session_id', 'strava_activity_id'],
    values: ['name'],
  },
  machine_validated: { ...machine, trigger: 'An admin accepts a machine' },
  machine_rejected: {
    ...machine,
    trigger: 'An admin refuses a machine',
    values: ['machine', 'reason'],
    variants: ['with_reason'],
  },
} as const satisfies Record<string, NotificationKind>;
