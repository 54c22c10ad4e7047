import { mayAssign, maySeePlan, maySeeProgress, NO_SIGHT, type Owned, type Sight } from './program.policy';

const OWN: Owned = { source: 'coach', ownerId: 'me' };
const OTHERS: Owned = { source: 'coach', ownerId: 'other' };
const MINE: Owned = { source: 'ai', ownerId: 'me' };
const GENERATED: Owned = { source: 'ai', ownerId: 'client' };

const TRAINS: Sight = { assignedPlans: true, allPerformances: false };
const SHOWN_ALL: Sight = { assignedPlans: true, allPerformances: true };

describe('who may see and give plans', () => {
  it.each<[string, Owned, Sight, plan: boolean, progress: boolean]>([
    ['an own plan, without a relation', OWN, NO_SIGHT, true, false],
    ['an own plan, of somebody who trains with him', OWN, TRAINS, true, true],
    ['another coach’s, of somebody who shows all', OTHERS, SHOWN_ALL, false, false],
    ['generated for himself', MINE, NO_SIGHT, true, false],
    ['generated, without a relation', GENERATED, NO_SIGHT, false, false],
    ['generated, of somebody who trains with him', GENERATED, TRAINS, false, false],
    ['generated, of somebody who shows all', GENERATED, SHOWN_ALL, true, true],
  ])('%s', (_, plan, sight, maySee, mayFollow) => {
    expect(maySeePlan(plan, 'me', sight)).toBe(maySee);
    expect(maySeeProgress(plan, 'me', sight)).toBe(mayFollow);
  });

  it('gives plans to whom he trains', () => {
    expect([NO_SIGHT, TRAINS, SHOWN_ALL].map(mayAssign)).toEqual([false, true, true]);
  });
});
