import { randomUUID } from 'node:crypto';
import { exerciseId } from 'src/database/exercise-catalogue';
import { startTestApp, type TestApp } from 'test/support/test-app';

interface WireExercise {
  id: string;
  slug: string;
  name: string;
  category: string;
  difficulty: string;
  equipment: string[];
  muscles: { muscle_group: string; role: string }[];
  [field: string]: unknown;
}
interface WirePage {
  items: WireExercise[];
  total: number;
  offset: number;
  limit: number;
  has_more: boolean;
}

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const find = async (query: Record<string, string> = {}, language = 'en'): Promise<WirePage> => {
  const answer = await app.http
    .get(`/exercises?${new URLSearchParams(query).toString()}`)
    .set('Accept-Language', language);
  expect(answer.status).toBe(200);
  return answer.body as WirePage;
};
const slugs = ({ items }: WirePage): string[] => items.map(({ slug }) => slug);
const all = async (query: Record<string, string> = {}): Promise<WireExercise[]> => {
  const { items, total } = await find({ ...query, limit: '100' });
  for (let offset = 100; offset < total; offset += 100)
    items.push(...(await find({ ...query, limit: '100', offset: String(offset) })).items);
  return items;
};
const works = (exercise: WireExercise, muscle: string | null, role: string | null): boolean =>
  exercise.muscles.some(
    (worked) => (muscle ?? worked.muscle_group) === worked.muscle_group && (role ?? worked.role) === worked.role,
  );

describe('one exercise', () => {
  const bench = `/exercises/${exerciseId('barbell-bench-press')}`;

  it('is shown with all its fields, and needs no key', async () => {
    const { body } = await app.http.get(bench).set('Accept-Language', 'en').expect(200);
    expect(body).toEqual({
      id: exerciseId('barbell-bench-press'),
      slug: 'barbell-bench-press',
      name: 'Barbell Bench Press',
      category: 'strength',
      difficulty: 'intermediate',
      equipment: ['barbell', 'bench'],
      video_url: null,
      thumbnail_url: null,
      instructions: [
        'Lie on the bench, feet flat, grip a little wider than your shoulders.',
        'Lower the bar to the middle of your chest.',
        'Press it up until your arms are straight.',
      ],
      muscles: [
        { muscle_group: 'chest', role: 'primary' },
        { muscle_group: 'shoulders', role: 'secondary' },
        { muscle_group: 'triceps', role: 'secondary' },
      ],
    });
  });

  it.each([
    ['fr-FR, en;q=0.5', 'Développé couché', 'Poussez jusqu’à tendre les bras.'],
    ['es', 'Press de banca', 'Empuje hasta estirar los brazos.'],
    ['pt-BR', 'Supino plano', 'Empurre até esticar os braços.'],
    ['de', 'Barbell Bench Press', 'Press it up until your arms are straight.'],
  ])('is told in the language of %s', async (language, name, lastStep) => {
    const { body } = await app.http.get(bench).set('Accept-Language', language).expect(200);
    const { instructions } = body as { instructions: string[] };
    expect(body).toMatchObject({ name });
    expect(instructions.at(-1)).toBe(lastStep);
  });

  it('is told in French to who says nothing, and in the own language to who has an account', async () => {
    expect((await app.http.get(bench)).body).toMatchObject({ name: 'Développé couché' });
    const me = await app.register({ locale: 'pt-PT' });
    expect((await me.http.get(bench)).body).toMatchObject({ name: 'Supino plano' });
  });

  it('may be kept for some minutes in each language, but not by who shows a key', async () => {
    const open = await app.http.get(bench).expect(200);
    expect(open.headers).toMatchObject({ 'cache-control': 'public, max-age=300', vary: 'Origin, Accept-Language' });
    expect(open.headers['content-type']).toMatch(/^application\/json/);
    const me = await app.register();
    expect((await me.http.get(bench)).headers).toMatchObject({ 'cache-control': 'no-store' });
    const refused = await app.http.get(`/exercises/${randomUUID()}`);
    expect(refused.headers).toMatchObject({ 'cache-control': 'no-store' });
  });

  it('is a 404 when the catalogue does not have it, and a 422 when the id is none', async () => {
    const answer = await app.http.get(`/exercises/${randomUUID()}`).set('Accept-Language', 'es').expect(404);
    expect(answer.body).toMatchObject({
      detail: 'exercise_not_found',
      message: 'Este ejercicio no está en el catálogo.',
    });
    await app.http.get('/exercises/barbell-bench-press').expect(422);
  });

  it('shows a video and a picture once it has them', async () => {
    const id = exerciseId('plank-shoulder-tap');
    await app.database.query('UPDATE exercise_types SET video_url = $2, thumbnail_url = $3 WHERE id = $1', [
      id,
      'https://media.example.com/tap.mp4',
      'https://media.example.com/tap.jpg',
    ]);
    expect((await app.http.get(`/exercises/${id}`)).body).toMatchObject({
      video_url: 'https://media.example.com/tap.mp4',
      thumbnail_url: 'https://media.example.com/tap.jpg',
    });
  });
});

