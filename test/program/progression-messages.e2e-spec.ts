import { aCoach, expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import {
  adjustmentsOf,
  aLift,
  aPlan,
  assigned,
  done,
  onDay,
  planned,
  programOf,
  toldOf,
  trainsOn,
  type WirePlan,
} from './following';

/** A Monday. */
const START = '2026-03-02';

let app: TestApp;
let coach: TestPerson;
let client: TestPerson;
let squat: string;
let bench: string;

beforeAll(async () => {
  app = await startTestApp();
  await app.setClock(`${START}T06:00:00Z`);
  squat = await aLift(app, 'squat');
  bench = await aLift(app, 'bench', ['dumbbells', 'bench']);
  coach = await aCoach(app);
});
afterAll(() => app.close());
beforeEach(async () => {
  await app.setClock(`${START}T06:00:00Z`);
  client = await app.register({ first_name: 'Zoé', locale: 'en-GB', timezone: 'Europe/Paris' });
  await assigned(app, coach, client, await aPlan(coach, onDay(0, planned(squat, 40), planned(bench, null))), START);
});
const trainOn = (day: number, ...sets: object[]) => trainsOn(app, client, day, ...sets);

describe('the person whose target moved', () => {
  it('is told once, in the own language and unit', async () => {
    await expectStatus(client.http.post('/clients/profile').send({ weight_unit: 'lb' }), 201);
    for (const day of [1, 2, 3]) await trainOn(day, done(squat, 3, 10, 40));
    const [told, ...others] = await toldOf(app, client);
    expect(others).toEqual([]);
    expect(told).toMatchObject({
      title: 'New target',
      body: 'en squat: 93.7 lb from now on. You reached every set in your last sessions. Well done!',
      data: {
        type: 'progression_detected',
        deep_link: 'mycoach://program/adjustments',
        assignment_id: (await programOf(client)).id,
        exercise_type_id: squat,
        target_weight_kg: '42.5',
      },
    });
    const [adjustment] = await adjustmentsOf(client);
    expect(adjustment?.reason).toContain('at 88.2 lb in');
    expect(await toldOf(app, coach)).toEqual([]);
  });

  it('is told of a step back and of a first weight in other words', async () => {
    await trainOn(1, done(squat, 1, 1, 40), done(bench, 3, 10, 8));
    for (const day of [2, 3]) await trainOn(day, done(bench, 3, 10, 8));
    expect((await toldOf(app, client)).map(({ body }) => body)).toEqual([
      'en squat: 37.5 kg from now on. A small step back today makes room for the next one forward.',
      'en bench: 8 kg is your first target weight. It follows from your last three sessions.',
    ]);
  });

  describe('before the push could leave', () => {
    let plan: WirePlan;
    const inbox = async (): Promise<number> => {
      const { items } = await expectStatus<{ items: { type: string }[] }>(client.http.get('/notifications'), 200);
      return items.filter(({ type }) => type === 'progression_detected').length;
    };
    const bad = () => done(squat, 1, 1, 40);
    beforeEach(async () => {
      plan = await aPlan(coach, onDay(0, planned(squat, 40)));
      await assigned(app, coach, client, plan, START);
      await trainOn(1, bad());
    });

    it('refused it: he is not told it any more', async () => {
      const [adjustment] = await adjustmentsOf(client);
      await expectStatus(client.http.post(`/clients/program/adjustments/${adjustment?.id ?? ''}/refuse`), 200);
      expect(await toldOf(app, client)).toEqual([]);
      expect(await inbox()).toBe(1);
    });

    it('moved it again: he is told the last one', async () => {
      await trainOn(2, bad());
      expect((await toldOf(app, client)).map(({ data }) => data?.['target_weight_kg'])).toEqual(['35']);
      expect(await inbox()).toBe(2);
    });

    it('got another one from the coach, or another programme: he is not told it any more', async () => {
      const edit = { planned_sessions: [onDay(0, planned(squat, 60))] };
      await expectStatus(coach.http.put(`/coaches/programs/${plan.id}`).send(edit), 200);
      expect(await toldOf(app, client)).toEqual([]);
      await trainOn(3, bad());
      await assigned(app, coach, client, plan, '2026-03-05');
      expect(await toldOf(app, client)).toEqual([]);
      expect(await inbox()).toBe(2);
    });
  });

  it.each([
    ['fr', 'fr squat', 'Vous avez réussi 3 × 10 à 40 kg lors de vos 3 dernières séances'],
    ['es', 'es squat', 'Ha completado 3 × 10 con 40 kg en sus últimas 3 sesiones'],
    ['pt', 'pt squat', 'Completou 3 × 10 com 40 kg nas suas últimas 3 sessões'],
  ])('reads why in %s', async (language, name, sentence) => {
    for (const day of [1, 2, 3]) await trainOn(day, done(squat, 3, 10, 40));
    const answer = await client.http.get('/clients/program/adjustments').set('Accept-Language', language);
    const [adjustment] = (answer.body as { items: { exercise_name: string; reason: string }[] }).items;
    expect(adjustment?.exercise_name).toBe(name);
    expect(adjustment?.reason.replace(/\s/g, ' ')).toContain(sentence);
  });
});
