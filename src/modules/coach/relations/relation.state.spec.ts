import { AFTER, mayMoveByHand, type RelationFact, type Standing } from './relation.state';
import { RELATION_STATUSES, type RelationStatus } from './relation.types';

describe('moving a relation by hand', () => {
  const allowed: Record<RelationStatus, RelationStatus[]> = {
    pending: ['discovery', 'active', 'ended'],
    discovery: ['active', 'ended'],
    active: ['paused', 'ended'],
    paused: ['active', 'ended'],
    ended: ['active'],
  };
  const pairs = RELATION_STATUSES.flatMap((from) => RELATION_STATUSES.map((to) => [from, to] as const));

  it.each(pairs)('from %s to %s goes by the table', (from, to) => {
    expect(mayMoveByHand(from, to)).toBe(allowed[from].includes(to));
  });
});

describe('what happens to a relation', () => {
  const STANDINGS: Standing[] = ['none', ...RELATION_STATUSES];
  const leads = (fact: RelationFact): RelationStatus[] => STANDINGS.map((standing) => AFTER[fact][standing]);

  // Each from none, pending, discovery, active, paused, ended.
  it.each<[RelationFact, RelationStatus[]]>([
    ['request_accepted', ['discovery', 'discovery', 'discovery', 'active', 'paused', 'discovery']],
    ['discovery_confirmed', ['discovery', 'discovery', 'discovery', 'active', 'paused', 'discovery']],
    ['session_confirmed', ['active', 'active', 'active', 'active', 'paused', 'active']],
    ['discovery_done', ['active', 'active', 'active', 'active', 'paused', 'ended']],
    ['session_done', ['active', 'pending', 'discovery', 'active', 'paused', 'ended']],
    ['enrolled', ['active', 'active', 'active', 'active', 'active', 'active']],
  ])('%s leads where the rules say', (fact, expected) => {
    expect(leads(fact)).toEqual(expected);
  });

  it('told twice leads no further than told once', () => {
    for (const after of Object.values(AFTER))
      for (const standing of STANDINGS) expect(after[after[standing]]).toBe(after[standing]);
  });
});
