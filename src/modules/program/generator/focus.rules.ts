import type { MuscleGroup } from 'src/modules/client/questionnaire/questionnaire.types';
import {
  ALL_MUSCLES,
  groupsOf,
  meet,
  type Muscles,
  musclesOf,
  musclesOfRegion,
  type Region,
  REGIONS,
} from './muscle.rules';

/** Which muscles a place of a session is about. */
export interface Focus {
  muscles: Muscles;
  /** The same by name; empty when it is all of them. */
  groups: readonly MuscleGroup[];
  /** Parts that take turns in the session, in this order; none where it does not matter. */
  turns: readonly Muscles[];
}

/** For what is about the heart or the whole person. */
export const NO_FOCUS: Focus = { muscles: ALL_MUSCLES, groups: [], turns: [] };

/** Of one region its muscles take turns; of several the regions. Wished zones come first. */
export function focusOn(regions: readonly Region[], targetZones: readonly MuscleGroup[]): Focus {
  const [first] = regions;
  if (first && regions.length === 1) return focusOnGroups(groupsOf(first), targetZones);
  const turns = wishedFirst(regions.map(musclesOfRegion), targetZones);
  // With all regions the day is for the full body, and what trains that is in its place.
  if (regions.length === REGIONS.length) return { ...NO_FOCUS, turns };
  const groups = regions.flatMap(groupsOf);
  return { muscles: musclesOf(groups), groups, turns };
}

export function focusOnGroups(groups: readonly MuscleGroup[], targetZones: readonly MuscleGroup[]): Focus {
  return {
    muscles: musclesOf(groups),
    groups,
    turns: wishedFirst(
      groups.map((group) => musclesOf([group])),
      targetZones,
    ),
  };
}

function wishedFirst(turns: readonly Muscles[], targetZones: readonly MuscleGroup[]): Muscles[] {
  const wished = musclesOf(targetZones);
  return [...turns].sort((one, other) => Number(meet(other, wished)) - Number(meet(one, wished)));
}
