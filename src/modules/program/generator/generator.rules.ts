import { type Candidate, candidatesOf } from './candidate.rules';
import type {
  CatalogueExercise,
  ChoiceReason,
  GeneratedPlan,
  GeneratedSession,
  RelaxableRule,
  Wishes,
} from './generator.types';
import { minutesOf, type Choice } from './length.rules';
import { firstOf, musclesOf, NO_MUSCLES } from './muscle.rules';
import { notesOf, relaxedBy } from './note.rules';
import { hashOf } from './seed.rules';
import type { Draft } from './session.rules';
import { restSecondsOf, templatesOf } from './template.rules';
import { draftsOf, type WeekPlan } from './week.rules';
import { plannedMinutes } from './wishes.rules';

const WEEKS = 4;
/** Of the exercise that everybody can do, without anything. */
const BREATHING = 'diaphragmatic-breathing';

/**
 * Makes a plan (rules §14): the same one whenever catalogue, wishes and seed are the same, in whatever order the
 * catalogue comes.
 *
 * @throws Error when the catalogue lacks the breathing exercise
 */
export function generate(catalogue: readonly CatalogueExercise[], wishes: Wishes, seed: number): GeneratedPlan {
  const plan: WeekPlan = {
    frame: {
      candidates: candidatesOf(catalogue, wishes),
      minutes: plannedMinutes(wishes),
      restSeconds: restSecondsOf(wishes.goal),
    },
    wishes,
    seed,
    templates: templatesOf(wishes),
    breathing: breathingIn(catalogue),
  };
  const drafts = draftsOf(plan);
  return {
    nameKey: `program.plans.${wishes.goal}`,
    goal: wishes.goal,
    level: wishes.level,
    durationWeeks: WEEKS,
    seed,
    sessions: drafts.map((draft, orderIndex) => sessionFrom(draft, orderIndex, drafts, plan)),
    notes: notesOf(drafts, plan),
  };
}

function sessionFrom(draft: Draft, orderIndex: number, drafts: readonly Draft[], plan: WeekPlan): GeneratedSession {
  const { template, choices } = draft;
  const { restSeconds } = plan.frame;
  return {
    dayOfWeek: template.dayOfWeek,
    nameKey: `program.sessions.${template.name}`,
    estimatedDurationMin: minutesOf(choices, restSeconds),
    restSeconds,
    orderIndex,
    exercises: choices.map((choice, place) => ({
      exerciseTypeId: choice.candidate.exercise.id,
      slug: choice.candidate.exercise.slug,
      targetSets: choice.sets,
      targetReps: choice.reps,
      orderIndex: place,
      reason: reasonOf(choice, relaxedBy(choice, draft, drafts, plan), plan.wishes),
    })),
  };
}

function reasonOf({ block, candidate }: Choice, relaxed: RelaxableRule[], { targetZones }: Wishes): ChoiceReason {
  const { category, primary, difficulty } = candidate.exercise;
  return {
    wantedCategory: block.category,
    wantedMuscles: block.focus.groups,
    category,
    muscle: firstOf(primary, block.focus.muscles),
    targetZone: firstOf(primary, musclesOf(targetZones)),
    level: difficulty,
    relaxed,
  };
}

function breathingIn(catalogue: readonly CatalogueExercise[]): Candidate {
  const exercise = catalogue.find(({ slug }) => slug === BREATHING);
  if (!exercise) throw new Error(`the catalogue has no ${BREATHING}`);
  return { exercise, muscles: NO_MUSCLES, levelRank: 0, hash: hashOf(exercise.slug) };
}
