import { LEVELS } from 'src/modules/client/profile/profile.types';
import type { ExerciseCategory } from 'src/modules/performance/exercises/exercise.types';
import type { CatalogueExercise, Wishes } from './generator.types';
import { FULL_BODY, meet, type Muscles, musclesOf, NO_MUSCLES } from './muscle.rules';
import { hashOf } from './seed.rules';
import { hasEquipmentFor } from './wishes.rules';

/** An exercise that these wishes allow. */
export interface Candidate {
  exercise: CatalogueExercise;
  muscles: Muscles;
  /** 0 at the own level, 1 and 2 below it, 3 and 4 above. */
  levelRank: number;
  hash: number;
}

export type Candidates = ReadonlyMap<ExerciseCategory, readonly Candidate[]>;

const ABOVE = 2;

export function isAbove(candidate: Candidate): boolean {
  return candidate.levelRank > ABOVE;
}

/** All that may be in a plan at all: what is left out here is in none, whatever else has to give way. */
export function candidatesOf(catalogue: readonly CatalogueExercise[], wishes: Wishes): Candidates {
  const injured = musclesOf(wishes.injuryZones);
  const forbidden = injured === NO_MUSCLES ? NO_MUSCLES : injured | FULL_BODY;
  const candidates = new Map<ExerciseCategory, Candidate[]>();
  for (const exercise of catalogue) {
    const muscles = musclesOf(exercise.primary);
    if (meet(muscles, forbidden) || isTooHard(exercise, wishes) || !hasEquipmentFor(wishes, exercise.equipment))
      continue;
    const candidate = { exercise, muscles, levelRank: levelRankOf(exercise, wishes), hash: hashOf(exercise.slug) };
    const known = candidates.get(exercise.category);
    if (known) known.push(candidate);
    else candidates.set(exercise.category, [candidate]);
  }
  return candidates;
}

function isTooHard({ difficulty }: CatalogueExercise, { level }: Wishes): boolean {
  return level === 'beginner' && difficulty === 'advanced';
}

function levelRankOf({ difficulty }: CatalogueExercise, { level }: Wishes): number {
  const below = LEVELS.indexOf(level) - LEVELS.indexOf(difficulty);
  return below >= 0 ? below : ABOVE - below;
}
