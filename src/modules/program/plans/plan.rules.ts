import { grouped } from 'src/common/collections/grouped';
import type { ExerciseCategory } from 'src/modules/performance/exercises/exercise.types';
import type { GeneratedPlan } from 'src/modules/program/generator/generator.types';
import type { ExerciseDraft, SessionDraft, Week } from './plan.types';

/** Its target repetitions are minutes (rules §14.2). */
export function isCountedInMinutes(category: ExerciseCategory): boolean {
  return category === 'cardio' || category === 'yoga';
}

/** What can be told apart of a draft and of the row that it may be the new form of. */
type Key<Draft, Row> = readonly [ofDraft: (draft: Draft) => string, ofRow: (row: Row) => string];

/**
 * Pairs what is wanted with what is there, each once: by the first key as far as that goes, what is left by the next.
 * Of several alike the first is taken.
 */
function paired<Draft, Row>(
  drafts: readonly Draft[],
  rows: readonly Row[],
  keys: readonly Key<Draft, Row>[],
): Map<Draft, Row> {
  const pairs = new Map<Draft, Row>();
  const left = new Set(rows);
  for (const [ofDraft, ofRow] of keys) {
    const queues = grouped([...left].map((row) => [ofRow(row), row]));
    for (const draft of drafts) {
      const row = pairs.has(draft) ? undefined : queues.get(ofDraft(draft))?.shift();
      if (row === undefined) continue;
      pairs.set(draft, row);
      left.delete(row);
    }
  }
  return pairs;
}

interface Placed {
  sessionId: string;
  draft: ExerciseDraft;
}
type Target = Pick<ExerciseDraft, 'exerciseTypeId' | 'targetSets' | 'targetReps' | 'targetWeightKg'>;

const doseOf = (target: Target): string =>
  [target.exerciseTypeId, target.targetSets, target.targetReps, target.targetWeightKg].join();

/**
 * The rows that a week has after an edit. A session stays the same by its day and name, else by its day, else by its
 * name; an exercise as the same dose in its session, else as the same exercise there, else as the same one elsewhere.
 * Whatever stays keeps its id, and so all that was adjusted for somebody. The rest is new, by `newId`.
 */
export function editedWeek(planId: string, before: Week, drafts: readonly SessionDraft[], newId: () => string): Week {
  const kept = paired(drafts, before.sessions, [
    [({ dayOfWeek, name }) => `${String(dayOfWeek)} ${name}`, ({ dayOfWeek, name }) => `${String(dayOfWeek)} ${name}`],
    [({ dayOfWeek }) => String(dayOfWeek), ({ dayOfWeek }) => String(dayOfWeek)],
    [({ name }) => name, ({ name }) => name],
  ]);
  const sessions = drafts.map((draft) => ({ id: kept.get(draft)?.id ?? newId(), draft }));
  const placed: Placed[] = sessions.flatMap(({ id, draft }) =>
    draft.exercises.map((exercise) => ({ sessionId: id, draft: exercise })),
  );
  const keptExercises = paired(placed, before.exercises, [
    [({ sessionId, draft }) => `${sessionId} ${doseOf(draft)}`, (row) => `${row.sessionId} ${doseOf(row)}`],
    [
      ({ sessionId, draft }) => `${sessionId} ${draft.exerciseTypeId}`,
      (row) => `${row.sessionId} ${row.exerciseTypeId}`,
    ],
    [({ draft }) => doseOf(draft), doseOf],
    [({ draft }) => draft.exerciseTypeId, (row) => row.exerciseTypeId],
  ]);
  return {
    sessions: sessions.map(({ id, draft: { exercises: _, ...session } }) => ({ id, planId, ...session })),
    exercises: placed.map((place) => ({
      id: keptExercises.get(place)?.id ?? newId(),
      planId,
      sessionId: place.sessionId,
      ...place.draft,
    })),
  };
}

const EMPTY: Week = { sessions: [], exercises: [] };

/** The rows of a week that there was nothing of before. */
export function newWeek(planId: string, drafts: readonly SessionDraft[], newId: () => string): Week {
  return editedWeek(planId, EMPTY, drafts, newId);
}

const LONGEST_NAME = 200;

/**
 * What a copy is called: `words` around the name of what was copied, which is shortened where both are too long.
 *
 * @param words of a name to the name of its copy
 */
export function copyName(name: string, words: (name: string) => string): string {
  const around = [...words('')].length;
  const characters = [...name];
  const room = LONGEST_NAME - around;
  return words(
    characters.length <= room
      ? name
      : `${characters
          .slice(0, room - 1)
          .join('')
          .trimEnd()}…`,
  );
}

/** A generated week as it is stored. */
export function generatedDrafts({ sessions }: Pick<GeneratedPlan, 'sessions'>): SessionDraft[] {
  return sessions.map(({ dayOfWeek, nameKey, estimatedDurationMin, restSeconds, orderIndex, exercises }) => ({
    ...{ dayOfWeek, name: nameKey, estimatedDurationMin, restSeconds, orderIndex },
    exercises: exercises.map((exercise) => ({
      exerciseTypeId: exercise.exerciseTypeId,
      targetSets: exercise.targetSets,
      targetReps: exercise.targetReps,
      targetWeightKg: null,
      orderIndex: exercise.orderIndex,
    })),
  }));
}
