import { createHash } from 'node:crypto';
import { bond } from 'test/booking/dealings';
import { aCoach, expectStatus } from 'test/support/coaching';
import { type SandboxMessage, startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { anExercise, setOf, train, trainFor } from './training';

const NOW = '2026-03-02T09:00:00Z';
const DATE = '2026-03-01T17:00:00Z';

let app: TestApp;
let coach: TestPerson;
let client: TestPerson;
let squat: string;
let bench: string;
let row: string;

beforeAll(async () => {
  app = await startTestApp();
  await app.setClock(NOW);
  squat = await anExercise(app, 'squat');
  bench = await anExercise(app, 'bench');
  row = await anExercise(app, 'row');
});
afterAll(() => app.close());
beforeEach(async () => {
  coach = await aCoach(app);
  client = await app.register({ first_name: 'Zoé', locale: 'en-GB' });
  await bond(app, coach, client);
});

/** Oldest first. */
async function pushesOf(person: TestPerson, type: string): Promise<SandboxMessage[]> {
  const messages = await app.messages({ user_id: person.id, channel: 'push' });
  return messages.filter(({ data }) => data?.['type'] === type).reverse();
}
const report = (person: TestPerson, id: string, body: object = {}) =>
  person.http.post(`/performances/${id}/report-error`).send(body);

describe('a client whose coach entered a session', () => {
  it('is told of it, and nobody else is', async () => {
    const { id } = await trainFor(coach, client, DATE, []);
    const [push, ...others] = await pushesOf(client, 'performance_entered');
    expect(others).toEqual([]);
    expect(push).toMatchObject({ title: 'Session recorded' });
    expect(push?.body).toContain('Inès has recorded a training session for you: Sunday, 1 March 2026 at 18:00.');
    expect(push?.data).toEqual({
      type: 'performance_entered',
      deep_link: `mycoach://performances/${id}`,
      session_id: id,
      coach_id: coach.id,
    });
    expect(await pushesOf(coach, 'performance_entered')).toEqual([]);
  });

  it('is not told of what he writes himself, nor of a correction, nor of what was refused', async () => {
    await train(client, DATE, []);
    await expectStatus(coach.http.post(`/performances/for-client/${client.id}`).send({ date: '2027-01-01' }), 422);
    expect(await pushesOf(client, 'performance_entered')).toEqual([]);
    const { id } = await trainFor(coach, client, DATE, []);
    await expectStatus(coach.http.put(`/performances/${id}`).send({ feeling: 2 }), 200);
    expect(await pushesOf(client, 'performance_entered')).toHaveLength(1);
  });

  it('can say that it is not right: the coach is told, once for the same words', async () => {
    const { id } = await trainFor(coach, client, DATE, []);
    const message = 'C’était 60 kg, pas 80';
    for (const body of [{ message }, { message }, {}, { message: null }, { message: '' }])
      expect(await expectStatus(report(client, id, body), 202)).toEqual({
        detail: 'error_reported',
        message: 'Thank you. Your coach has been told.',
      });
    const pushes = await pushesOf(coach, 'performance_error_reported');
    expect(pushes).toHaveLength(2);
    expect(pushes[0]?.body).toContain('Zoé signale une erreur dans la séance que vous avez enregistrée');
    expect(pushes[0]?.body).toContain(`Message : ${message}`);
    expect(pushes[1]?.body).not.toContain('Message');
    expect(pushes[0]?.data).toEqual({
      type: 'performance_error_reported',
      deep_link: `mycoach://performances/${id}`,
      session_id: id,
      client_id: client.id,
    });
    // A short text could be guessed from a hash that needs no key.
    const { rows } = await app.database.query<{ row: string }>('SELECT n::text AS row FROM notifications n');
    for (const { row } of rows) expect(row).not.toContain(createHash('sha256').update(message).digest('hex'));
  });

  it('can say it five times a day about one session; then nobody is told any more', async () => {
    const strict = await startTestApp({ RATE_LIMIT_FACTOR: '1' });
    try {
      const [author, owner] = [await aCoach(strict), await strict.register()];
      await bond(strict, author, owner);
      const [session, another] = [await trainFor(author, owner, DATE, []), await trainFor(author, owner, DATE, [])];
      for (let time = 1; time <= 6; time += 1)
        await expectStatus(report(owner, session.id, { message: `No ${String(time)}` }), 202);
      await expectStatus(report(owner, another.id), 202);
      const told = await strict.database.query<{ id: string }>(
        `SELECT data ->> 'session_id' AS id FROM notifications WHERE user_id = $1 AND type = 'performance_error_reported'`,
        [author.id],
      );
      const ids = told.rows.map(({ id }) => id);
      expect(ids.filter((id) => id === session.id)).toHaveLength(5);
      expect(ids.filter((id) => id === another.id)).toHaveLength(1);
    } finally {
      await strict.close();
    }
  });

  it('can say it of what a coach entered only, and in 500 characters', async () => {
    const own = await train(client, DATE, []);
    expect((await report(client, own.id)).body).toMatchObject({ detail: 'not_entered_by_coach' });
    const { id } = await trainFor(coach, client, DATE, []);
    await expectStatus(report(client, id, { message: 'x'.repeat(500) }), 202);
    await expectStatus(report(client, id, { message: 'x'.repeat(501) }), 422);
    for (const person of [coach, await app.register()])
      expect((await report(person, id)).body).toMatchObject({ detail: 'session_not_found' });
  });
});

describe('a personal record', () => {
  const toldOf = async (): Promise<unknown[]> => {
    const pushes = await pushesOf(client, 'new_personal_record');
    return pushes.map(({ data }) => [data?.['exercise_type_id'], data?.['weight_kg']]);
  };

  it('is told to its owner, whoever wrote it down, in his language and unit', async () => {
    const { id } = await trainFor(coach, client, DATE, [setOf(squat, 82.5)]);
    const [push] = await pushesOf(client, 'new_personal_record');
    expect(push).toMatchObject({
      title: 'New personal record',
      body: 'en squat: 82.5 kg. You have never lifted more. Well done!',
      data: { session_id: id, exercise_type_id: squat, weight_kg: '82.5', deep_link: `mycoach://performances/${id}` },
    });
    expect(await pushesOf(coach, 'new_personal_record')).toEqual([]);
    await expectStatus(client.http.post('/clients/profile').send({ weight_unit: 'lb' }), 201);
    await train(client, DATE, [setOf(squat, 100)]);
    expect((await pushesOf(client, 'new_personal_record'))[1]?.body).toContain('en squat: 220.5 lb.');
  });

  it('is told in pounds to somebody of the United States without a profile', async () => {
    client = await app.register({ country: 'US', locale: 'en-US' });
    await train(client, DATE, [setOf(squat, 50)]);
    expect((await pushesOf(client, 'new_personal_record'))[0]?.body).toContain('110.2 lb');
  });

  it('is told for each exercise, and only when no other session reaches it', async () => {
    await train(client, DATE, [setOf(squat, 80), setOf(bench, 40), setOf(bench, 30)]);
    expect(await toldOf()).toEqual([
      [squat, '80'],
      [bench, '40'],
    ]);
    await train(client, '2026-02-01T10:00:00Z', [setOf(squat, 60)]);
    await train(client, '2026-02-01T10:00:00Z', [setOf(squat, 80)]);
    await train(client, '2026-03-02T08:00:00Z', [setOf(squat, 80), setOf(bench, 39)]);
    expect(await toldOf()).toHaveLength(2);
    await train(client, '2026-02-02T10:00:00Z', [setOf(squat, 80.25)]);
    expect((await toldOf()).slice(2)).toEqual([[squat, '80.25']]);
  });

  it('is not told when a correction makes it, nor when a removal leaves one', async () => {
    const light = await train(client, DATE, [setOf(squat, 50)]);
    const heavy = await train(client, DATE, [setOf(squat, 60)]);
    const told = await toldOf();
    const body = { exercise_sets: [setOf(squat, 90)] };
    await expectStatus(client.http.put(`/performances/${light.id}`).send(body), 200);
    await expectStatus(client.http.delete(`/performances/${heavy.id}`), 204);
    expect(await toldOf()).toEqual(told);
  });

  it('does not leave any more when the session is removed or corrected first', async () => {
    const [removed, corrected] = [
      await train(client, DATE, [setOf(squat, 500)]),
      await train(client, DATE, [setOf(bench, 400)]),
    ];
    await expectStatus(client.http.delete(`/performances/${removed.id}`), 204);
    const body = { exercise_sets: [setOf(bench, 40)] };
    await expectStatus(client.http.put(`/performances/${corrected.id}`).send(body), 200);
    expect(await toldOf()).toEqual([]);
  });

  it('leaves when a correction has left its weight', async () => {
    const { id } = await train(client, DATE, [setOf(squat, 80), setOf(bench, 400)]);
    const body = { exercise_sets: [setOf(squat, 80, { reps: 6 }), setOf(bench, 40)] };
    await expectStatus(client.http.put(`/performances/${id}`).send(body), 200);
    expect(await toldOf()).toEqual([[squat, '80']]);
  });

  it('comes in the order of the sets when there are several', async () => {
    const sets = [
      setOf(bench, 40, { set_order: 3 }),
      setOf(squat, 80, { set_order: 2 }),
      setOf(row, 50, { set_order: 1 }),
    ];
    const { prs_detected } = await train(client, DATE, sets);
    expect(prs_detected.map(({ exercise_type_id }) => exercise_type_id)).toEqual([row, squat, bench]);
    expect(await toldOf()).toEqual([
      [row, '50'],
      [squat, '80'],
      [bench, '40'],
    ]);
  });

  it('is told once, however often a phone repeats its request', async () => {
    const send = () =>
      client.http
        .post('/performances')
        .set('Idempotency-Key', 'once')
        .send({ date: DATE, exercise_sets: [setOf(squat, 70)] });
    const [first, second] = [await send(), await send()];
    expect(second.body).toEqual(first.body);
    expect(await toldOf()).toEqual([[squat, '70']]);
  });
});
