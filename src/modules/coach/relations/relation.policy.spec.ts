import { visibleTo } from './relation.policy';
import type { Visibility } from './relation.types';

function seen(...what: (keyof Visibility)[]): Visibility {
  const nothing: Visibility = {
    contact: false,
    profile: false,
    ownPerformances: false,
    allPerformances: false,
    assignedPlans: false,
    wellness: false,
    otherCoaches: false,
  };
  return { ...nothing, ...Object.fromEntries(what.map((one) => [one, true])) };
}

describe('what a coach sees of a client', () => {
  it.each([null, 'pending', 'ended'] as const)('is what passes between the two of them alone: %s', (status) => {
    expect(visibleTo(status, true)).toEqual(seen());
  });

  it('in a discovery is who he is and what they do together, but nothing of his other life', () => {
    expect(visibleTo('discovery', true)).toEqual(seen('contact', 'profile', 'ownPerformances', 'assignedPlans'));
  });

  it.each(['active', 'paused'] as const)('is all, as far as the client shares it: %s', (status) => {
    const open = seen('contact', 'profile', 'ownPerformances', 'assignedPlans', 'wellness', 'otherCoaches');
    expect(visibleTo(status, false)).toEqual(open);
    expect(visibleTo(status, true)).toEqual({ ...open, allPerformances: true });
  });
});
