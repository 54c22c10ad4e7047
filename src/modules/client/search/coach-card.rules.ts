import type { Relation } from 'src/modules/coach/relations/relation.types';

/** Rules §6.2: a discovery session is offered, and it would be one: nobody discovers who has trained him before. */
export function showsDiscoveryBadge(isOffered: boolean, relation: Relation | null): boolean {
  if (!isOffered || !relation) return isOffered;
  return relation.status !== 'active' && relation.status !== 'paused' && relation.firstDoneAt === null;
}
