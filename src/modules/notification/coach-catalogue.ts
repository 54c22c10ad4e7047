import type { NotificationKind, Standing } from './notification.types';

const told = { push: true, mail: false, security: false, quiet: false, variants: [], standing: null } as const;

const relation = {
  ...told,
  data: ['coach_id'],
  deepLink: 'mycoach://coaches/{coach_id}',
  values: ['coach'],
} as const satisfies NotificationKind;

const certification = {
  ...told,
  data: ['certification_id'],
  deepLink: 'mycoach://profile/certifications/{certification_id}',
  values: ['title'],
} as const satisfies NotificationKind;

function whileIt(...states: ('active' | 'paused' | 'ended')[]): Standing {
  return { subject: 'relation', id: 'coach_id', states };
}

/** The notifications about how coach and client stand to each other, and about what coaches prove. */
export const COACH_CATALOGUE = {
  relation_paused: { ...relation, standing: whileIt('paused') },
  relation_resumed: { ...relation, standing: whileIt('active') },
  relation_ended: { ...relation, standing: whileIt('ended') },
  certification_verified: certification,
  certification_rejected: { ...certification, values: ['title', 'reason'], variants: ['with_reason'] },
} as const satisfies Record<string, NotificationKind>;
