import { readFileSync } from 'node:fs';
import type { Level } from 'src/modules/client/profile/profile.types';
import type { Equipment, MuscleGroup } from 'src/modules/client/questionnaire/questionnaire.types';
import type { ExerciseCategory } from 'src/modules/performance/exercises/exercise.types';
import { generate } from './generator.rules';
import { type CatalogueExercise, type GeneratedPlan, NOTE_RULES, PLAN_GOALS, type Wishes } from './generator.types';

/** `strength chest beginner 1`: what it is, as its slug says, and what it needs. */
function exercise(slug: string, ...equipment: Equipment[]): CatalogueExercise {
  const [category, muscle, difficulty] = slug.split(' ');
  return {
    id: `id of ${slug}`,
    slug,
    category: category as ExerciseCategory,
    difficulty: difficulty as Level,
    equipment,
    primary: muscle === 'none' ? [] : [muscle as MuscleGroup],
  };
}

const breathing: CatalogueExercise = { ...exercise('other none beginner'), slug: 'diaphragmatic-breathing' };
const wish = (wishes: Partial<Wishes> = {}): Wishes => ({
  goal: 'muscle_gain',
  level: 'beginner',
  frequency: 3,
  durationMin: 15,
  equipment: ['bodyweight'],
  targetZones: [],
  injuryZones: [],
  ...wishes,
});
const planOf = (slugs: readonly string[], wishes: Partial<Wishes> = {}, seed = 1): GeneratedPlan =>
  generate([breathing, ...slugs.map((slug) => exercise(slug))], wish(wishes), seed);
const sessionsOf = ({ sessions }: GeneratedPlan): string[][] =>
  sessions.map(({ exercises }) => exercises.map(({ slug }) => slug));
const notesOf = ({ notes }: GeneratedPlan): string[] =>
  notes.map(({ rule, dayOfWeek }) => `${rule} ${dayOfWeek === null ? 'week' : String(dayOfWeek)}`);
const each = (category: string, level: string, ...muscles: string[]): string[] =>
  muscles.flatMap((muscle) => [1, 2, 3].map((number) => `${category} ${muscle} ${level} ${String(number)}`));

const PULL_AND_LEGS = [...each('strength', 'beginner', 'back', 'biceps'), ...each('strength', 'beginner', 'quads')];

