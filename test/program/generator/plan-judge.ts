import type {
  CatalogueExercise,
  GeneratedExercise,
  GeneratedPlan,
  GeneratedSession,
  Wishes,
} from 'src/modules/program/generator/generator.types';
import { regionOf, REST, type TableBlock, type TableDay, tableOf } from './week-table';

/** What a plan is, read off the plan alone by somebody who does not know how it was made. */
export interface Verdict {
  /** Of what is always true (rules §14.3, 1–5), and of the shape. */
  faults: string[];
  /** What it does not keep of 7–13, as `rule day`; to be what its notes say. */
  missed: string[];
}

type Known = ReadonlyMap<string, CatalogueExercise>;

const LEVELS = ['beginner', 'intermediate', 'advanced'];
const TIMED = ['cardio', 'yoga'];
const EVERYBODYS = 'diaphragmatic-breathing';

export function judge(known: Known, wishes: Wishes, plan: GeneratedPlan): Verdict {
  const table = tableOf(wishes.goal, wishes.frequency);
  const days = plan.sessions.map(({ dayOfWeek }) => dayOfWeek).join();
  const faults: string[] = [];
  if (days !== table.map(({ day }) => day).join()) faults.push(`sessions on ${days}`);
  const missed = new Set<string>();
  if (wishes.durationMin > 120) missed.add('duration_capped week');
  if (lacksBalance(known, wishes, plan)) missed.add('balance week');
  plan.sessions.forEach((session, place) => {
    const day = table[place];
    if (!day) return;
    faults.push(...faultsOf(known, wishes, session, place, day));
    const found = [...dayMisses(known, wishes, session), ...neighbourMisses(known, wishes, session, plan)];
    for (const rule of found) missed.add(`${rule} ${String(session.dayOfWeek)}`);
  });
  return { faults, missed: [...missed].sort() };
}

export function notesIn({ notes }: GeneratedPlan): string[] {
  return notes.map(({ rule, dayOfWeek }) => `${rule} ${dayOfWeek === null ? 'week' : String(dayOfWeek)}`).sort();
}

const typeOf = (known: Known, slug: string): CatalogueExercise => {
  const exercise = known.get(slug);
  if (!exercise) throw new Error(`${slug} is in no catalogue`);
  return exercise;
};

function faultsOf(
  known: Known,
  wishes: Wishes,
  session: GeneratedSession,
  place: number,
  { blocks }: TableDay,
): string[] {
  const { exercises, dayOfWeek } = session;
  const faults: string[] = [];
  if (exercises.length === 0) faults.push('nothing to do');
  if (new Set(exercises.map(({ slug }) => slug)).size < exercises.length) faults.push('an exercise twice');
  if (session.restSeconds !== REST[wishes.goal] || session.orderIndex !== place) faults.push('rest or order');
  if (session.estimatedDurationMin !== lengthOf(known, session)) faults.push('its length is told wrong');
  const isWhole = isTimeFor(blocks, wishes) && exercises.length >= blocks.length;
  const mayHaveGaps = exercises.some(({ slug, reason }) => slug === EVERYBODYS || reason.relaxed.length > 0);
  if (isTimeFor(blocks, wishes) && !isWhole && !mayHaveGaps) faults.push('a place is not taken');
  const hasAll = wishes.equipment.length === 0 || wishes.equipment.includes('full_gym');
  exercises.forEach((exercise, order) => {
    const { slug } = exercise;
    const { id, equipment, primary, difficulty } = typeOf(known, slug);
    if (id !== exercise.exerciseTypeId || order !== exercise.orderIndex) faults.push(`${slug}: id or order`);
    if (!hasAll && equipment.some((thing) => !['bodyweight', ...wishes.equipment].includes(thing)))
      faults.push(`${slug}: needs ${equipment.join()}`);
    if (primary.some((muscle) => wishes.injuryZones.includes(muscle))) faults.push(`${slug}: hurts`);
    if (primary.includes('full_body') && wishes.injuryZones.length > 0) faults.push(`${slug}: hurts somewhere`);
    if (wishes.level === 'beginner' && difficulty === 'advanced') faults.push(`${slug}: too hard`);
    if (!hasPlace(known, exercise, isWhole ? blocks[order] : undefined, blocks))
      faults.push(`${slug}: stands in no place of the table`);
  });
  return faults.map((fault) => `${String(dayOfWeek)}: ${fault}`);
}

