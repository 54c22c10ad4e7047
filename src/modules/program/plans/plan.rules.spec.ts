import { copyName, editedWeek, newWeek } from './plan.rules';
import type { ExerciseDraft, SessionDraft, Week } from './plan.types';

/** Ids in the order in which they are asked for: new1, new2 … */
function ids(prefix: string): () => string {
  let count = 0;
  return () => `${prefix}${String(++count)}`;
}

const exercise = (exerciseTypeId: string, targetWeightKg: number | null = null, targetReps = 10): ExerciseDraft => ({
  ...{ exerciseTypeId, targetSets: 3, targetReps, targetWeightKg, orderIndex: 0 },
});
const session = (dayOfWeek: number, name: string, exercises: ExerciseDraft[] = []): SessionDraft => ({
  ...{ dayOfWeek, name, estimatedDurationMin: null, restSeconds: 90, orderIndex: 0, exercises },
});

const before = newWeek(
  'plan',
  [
    session(0, 'A', [exercise('squat', 50), exercise('squat', 40), exercise('press')]),
    session(3, 'B', [exercise('row')]),
  ],
  ids('old'),
);
const [monday, thursday] = before.sessions.map(({ id }) => id);
const [heavy, light, press, row] = before.exercises.map(({ id }) => id);

describe('the rows of a week after an edit', () => {
  const edit = (drafts: SessionDraft[]): Week => editedWeek('plan', before, drafts, ids('new'));

  it.each<[string, SessionDraft[], sessions: unknown[], exercises: unknown[]]>([
    [
      'the same week',
      [session(0, 'A', [exercise('squat', 50), exercise('squat', 40), exercise('press')]), session(3, 'B')],
      [monday, thursday],
      [heavy, light, press],
    ],
    ['a day of another name', [session(0, 'Z', [exercise('press')])], [monday], [press]],
    ['a name on another day', [session(6, 'B', [exercise('row')])], [thursday], [row]],
    ['another day of another name', [session(6, 'Z', [exercise('row')])], ['new1'], [row]],
    ['of two alike the same dose', [session(0, 'A', [exercise('squat', 40)])], [monday], [light]],
    ['of two alike in another dose the first', [session(0, 'A', [exercise('squat', 70)])], [monday], [heavy]],
    [
      'an exercise twice where it was once',
      [session(3, 'B', [exercise('row'), exercise('row')])],
      [thursday],
      [row, 'new1'],
    ],
    [
      'an exercise of its own session before one of another',
      [session(3, 'B', [exercise('press')]), session(0, 'A', [exercise('press')])],
      [thursday, monday],
      ['new1', press],
    ],
    ['nothing', [], [], []],
  ])('%s', (_, drafts, sessions, exercises) => {
    const after = edit(drafts);
    expect(after.sessions.map(({ id }) => id)).toEqual(sessions);
    expect(after.exercises.map(({ id }) => id)).toEqual(exercises);
  });
});

describe('the name of a copy', () => {
  const words = (name: string): string => `${name} (copie)`;

  it.each([
    ['Force', 'Force (copie)'],
    ['x'.repeat(192), `${'x'.repeat(192)} (copie)`],
    ['x'.repeat(193), `${'x'.repeat(191)}… (copie)`],
    ['😀'.repeat(200), `${'😀'.repeat(191)}… (copie)`],
  ])('is that of the plan, as far as it fits: %#', (name, expected) => {
    expect(copyName(name, words)).toBe(expected);
    expect([...copyName(name, words)].length).toBeLessThanOrEqual(200);
  });
});
