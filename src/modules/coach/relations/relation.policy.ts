import type { RelationStatus, Visibility } from './relation.types';

const NOTHING: Visibility = {
  contact: false,
  profile: false,
  ownPerformances: false,
  allPerformances: false,
  assignedPlans: false,
  wellness: false,
  otherCoaches: false,
};

/**
 * What a coach sees of a client beside the name, the picture, the request and what passes between the two of them
 * (rules §6.3). Null = no relation: the person has booked, no more.
 */
export function visibleTo(status: RelationStatus | null, sharePerformances: boolean): Visibility {
  const seesClient = status === 'discovery' || status === 'active' || status === 'paused';
  if (!seesClient) return NOTHING;
  const seesWhole = status !== 'discovery';
  return {
    contact: true,
    profile: true,
    ownPerformances: true,
    allPerformances: seesWhole && sharePerformances,
    assignedPlans: true,
    wellness: seesWhole,
    otherCoaches: seesWhole,
  };
}