/** Its place is one of the day's, the first ones in their order when there is time, and its dose is that of the place. */
function hasPlace(
  known: Known,
  exercise: GeneratedExercise,
  block: TableBlock | undefined,
  blocks: readonly TableBlock[],
): boolean {
  const { slug, targetSets, targetReps, reason } = exercise;
  const matches = (one: TableBlock): boolean =>
    one.category === reason.wantedCategory && one.muscles.join() === reason.wantedMuscles.join();
  if (!(block ? matches(block) : blocks.some(matches))) return false;
  if (typeOf(known, slug).category !== reason.wantedCategory) return true;
  if (TIMED.includes(reason.wantedCategory)) return targetSets === 1 && targetReps >= 5 && targetReps <= 60;
  return targetSets >= 2 && targetSets <= 6 && blocks.some((one) => matches(one) && one.reps === targetReps);
}

function isTimeFor(blocks: readonly TableBlock[], { goal, durationMin }: Wishes): boolean {
  const seconds = blocks.map(({ category, sets, reps }) => secondsOf(category, sets, reps, REST[goal]));
  // Whatever stands in for another may take a minute more.
  return minutesOf(seconds) < Math.min(durationMin, 120) + 10;
}

function dayMisses(known: Known, wishes: Wishes, session: GeneratedSession): string[] {
  const missed: string[] = [];
  const wished = Math.min(wishes.durationMin, 120);
  if (Math.abs(lengthOf(known, session) - wished) > 10) missed.push('session_length');
  for (const { slug, reason } of session.exercises) {
    const { category, difficulty, primary } = typeOf(known, slug);
    const { wantedCategory, wantedMuscles } = reason;
    if (category !== wantedCategory) missed.push('template_category');
    if (LEVELS.indexOf(difficulty) > LEVELS.indexOf(wishes.level)) missed.push('level');
    const strays = wantedMuscles.length > 0 && primary.some((muscle) => !wantedMuscles.includes(muscle));
    if (strays || (primary.length === 0 && wantedCategory === 'strength')) missed.push('focus');
  }
  return missed;
}

function neighbourMisses(
  known: Known,
  wishes: Wishes,
  session: GeneratedSession,
  { sessions }: GeneratedPlan,
): string[] {
  const before = sessions.find(({ dayOfWeek }) => (dayOfWeek + 1) % 7 === session.dayOfWeek);
  if (!before) return [];
  const missed: string[] = [];
  const [today, yesterday] = [worked(known, session), worked(known, before)];
  const isWhole = (muscles: readonly string[], others: readonly string[]): boolean =>
    muscles.includes('full_body') && others.length > 0;
  if (today.some((muscle) => yesterday.includes(muscle)) || isWhole(today, yesterday) || isWhole(yesterday, today))
    missed.push('consecutive_muscle');
  const isIntense = ({ exercises }: GeneratedSession): boolean =>
    exercises.some(({ slug }) => typeOf(known, slug).category === 'hiit');
  if (wishes.frequency <= 4 && isIntense(session) && isIntense(before)) missed.push('consecutive_intensity');
  return missed;
}

function lacksBalance(known: Known, { goal, frequency }: Wishes, { sessions }: GeneratedPlan): boolean {
  if (frequency < 3 || (goal !== 'lose_weight' && goal !== 'muscle_gain')) return false;
  const muscles = sessions.flatMap((session) => worked(known, session));
  const isWorked = (region: string): boolean => regionOf(region).some((muscle) => muscles.includes(muscle));
  return !['push', 'pull', 'legs'].every(isWorked);
}

function worked(known: Known, { exercises }: GeneratedSession): readonly string[] {
  return exercises.flatMap(({ slug }) => typeOf(known, slug).primary);
}

function lengthOf(known: Known, { exercises, restSeconds }: GeneratedSession): number {
  return minutesOf(
    exercises.map(({ slug, targetSets, targetReps }) =>
      secondsOf(typeOf(known, slug).category, targetSets, targetReps, restSeconds),
    ),
  );
}

function secondsOf(category: string, sets: number, reps: number, restSeconds: number): number {
  return TIMED.includes(category) ? sets * reps * 60 : sets * (reps * 4 + restSeconds);
}

function minutesOf(seconds: readonly number[]): number {
  return Math.round(5 + seconds.reduce((sum, each) => sum + each, 0) / 60);
}
