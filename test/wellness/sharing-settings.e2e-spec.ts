import { randomUUID } from 'node:crypto';
import { aCoach, expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { parameterId, parametersOf, share } from './values';

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

describe('what a person shares with a coach', () => {
  let me: TestPerson;
  let coach: TestPerson;

  beforeEach(async () => {
    me = await app.register();
    coach = await aCoach(app);
  });
  const settings = async (): Promise<Record<string, boolean>> => {
    const body = await expectStatus<{ coach_id: string; settings: { parameter_slug: string; shared: boolean }[] }>(
      me.http.get(`/health/sharing/${coach.id}`),
      200,
    );
    expect(body.coach_id).toBe(coach.id);
    return Object.fromEntries(body.settings.map(({ parameter_slug, shared }) => [parameter_slug, shared]));
  };
  const patch = (updates: unknown) => me.http.patch(`/health/sharing/${coach.id}`).send({ updates });
  const shared = async (): Promise<string[]> =>
    Object.entries(await settings()).flatMap(([slug, isShared]) => (isShared ? [slug] : []));

  it('is nothing at first: one setting for each active parameter, by position', async () => {
    const parameters = await parametersOf(me.http);
    expect(await expectStatus(me.http.get(`/health/sharing/${coach.id}`), 200)).toEqual({
      coach_id: coach.id,
      settings: parameters.map(({ id, slug }) => ({ parameter_id: id, parameter_slug: slug, shared: false })),
    });
  });

  it('is what was named, and stays where nothing was', async () => {
    const [weight, sleep] = [await parameterId(app, 'weight_kg'), await parameterId(app, 'sleep_hours')];
    const yes = { parameter_id: weight, shared: true };
    const answer = await expectStatus<object>(patch([yes, { parameter_id: sleep, shared: true }]), 200);
    expect(await shared()).toEqual(['weight_kg', 'sleep_hours']);
    expect(answer).toEqual(await expectStatus(me.http.get(`/health/sharing/${coach.id}`), 200));
    await expectStatus(patch([yes]), 200);
    await expectStatus(patch([yes, { parameter_id: weight.toUpperCase(), shared: false }]), 200);
    await expectStatus(patch([]), 200);
    expect(await shared()).toEqual(['sleep_hours']);
  });

  it('is changed as a whole, or not at all', async () => {
    const weight = { parameter_id: await parameterId(app, 'weight_kg'), shared: true };
    const refused = patch([weight, { parameter_id: randomUUID(), shared: true }]);
    expect(await expectStatus(refused, 422)).toMatchObject({ detail: 'unknown_parameter' });
    for (const updates of [undefined, {}, [{ ...weight, shared: 'yes' }], [{ shared: true }], ['x'], null])
      await expectStatus(patch(updates), 422);
    expect(await shared()).toEqual([]);
  });

  it('can be taken back while the parameter is switched off, which shows no setting', async () => {
    await share(app, me, coach, 'bmi');
    await app.database.query(`UPDATE health_parameters SET active = false WHERE slug = 'bmi'`);
    expect(await settings()).not.toHaveProperty('bmi');
    await share(app, me, coach, 'bmi', false);
    await app.database.query(`UPDATE health_parameters SET active = true WHERE slug = 'bmi'`);
    expect(await settings()).toMatchObject({ bmi: false });
  });

  it('can be taken back from a coach who is suspended', async () => {
    await share(app, me, coach, 'bmi');
    await app.database.query(
      `UPDATE users SET status = 'suspended', status_before_suspension = 'active' WHERE id = $1`,
      [coach.id],
    );
    await share(app, me, coach, 'bmi', false);
    expect(await shared()).toEqual([]);
  });

  it('is with coaches alone', async () => {
    const nobody = [randomUUID(), (await app.register()).id, (await app.register({ role: 'coach' })).id];
    for (const id of nobody)
      for (const request of [
        me.http.get(`/health/sharing/${id}`),
        me.http.patch(`/health/sharing/${id}`).send({ updates: [] }),
      ])
        expect(await expectStatus(request, 404)).toMatchObject({ detail: 'coach_not_found' });
    await expectStatus(app.http.get(`/health/sharing/${coach.id}`), 401);
  });

  it('is decided by each person for himself', async () => {
    const other = await app.register();
    await share(app, other, coach, 'weight_kg');
    expect(await shared()).toEqual([]);
  });

  it('survives several changes at once', async () => {
    const ids = (await parametersOf(me.http)).map(({ id }) => id);
    const wishes = (all: readonly string[]) => all.map((id) => ({ parameter_id: id, shared: true }));
    const answers = await Promise.all(
      [ids, [...ids].reverse(), ids, [...ids].reverse()].map((order) => patch(wishes(order))),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(await shared()).toHaveLength(ids.length);
  });
});
