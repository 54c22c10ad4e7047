import { MUSCLE_GROUPS, type MuscleGroup } from 'src/modules/client/questionnaire/questionnaire.types';

/** A set of muscle groups, one bit each: it is intersected some thousand times for a plan. */
export type Muscles = number;

export const REGIONS = ['push', 'pull', 'legs', 'core'] as const;
export type Region = (typeof REGIONS)[number];

export const NO_MUSCLES: Muscles = 0;
export const ALL_MUSCLES: Muscles = musclesOf(MUSCLE_GROUPS);
export const FULL_BODY: Muscles = musclesOf(['full_body']);

const REGION_GROUPS: Readonly<Record<Region, readonly MuscleGroup[]>> = {
  push: ['chest', 'shoulders', 'triceps'],
  pull: ['back', 'biceps', 'forearms'],
  legs: ['quads', 'hamstrings', 'glutes', 'calves', 'hip_flexors', 'adductors'],
  core: ['core', 'neck'],
};
const REGION_MUSCLES = {
  push: musclesOf(REGION_GROUPS.push),
  pull: musclesOf(REGION_GROUPS.pull),
  legs: musclesOf(REGION_GROUPS.legs),
  core: musclesOf(REGION_GROUPS.core),
};

export function musclesOf(groups: readonly MuscleGroup[]): Muscles {
  let muscles = NO_MUSCLES;
  for (const group of groups) muscles |= 1 << MUSCLE_GROUPS.indexOf(group);
  return muscles;
}

export function groupsOf(region: Region): readonly MuscleGroup[] {
  return REGION_GROUPS[region];
}

export function musclesOfRegion(region: Region): Muscles {
  return REGION_MUSCLES[region];
}

/** All muscles of the regions that these touch. */
export function regionsAround(muscles: Muscles): Muscles {
  return REGIONS.map(musclesOfRegion)
    .filter((region) => meet(region, muscles))
    .reduce((around, region) => around | region, muscles);
}

export function meet(one: Muscles, other: Muscles): boolean {
  return (one & other) !== 0;
}

export function within(muscles: Muscles, limits: Muscles): boolean {
  return (muscles & ~limits) === 0;
}

/** What is tired the day after: an exercise for the full body leaves nothing fresh. */
export function tiredBy(muscles: Muscles): Muscles {
  return meet(muscles, FULL_BODY) ? ALL_MUSCLES : muscles;
}

export function firstOf(groups: readonly MuscleGroup[], limits: Muscles): MuscleGroup | null {
  return groups.find((group) => meet(musclesOf([group]), limits)) ?? null;
}