describe('the list of exercises', () => {
  it('goes by slug, and turns its pages without showing one twice or none', async () => {
    const first = await find();
    expect(first).toMatchObject({ offset: 0, limit: 50, has_more: true });
    expect(first.total).toBeGreaterThanOrEqual(120);
    const seen: string[] = [];
    for (let offset = 0; offset < first.total; offset += 37) {
      const page = await find({ offset: String(offset), limit: '37' });
      expect(page.has_more).toBe(offset + 37 < first.total);
      seen.push(...slugs(page));
    }
    expect(seen).toEqual([...new Set(seen)].sort());
    expect(seen).toHaveLength(first.total);
    expect(await find({ offset: '9999' })).toMatchObject({ items: [], total: first.total, has_more: false });
  });

  it.each([
    ['a name without its accents', { q: 'developpe couche prise' }, 'fr', ['close-grip-bench-press']],
    ['a name in other capitals', { q: 'SUPINO PLANO' }, 'pt', ['barbell-bench-press']],
    ['a name in Spanish', { q: 'peso muerto sumo' }, 'es', ['sumo-deadlift']],
    ['a name with its accents', { q: 'épaulé debout' }, 'fr', ['power-clean']],
    ['words in any order', { q: 'press pallof' }, 'en', ['band-pallof-press']],
    ['a slug as it is written', { q: 'one-arm-table-row' }, 'fr', ['one-arm-table-row']],
    ['words of the slug in any language', { q: 'table row arm' }, 'pt', ['one-arm-table-row']],
    ['no name of another language', { q: 'développé couché' }, 'en', []],
    ['nothing of what no exercise is called', { q: 'xyzzy' }, 'en', []],
    ['signs that would match anything', { q: '%' }, 'en', []],
    ['a sign that would match one character', { q: 'barbell_bench' }, 'en', []],
    ['a backslash', { q: '\\' }, 'en', []],
    ['a quote', { q: `'; DROP TABLE exercise_types; --` }, 'en', []],
  ])('finds by %s', async (_, query, language, found) => {
    expect(slugs(await find(query, language))).toEqual(found);
  });

  it.each<[string, Record<string, string>, (exercise: WireExercise) => boolean]>([
    ['category', { category: 'strength' }, ({ category }) => category === 'strength'],
    ['difficulty', { difficulty: 'advanced' }, ({ difficulty }) => difficulty === 'advanced'],
    ['muscle', { muscle_group: 'forearms' }, (exercise) => works(exercise, 'forearms', null)],
    ['part of a muscle', { muscle_role: 'secondary' }, (exercise) => works(exercise, null, 'secondary')],
    [
      'muscle and its part',
      { muscle_group: 'back', muscle_role: 'primary' },
      (exercise) => works(exercise, 'back', 'primary'),
    ],
    [
      'category and difficulty',
      { category: 'strength', difficulty: 'beginner' },
      ({ category, difficulty }) => category === 'strength' && difficulty === 'beginner',
    ],
    [
      'difficulty and muscle',
      { difficulty: 'intermediate', muscle_group: 'glutes' },
      (exercise) => exercise.difficulty === 'intermediate' && works(exercise, 'glutes', null),
    ],
    [
      'text and muscle',
      { q: 'dumbbell', muscle_group: 'chest' },
      (exercise) => exercise.slug.includes('dumbbell') && works(exercise, 'chest', null),
    ],
  ])('holds, filtered by %s, all of these and no other', async (_, query, fits) => {
    const expected = (await all()).filter(fits).map(({ slug }) => slug);
    expect(expected.length).toBeGreaterThan(3);
    expect((await all(query)).map(({ slug }) => slug)).toEqual(expected);
  });

  it('knows what can be done on a machine', async () => {
    expect(slugs(await find({ machine_type: 'smith' }))).toEqual(['smith-machine-bench-press', 'smith-machine-squat']);
    expect(slugs(await find({ machine_type: 'smith', muscle_group: 'quads' }))).toEqual(['smith-machine-squat']);
    expect(slugs(await find({ machine_type: 'row', q: 'cable' }))).toEqual(['seated-cable-row']);
  });

  it.each([
    ['category=dance', 'category invalid_value'],
    ['difficulty=expert', 'difficulty invalid_value'],
    ['muscle_group=ear', 'muscle_group invalid_value'],
    ['muscle_role=main', 'muscle_role invalid_value'],
    ['machine_type=crane', 'machine_type invalid_value'],
    ['category=yoga&category=cardio', 'category invalid_value'],
    ['q=', 'q required'],
    [`q=${'x'.repeat(101)}`, 'q too_long'],
    ['limit=101', 'limit too_large'],
    ['offset=-1', 'offset too_small'],
  ])('refuses %s', async (query, fault) => {
    const answer = await app.http.get(`/exercises?${query}`).expect(422);
    const { errors } = answer.body as { errors: { field: string; code: string }[] };
    expect(errors.map(({ field, code }) => `${field} ${code}`)).toEqual([fault]);
  });

  it('takes a text of a hundred characters', async () => {
    expect((await find({ q: 'x'.repeat(100) })).items).toEqual([]);
  });

  it('costs two queries, for one exercise as for a hundred', async () => {
    const cost = async (limit: number): Promise<number> => {
      const before = app.queryCount();
      expect((await find({ limit: String(limit) })).items).toHaveLength(limit);
      return app.queryCount() - before;
    };
    expect([await cost(1), await cost(100)]).toEqual([2, 2]);
  });
});
