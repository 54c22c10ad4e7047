import { randomUUID } from 'node:crypto';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

interface Refusal {
  detail: string;
  errors?: { field: string; code: string }[];
}

const ALL = ['muscu', 'cardio', 'yoga', 'pilates', 'crossfit', 'natation', 'boxe', 'running', 'nutrition'].concat([
  'bien_etre',
  'rehabilitation',
  'sport_co',
  'autre',
]);

let app: TestApp;
let coach: TestPerson;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(async () => {
  await app.close();
});
beforeEach(async () => {
  coach = await coachWith(['yoga']);
});

async function coachWith(specialties: string[]): Promise<TestPerson> {
  const person = await app.register({ role: 'coach' });
  expect((await person.http.post('/coaches/profile').send({ specialties })).status).toBe(201);
  return person;
}

const add = (specialty: unknown, person = coach) =>
  person.http.post('/coaches/profile/specialties').send({ specialty });
const remove = (specialty: string, person = coach) => person.http.delete(`/coaches/profile/specialties/${specialty}`);

async function own(person = coach): Promise<string[]> {
  return ((await person.http.get('/coaches/profile')).body as { specialties: string[] }).specialties;
}

describe('adding a specialty', () => {
  it('answers all of them, and says whether it was there already', async () => {
    const added = await add('boxe');
    expect(added.status).toBe(201);
    expect(added.body).toEqual(['yoga', 'boxe']);
    const again = await add('boxe');
    expect(again.status).toBe(200);
    expect(again.body).toEqual(['yoga', 'boxe']);
    expect(await own()).toEqual(['yoga', 'boxe']);
  });

  it('gives the first answer again to the same key, with its status', async () => {
    const key = randomUUID();
    const send = () => add('boxe').set('Idempotency-Key', key);
    const [first, repeat] = [await send(), await send()];
    expect([first.status, repeat.status]).toEqual([201, 201]);
    expect(repeat.headers['idempotent-replayed']).toBe('true');
    expect(repeat.body).toEqual(first.body);
    const found = randomUUID();
    const sendAgain = () => add('boxe').set('Idempotency-Key', found);
    expect([(await sendAgain()).status, (await sendAgain()).status]).toEqual([200, 200]);
  });

  it.each([
    [undefined, 'required'],
    [null, 'required'],
    ['karate', 'invalid_specialty'],
    ['Yoga', 'invalid_specialty'],
    ['', 'invalid_specialty'],
    [7, 'invalid_specialty'],
    [['yoga'], 'invalid_specialty'],
  ])('refuses %p', async (specialty, code) => {
    const answer = await add(specialty);
    expect(answer.status).toBe(422);
    expect((answer.body as Refusal).errors?.map((fault) => `${fault.field} ${fault.code}`)).toEqual([
      `specialty ${code}`,
    ]);
    expect(await own()).toEqual(['yoga']);
  });

  it('loses none when all of them are added at once, several times each', async () => {
    coach = await coachWith([]);
    const answers = await Promise.all([...ALL, ...ALL].map((specialty) => add(specialty)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(ALL.length);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(ALL.length);
    expect((await own()).sort()).toEqual([...ALL].sort());
  });
});

describe('removing a specialty', () => {
  it('leaves the others in their order', async () => {
    await add('boxe');
    await add('cardio');
    const answer = await remove('boxe');
    expect(answer.status).toBe(204);
    expect(answer.body).toEqual({});
    expect(await own()).toEqual(['yoga', 'cardio']);
  });

  it.each(['boxe', 'karate', 'YOGA', '%00', encodeURIComponent('ü/../')])(
    'refuses one that he does not have: %s',
    async (slug) => {
      const answer = await remove(slug);
      expect(answer.status).toBe(404);
      expect((answer.body as Refusal).detail).toBe('specialty_not_found');
      expect(await own()).toEqual(['yoga']);
    },
  );

  it('is done once', async () => {
    const answers = await Promise.all([remove('yoga'), remove('yoga'), remove('yoga')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 404, 404]);
  });
});

describe('the specialties of a coach', () => {
  it('are his own to change', async () => {
    const other = await coachWith(['boxe']);
    await add('cardio', other);
    expect((await remove('yoga', other)).status).toBe(404);
    expect(await own()).toEqual(['yoga']);
    expect(await own(other)).toEqual(['boxe', 'cardio']);
  });

  it('are closed to clients and to people without a key', async () => {
    const client = await app.register();
    expect((await add('yoga', client)).status).toBe(403);
    expect((await remove('yoga', client)).status).toBe(403);
    expect((await app.http.post('/coaches/profile/specialties').send({ specialty: 'yoga' })).status).toBe(401);
    expect((await app.http.delete('/coaches/profile/specialties/yoga')).status).toBe(401);
  });
});