describe('a generated plan', () => {
  it('has the days of its table, doses, rest and length, and says why each exercise is there', () => {
    const plan = planOf([...each('strength', 'beginner', 'chest', 'triceps'), ...PULL_AND_LEGS], { durationMin: 20 });
    expect(plan).toMatchObject({
      nameKey: 'program.plans.muscle_gain',
      goal: 'muscle_gain',
      level: 'beginner',
      durationWeeks: 4,
      seed: 1,
      notes: [],
    });
    expect(plan.sessions.map(({ dayOfWeek, nameKey }) => `${String(dayOfWeek)} ${nameKey}`)).toEqual([
      '0 program.sessions.push',
      '2 program.sessions.pull',
      '4 program.sessions.legs',
    ]);
    // 5 min + 4 × (8 × 4 s + 90 s) + 3 × (10 × 4 s + 90 s) + 3 × (12 × 4 s + 90 s) = 26.5 min
    expect(plan.sessions[0]).toMatchObject({ estimatedDurationMin: 27, restSeconds: 90, orderIndex: 0 });
    const [first, second] = plan.sessions[0]?.exercises ?? [];
    expect(first).toMatchObject({
      exerciseTypeId: `id of ${String(first?.slug)}`,
      targetSets: 4,
      targetReps: 8,
      orderIndex: 0,
      reason: {
        wantedCategory: 'strength',
        wantedMuscles: ['chest', 'shoulders', 'triceps'],
        category: 'strength',
        muscle: 'chest',
        targetZone: null,
        level: 'beginner',
        relaxed: [],
      },
    });
    expect(second).toMatchObject({ targetSets: 3, targetReps: 10, reason: { muscle: 'triceps' } });
  });

  it('begins with the wished zone, and prefers it among what else is as good', () => {
    const slugs = [...each('strength', 'beginner', 'chest', 'shoulders', 'triceps'), ...PULL_AND_LEGS];
    const first = (targetZones: MuscleGroup[]): string | undefined =>
      sessionsOf(planOf(slugs, { targetZones }))[0]?.[0]?.split(' ')[1];
    expect([first([]), first(['shoulders']), first(['triceps'])]).toEqual(['chest', 'shoulders', 'triceps']);
  });

  it('prefers the own level, then lower ones', () => {
    const levels = ['beginner', 'intermediate', 'advanced'].map((level) => `strength chest ${level} 1`);
    const first = (level: Level): string | undefined =>
      sessionsOf(planOf([...levels, ...PULL_AND_LEGS], { level, durationMin: 15 }))[0]?.[0];
    expect([first('beginner'), first('intermediate'), first('advanced')]).toEqual(levels);
    const lower = planOf(levels.slice(0, 2), { level: 'advanced', frequency: 1 });
    expect(sessionsOf(lower)[0]?.slice(0, 2)).toEqual(['strength chest intermediate 1', 'strength chest beginner 1']);
  });

  it('is another one with another seed, and has another order on another day', () => {
    const slugs = Array.from({ length: 12 }, (_, number) => `strength chest beginner ${String(number)}`);
    const plans = [1, 2, 3].map((seed) => JSON.stringify(sessionsOf(planOf(slugs, { frequency: 2 }, seed))));
    expect(new Set(plans).size).toBe(3);
    const [monday, thursday] = sessionsOf(planOf(slugs, { frequency: 2 }));
    expect(monday).not.toEqual(thursday);
  });

  it('fits its length: fewer exercises, other ones, more sets, more minutes', () => {
    const cardio = ['cardio none beginner 1', ...each('strength', 'beginner', 'core')];
    const lengthOf = (durationMin: number): number[] =>
      planOf(cardio, { goal: 'endurance', durationMin }).sessions.map((session) => session.estimatedDurationMin);
    expect(lengthOf(20)[0]).toBe(20);
    const [long] = planOf(cardio, { goal: 'endurance', durationMin: 90 }).sessions;
    // Cardio for 45 minutes; nothing else is as long, so the others get six sets, and cardio the rest.
    expect(long?.exercises.map(({ targetSets, targetReps }) => `${String(targetSets)}×${String(targetReps)}`)).toEqual([
      '1×47',
      '6×20',
      '6×20',
      '6×20',
    ]);
    expect(long?.estimatedDurationMin).toBe(90);
  });

  it('plans a wish above two hours as two hours, and says so', () => {
    const slugs = each('flexibility', 'beginner', 'none', 'chest').concat(each('yoga', 'beginner', 'none'));
    const wishes = { goal: 'rehab', frequency: 3 } as const;
    const capped = planOf([...slugs, ...each('rehab', 'beginner', 'none', 'back')], { ...wishes, durationMin: 121 });
    expect(notesOf(capped)).toContain('duration_capped week');
    expect(planOf(slugs, { ...wishes, durationMin: 120 }).sessions).toEqual(
      planOf(slugs, { ...wishes, durationMin: 240 }).sessions,
    );
  });

  it('is refused without the one exercise that everybody can do', () => {
    expect(() => generate([exercise('strength chest beginner 1')], wish(), 1)).toThrow('diaphragmatic-breathing');
  });

  it('has names and notes that are translated', () => {
    const texts = JSON.parse(readFileSync('i18n/en/program.json', 'utf8')) as Record<string, Record<string, string>>;
    const keys = PLAN_GOALS.flatMap((goal) =>
      [1, 2, 3, 4, 5, 6, 7].flatMap((frequency) => {
        const { nameKey, sessions } = planOf([], { goal, frequency });
        return [nameKey, ...sessions.map((session) => session.nameKey)];
      }),
    );
    const missing = [...keys, ...NOTE_RULES.map((rule) => `program.notes.${rule}`)].filter((key) => {
      const [, section = '', name = ''] = key.split('.');
      return !texts[section]?.[name];
    });
    expect(missing).toEqual([]);
  });
});

