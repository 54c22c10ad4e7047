import { Client } from 'pg';
import { exerciseId, loadExercises, type SeededExercise } from 'src/database/exercise-catalogue';
import { seed } from 'src/database/seed';
import { readExercises } from 'test/architecture/exercises';
import { createTestDatabase, type TestDatabase } from 'test/support/test-database';

const ONE: SeededExercise = {
  slug: 'moon-walk',
  category: 'sport',
  difficulty: 'advanced',
  equipment: ['bands'],
  primary: ['calves'],
  secondary: ['core', 'glutes'],
  machines: ['treadmill'],
  names: { en: 'Moon Walk', fr: 'Marche lunaire', es: 'Paso lunar', pt: 'Passo lunar' },
  instructions: {
    en: ['Slide back.', 'Smile.'],
    fr: ['Glissez en arrière.', 'Souriez.'],
    es: ['Deslícese hacia atrás.', 'Sonría.'],
    pt: ['Deslize para trás.', 'Sorria.'],
  },
};
const THEN = new Date('2026-03-02T06:00:00Z');
const LATER = new Date('2026-04-02T06:00:00Z');

describe('the seeds of the catalogue', () => {
  let testDatabase: TestDatabase;
  let database: Client;

  beforeEach(async () => {
    testDatabase = await createTestDatabase();
    database = new Client(testDatabase.url);
    await database.connect();
  });
  afterEach(async () => {
    await database.end();
    await testDatabase.drop();
  });

  const load = (exercises: SeededExercise[], at = THEN): Promise<void> =>
    loadExercises(database, JSON.stringify(exercises), at);
  const rows = async (table: string, id = exerciseId(ONE.slug)): Promise<Record<string, unknown>[]> => {
    const column = table === 'exercise_types' ? 'id' : 'exercise_type_id';
    const order = table === 'exercise_types' ? '1' : '1, 2';
    return (
      await database.query<Record<string, unknown>>(`SELECT * FROM ${table} WHERE ${column} = $1 ORDER BY ${order}`, [
        id,
      ])
    ).rows;
  };

  it('are in every new database, whole, in four languages', async () => {
    const written = [...readExercises().values()].flat();
    const { rows: held } = await database.query<{ id: string; slug: string; texts: number; muscles: number }>(
      `SELECT id, slug,
              (SELECT count(*)::int FROM exercise_texts WHERE exercise_type_id = type.id) AS texts,
              (SELECT count(*)::int FROM exercise_muscles WHERE exercise_type_id = type.id) AS muscles
       FROM exercise_types AS type ORDER BY slug COLLATE "C"`,
    );
    expect(held).toEqual(
      written
        .map(({ slug, primary, secondary }) => ({
          id: exerciseId(slug),
          slug,
          texts: 4,
          muscles: primary.length + secondary.length,
        }))
        .sort((left, right) => (left.slug < right.slug ? -1 : 1)),
    );
  });

  it('are loaded once, for production too, and nothing else when only they are asked for', async () => {
    await database.query('DELETE FROM seed_files');
    const files = [...readExercises().keys()].map((file) => `exercises/${file}`).sort();
    expect(await seed(testDatabase.url, { samples: false, only: 'exercises/' })).toEqual(files);
    expect(await seed(testDatabase.url, { samples: false, only: 'exercises/' })).toEqual([]);
    expect(await seed(testDatabase.url, { samples: false })).toEqual(['blocked-domains.txt', 'gym-chains.txt']);
  });

  it('bring an exercise with all that the file says', async () => {
    await load([ONE]);
    expect(await rows('exercise_types')).toEqual([
      {
        id: '8038d8ec-8334-57c4-9d75-31e365e60817',
        slug: 'moon-walk',
        category: 'sport',
        difficulty: 'advanced',
        equipment: ['bands'],
        machine_types: ['treadmill'],
        video_url: null,
        thumbnail_url: null,
        created_at: THEN,
        updated_at: THEN,
      },
    ]);
    expect(await rows('exercise_texts')).toMatchObject([
      { language: 'en', name: 'Moon Walk', instructions: ['Slide back.', 'Smile.'] },
      { language: 'es', name: 'Paso lunar', instructions: ['Deslícese hacia atrás.', 'Sonría.'] },
      { language: 'fr', name: 'Marche lunaire', instructions: ['Glissez en arrière.', 'Souriez.'] },
      { language: 'pt', name: 'Passo lunar', instructions: ['Deslize para trás.', 'Sorria.'] },
    ]);
    expect(await rows('exercise_muscles')).toMatchObject([
      { muscle_group: 'calves', role: 'primary' },
      { muscle_group: 'core', role: 'secondary' },
      { muscle_group: 'glutes', role: 'secondary' },
    ]);
  });

  it('change what has changed in the file, and leave a video where it is', async () => {
    await load([ONE]);
    await database.query(`UPDATE exercise_types SET video_url = 'https://media.example.com/moon.mp4' WHERE slug = $1`, [
      ONE.slug,
    ]);
    await load(
      [
        {
          ...ONE,
          difficulty: 'beginner',
          primary: ['core'],
          secondary: [],
          names: { ...ONE.names, fr: 'Pas de lune' },
        },
      ],
      LATER,
    );
    expect(await rows('exercise_types')).toMatchObject([
      {
        difficulty: 'beginner',
        video_url: 'https://media.example.com/moon.mp4',
        created_at: THEN,
        updated_at: LATER,
      },
    ]);
    expect(await rows('exercise_muscles')).toMatchObject([{ muscle_group: 'core', role: 'primary' }]);
    expect((await rows('exercise_texts')).map(({ name }) => name)).toContain('Pas de lune');
  });

  it('leave an exercise that a file no longer has: somebody may have trained it', async () => {
    await load([ONE, { ...ONE, slug: 'star-walk' }]);
    await load([{ ...ONE, slug: 'star-walk' }], LATER);
    expect(await rows('exercise_types')).toHaveLength(1);
    expect(await rows('exercise_texts')).toHaveLength(4);
  });

  it.each([
    ['category', { category: 'dance' }],
    ['difficulty', { difficulty: 'expert' }],
    ['equipment', { equipment: ['bodyweight'] }],
    ['machines', { machines: ['crane'] }],
    ['muscle', { primary: ['ear'] }],
    ['steps', { instructions: { ...ONE.instructions, fr: [] } }],
  ])('are refused by the tables themselves with a wrong %s', async (_, changes) => {
    await expect(load([{ ...ONE, ...changes }])).rejects.toMatchObject({ code: '23514' });
  });
});
