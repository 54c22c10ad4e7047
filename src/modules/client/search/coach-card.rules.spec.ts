import type { Relation, RelationStatus } from 'src/modules/coach/relations/relation.types';
import { showsDiscoveryBadge } from './coach-card.rules';

function relation(status: RelationStatus, firstDoneAt: Date | null = null): Relation {
  return {
    id: 'relation',
    coachId: 'coach',
    clientId: 'client',
    status,
    allowUnitBooking: false,
    sharePerformances: false,
    firstDoneAt,
    createdAt: new Date(0),
    updatedAt: new Date(0),
  };
}

describe('the badge of a discovery session', () => {
  it.each<[string, boolean, Relation | null, boolean]>([
    ['somebody new', true, null, true],
    ['somebody new, where none is offered', false, null, false],
    ['who has asked', true, relation('pending'), true],
    ['who is about to have one', true, relation('discovery'), true],
    ['who trains', true, relation('active'), false],
    ['who pauses', true, relation('paused'), false],
    ['who never came and left', true, relation('ended'), true],
    ['who has trained and left', true, relation('ended', new Date(1)), false],
    ['who has had one', true, relation('discovery', new Date(1)), false],
  ])('for %s', (_, isOffered, given, shown) => {
    expect(showsDiscoveryBadge(isOffered, given)).toBe(shown);
  });
});