describe('what gives way when the catalogue has too little', () => {
  const push = ['strength chest beginner 1', 'strength triceps beginner 1'];

  it('is the kind of exercise before the level', () => {
    const plan = planOf([
      ...each('rehab', 'beginner', 'chest'),
      ...each('strength', 'intermediate', 'chest'),
      ...PULL_AND_LEGS,
    ]);
    expect(notesOf(plan)).toEqual(['template_category 0']);
  });

  it('is the level before the muscles of the day', () => {
    const plan = planOf([...each('strength', 'intermediate', 'chest'), ...PULL_AND_LEGS]);
    expect(notesOf(plan)).toEqual(['level 0']);
    expect(plan.sessions[0]?.exercises.map(({ reason }) => reason.relaxed)).toEqual([['level'], ['level']]);
  });

  it('is one exercise of a day before the balance of the week', () => {
    const core = each('strength', 'beginner', 'core');
    const slugs = ['cardio none beginner 1', 'hiit none beginner 1', ...core, ...PULL_AND_LEGS];
    const wishes = { goal: 'lose_weight', durationMin: 30 } as const;
    const mixed = planOf([...slugs, 'strength triceps beginner 1'], wishes);
    // The cardio of Monday is what stands for no muscle.
    expect(notesOf(mixed)).toEqual(['template_category 0']);
    expect(notesOf(planOf(slugs, wishes))).toEqual(['balance week']);
  });

  it('is the length when even six sets of everything do not fill the time', () => {
    const plan = planOf(each('strength', 'beginner', 'chest'), { frequency: 1, durationMin: 75 });
    expect(notesOf(plan)).toEqual(['session_length 0']);
    expect(plan.sessions[0]).toMatchObject({ estimatedDurationMin: 44 });
    expect(plan.sessions[0]?.exercises.map(({ targetSets }) => targetSets)).toEqual([6, 6, 6]);
  });

  it('is no muscle that works the day before or after, as long as there is another', () => {
    const rest = ['back', 'biceps', 'quads', 'glutes', 'core', 'neck'];
    const slugs = [...each('strength', 'beginner', ...rest), ...each('yoga', 'beginner', 'core')];
    const plan = planOf([...slugs, ...each('flexibility', 'beginner', 'core')], { frequency: 7, durationMin: 30 });
    const musclesOf = (place: number): string[] => [
      ...new Set(sessionsOf(plan)[place]?.map((slug) => slug.split(' ')[1] ?? '')),
    ];
    // Neither Monday nor Thursday has its own; Sunday is for the core, Tuesday for the back, Wednesday for the legs.
    expect(notesOf(plan)).toEqual(['balance week', 'focus 0', 'focus 3']);
    expect(musclesOf(0).every((muscle) => ['quads', 'glutes'].includes(muscle))).toBe(true);
    expect(musclesOf(3).every((muscle) => ['core', 'neck'].includes(muscle))).toBe(true);
  });

  it('is the rest of a muscle when the catalogue has no other, and Sunday counts as the day before Monday', () => {
    const many = Array.from({ length: 12 }, (_, number) => `strength chest beginner ${String(number)}`);
    const notes = notesOf(planOf(many, { frequency: 7, durationMin: 30 }));
    expect(notes).toEqual(expect.arrayContaining(['focus 1', 'consecutive_muscle 1', 'consecutive_muscle 0']));
    expect(notes).not.toContain('focus 0');
  });

  it('lets no hiit follow hiit in a week of four, and something like it takes the place', () => {
    const muscles = ['chest', 'back', 'quads', 'core'];
    const slugs = [...each('strength', 'beginner', ...muscles), ...each('cardio', 'beginner', 'none')];
    const plan = planOf([...slugs, ...each('hiit', 'beginner', 'none')], {
      goal: 'lose_weight',
      frequency: 4,
      durationMin: 45,
    });
    expect(notesOf(plan)).toEqual(['template_category 1']);
    const kinds = sessionsOf(plan).map((session) => session.map((slug) => slug.split(' ')[0]));
    expect(kinds.map((session) => session.includes('hiit'))).toEqual([true, false, true, true]);
    expect(plan.sessions[1]?.exercises.find(({ reason }) => reason.relaxed.length > 0)).toMatchObject({
      targetSets: 1,
      targetReps: 5,
      reason: { wantedCategory: 'hiit', category: 'cardio', relaxed: ['template_category'] },
    });
  });

  it('is everything but the person: without anything that fits there is breathing alone', () => {
    const all: MuscleGroup[] = ['chest', 'back', 'quads'];
    const plan = planOf([...push.slice(0, 1), ...PULL_AND_LEGS.slice(0, 1)], { injuryZones: [...all, 'triceps'] });
    expect(sessionsOf(plan)).toEqual([[breathing.slug], [breathing.slug], [breathing.slug]]);
    expect(notesOf(plan)).toEqual(expect.arrayContaining(['balance week', 'template_category 0']));
  });
});
