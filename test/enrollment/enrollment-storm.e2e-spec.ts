import { aCoach, expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { aToken, statusesOf, TOKENS, tokenOf } from './enrolling';

let app: TestApp;
let coach: TestPerson;

beforeAll(async () => {
  app = await startTestApp();
  await app.setClock('2026-03-02T06:00:00Z');
});
afterAll(() => app.close());
beforeEach(async () => {
  coach = await aCoach(app);
});

const people = (count: number): Promise<TestPerson[]> =>
  Promise.all(Array.from({ length: count }, () => app.register()));
const times = (statuses: readonly number[], status: number): number => statuses.filter((one) => one === status).length;

describe('many at once by one link', () => {
  it.each([1, 5])('register all, and just %d are clients of its coach', async (maxUses) => {
    const token = await aToken(coach, { max_uses: maxUses });
    const registered = await Promise.all(
      Array.from({ length: 20 }, () => app.register({ enrollment_token: token.token })),
    );
    expect(registered).toHaveLength(20);
    expect(await statusesOf(app, coach)).toEqual({ active: maxUses });
    expect(await tokenOf(coach, token)).toMatchObject({ uses_count: maxUses, active: false });
  });

  it('with an account: just as many succeed as there are uses', async () => {
    const token = await aToken(coach, { max_uses: 3 });
    const answers = await Promise.all(
      (await people(12)).map(({ http }) => http.post(`/users/me/enroll/${token.token}`)),
    );
    const statuses = answers.map(({ status }) => status);
    expect([times(statuses, 200), times(statuses, 404)]).toEqual([3, 9]);
    expect(await statusesOf(app, coach)).toEqual({ active: 3 });
    expect(await tokenOf(coach, token)).toMatchObject({ uses_count: 3, active: false });
  });

  it('by several links of a coach who wants few: no more than he wants', async () => {
    const small = await aCoach(app, { profile: { max_clients: 2 } });
    const tokens = [await aToken(small), await aToken(small)];
    const answers = await Promise.all(
      (await people(10)).map(({ http }, number) => http.post(`/users/me/enroll/${tokens[number % 2]?.token ?? ''}`)),
    );
    const statuses = answers.map(({ status }) => status);
    expect([times(statuses, 200), times(statuses, 422)]).toEqual([2, 8]);
    expect(await statusesOf(app, small)).toEqual({ active: 2 });
  });

  it('the same person: one relation, one use', async () => {
    const token = await aToken(coach);
    const person = await app.register();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => person.http.post(`/users/me/enroll/${token.token}`)),
    );
    expect(
      times(
        answers.map(({ status }) => status),
        200,
      ),
    ).toBe(8);
    expect(new Set(answers.map(({ body }) => (body as { id: string }).id)).size).toBe(1);
    expect(await tokenOf(coach, token)).toMatchObject({ uses_count: 1 });
  });

  it('while the coach switches it off: whoever comes after that finds nothing', async () => {
    const token = await aToken(coach);
    const [off, ...answers] = await Promise.all([
      coach.http.delete(`${TOKENS}/${token.id}`),
      ...(await people(6)).map(({ http }) => http.post(`/users/me/enroll/${token.token}`)),
    ]);
    expect(off.status).toBe(204);
    const statuses = answers.map(({ status }) => status);
    expect(times(statuses, 200) + times(statuses, 404)).toBe(6);
    expect(await tokenOf(coach, token)).toMatchObject({ uses_count: times(statuses, 200), active: false });
    await expectStatus(app.http.get(`/enroll/${token.token}`), 404);
  });
});
