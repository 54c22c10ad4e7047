import { type NotificationKind, type Standing, TOLD } from './notification.types';

const relation = {
  ...TOLD,
  to: ['client'],
  data: ['coach_id'],
  deepLink: 'mycoach://coaches/{coach_id}',
  values: ['coach'],
} as const satisfies Partial<NotificationKind>;

const certification = {
  ...TOLD,
  to: ['coach'],
  data: ['certification_id'],
  deepLink: 'mycoach://profile/certifications/{certification_id}',
  values: ['title'],
} as const satisfies Partial<NotificationKind>;

function whileIt(...states: ('active' | 'paused' | 'ended')[]): Standing {
  return { subject: 'relation', id: 'coach_id', states };
}

/** The notifications about how coach and client stand to each other, and about what coaches prove. */
export const COACH_CATALOGUE = {
  relation_paused: { ...relation, trigger: 'The coach pauses the coaching', standing: whileIt('paused') },
  relation_resumed: { ...relation, trigger: 'The coach resumes the coaching', standing: whileIt('active') },
  relation_ended: { ...relation, trigger: 'The coach ends the coaching', standing: whileIt('ended') },
  certification_verified: { ...certification, trigger: 'An admin verifies a certification' },
  certification_rejected: {
    ...certification,
    trigger: 'An admin refuses a certification',
    values: ['title', 'reason'],
    variants: ['with_reason'],
  },
} as const satisfies Record<string, NotificationKind>;
