import { randomUUID } from 'node:crypto';
import { aClub, clubs } from 'test/support/clubs';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

interface WireGym {
  id: string;
  is_favorite: boolean;
}

let app: TestApp;
let many: string[];

beforeAll(async () => {
  app = await startTestApp();
  many = await clubs(app, 21);
});
afterAll(() => app.close());

const club = (place: number): string => many[place] ?? '';
const add = (person: TestPerson, gymId: string, as?: string) =>
  person.http.post('/users/me/gyms').send({ gym_id: gymId, ...(as && { as }) });
const listed = async (person: TestPerson, as?: string): Promise<WireGym[]> => {
  const answer = await person.http.get(`/users/me/gyms${as ? `?as=${as}` : ''}`);
  expect(answer.status).toBe(200);
  return answer.body as WireGym[];
};
const aCoachWithProfile = async (): Promise<TestPerson> => {
  const coach = await app.register({ role: 'coach' });
  expect((await coach.http.post('/coaches/profile').send({})).status).toBe(201);
  return coach;
};
const rowsOf = async (table: string, column: string, id: string): Promise<number> =>
  (await app.database.query(`SELECT FROM ${table} WHERE ${column} = $1`, [id])).rowCount ?? 0;

describe('the clubs of a person', () => {
  it('are the favourites of a client, newest first', async () => {
    const me = await app.register();
    expect(await listed(me)).toEqual([]);
    const first = await add(me, club(3)).expect(201);
    expect(first.body).toMatchObject({ id: club(3), is_favorite: true });
    await add(me, club(1)).expect(201);
    expect(await listed(me)).toMatchObject([{ id: club(1) }, { id: club(3), is_favorite: true }]);
    expect(await listed(me, 'client')).toHaveLength(2);
  });

  it('are the work gyms of a coach, unless he asks as a client', async () => {
    const coach = await aCoachWithProfile();
    await add(coach, club(0)).expect(201);
    await add(coach, club(1), 'client').expect(201);
    await add(coach, club(1), 'coach').expect(201);
    expect(await listed(coach)).toMatchObject([
      { id: club(1), is_favorite: true },
      { id: club(0), is_favorite: false },
    ]);
    expect(await listed(coach, 'client')).toMatchObject([{ id: club(1) }]);
    const profile = await coach.http.get('/coaches/profile').expect(200);
    expect((profile.body as { gyms: WireGym[] }).gyms.map(({ id }) => id)).toEqual([club(1), club(0)]);
  });

  it('are added once, however often they are sent', async () => {
    const me = await app.register();
    await add(me, club(0)).expect(201);
    const again = await add(me, club(0).toUpperCase()).expect(200);
    expect(again.body).toMatchObject({ id: club(0), is_favorite: true });
    expect(await listed(me)).toHaveLength(1);
    const send = () => add(me, club(1)).set('Idempotency-Key', 'once');
    await send().expect(201);
    const replayed = await send().expect(201);
    expect(replayed.headers['idempotent-replayed']).toBe('true');
    const other = await add(me, club(2)).set('Idempotency-Key', 'once').expect(422);
    expect(other.body).toMatchObject({ detail: 'idempotency_key_reused' });
    expect(await listed(me)).toHaveLength(2);
  });

  it('are taken off one by one, and only from who has them', async () => {
    const me = await app.register();
    const other = await app.register();
    await add(me, club(0)).expect(201);
    const foreign = await other.http.delete(`/users/me/gyms/${club(0)}`).expect(404);
    expect(foreign.body).toMatchObject({ detail: 'gym_not_found' });
    await me.http.delete(`/users/me/gyms/${club(0)}?as=client`).expect(204);
    await me.http.delete(`/users/me/gyms/${club(0)}`).expect(404);
    await me.http.delete(`/users/me/gyms/${randomUUID()}`).expect(404);
    await me.http.delete('/users/me/gyms/first').expect(422);
    expect(await listed(me)).toEqual([]);
  });

  it('are only clubs that can be seen', async () => {
    const me = await app.register();
    const hidden = await aClub(app, { name: 'Hidden', validated: false });
    for (const id of [hidden, randomUUID()])
      expect((await add(me, id).expect(404)).body).toMatchObject({ detail: 'gym_not_found' });
    const malformed = await add(me, 'first').expect(422);
    expect(malformed.body).toMatchObject({ errors: [{ field: 'gym_id', code: 'invalid_format' }] });
    await me.http.post('/users/me/gyms').send({}).expect(422);
    expect((await add(me, club(0), 'admin').expect(422)).body).toMatchObject({
      errors: [{ field: 'as', code: 'invalid_value' }],
    });
  });

  it('need a key, and a profile to add one as a coach', async () => {
    await app.http.get('/users/me/gyms').expect(401);
    for (const person of [await app.register({ role: 'coach' }), await app.register()]) {
      const refused = await add(person, club(0), 'coach').expect(404);
      expect(refused.body).toMatchObject({ detail: 'coach_profile_not_found' });
      expect((await person.http.get('/users/me/gyms?as=coach').expect(200)).body).toEqual([]);
      const missing = await person.http.delete(`/users/me/gyms/${club(0)}?as=coach`).expect(404);
      expect(missing.body).toMatchObject({ detail: 'gym_not_found' });
    }
  });

  it.each([
    ['client', 10, () => app.register()],
    ['coach', 20, aCoachWithProfile],
  ] as const)('are at most so many for a %s: %i', async (as, most, made) => {
    const person = await made();
    for (const id of many.slice(0, most)) await add(person, id, as).expect(201);
    const refused = await add(person, club(most), as).expect(422);
    expect(refused.body).toMatchObject({ detail: 'too_many_gyms' });
    await add(person, club(0), as).expect(200);
    await person.http.delete(`/users/me/gyms/${club(4)}?as=${as}`).expect(204);
    await add(person, club(most), as).expect(201);
    expect(await listed(person, as)).toHaveLength(most);
  });

  it('never become more, however many are sent at once', async () => {
    const me = await app.register();
    const coach = await aCoachWithProfile();
    const rush = await Promise.all([
      ...Array.from({ length: 30 }, (_, turn) => add(me, club(turn % 21))),
      ...Array.from({ length: 30 }, (_, turn) => add(coach, club(turn % 21), 'coach')),
    ]);
    const counted = (answers: { status: number }[]): Record<number, number> => {
      const by: Record<number, number> = {};
      for (const { status } of answers) by[status] = (by[status] ?? 0) + 1;
      return by;
    };
    const favourites = counted(rush.slice(0, 30));
    const works = counted(rush.slice(30));
    expect([favourites[201], works[201]]).toEqual([10, 20]);
    expect((favourites[201] ?? 0) + (favourites[200] ?? 0) + (favourites[422] ?? 0)).toBe(30);
    expect((works[201] ?? 0) + (works[200] ?? 0) + (works[422] ?? 0)).toBe(30);
    expect(await rowsOf('client_gyms', 'client_id', me.id)).toBe(10);
    expect(await rowsOf('coach_gyms', 'coach_id', coach.id)).toBe(20);
  });

  it('are ten and twenty by the tables themselves', async () => {
    const me = await app.register();
    const write = (place: number) =>
      app.database.query(`INSERT INTO client_gyms (client_id, gym_id, place, created_at) VALUES ($1, $2, $3, now())`, [
        me.id,
        club(0),
        place,
      ]);
    await expect(write(11)).rejects.toMatchObject({ constraint: 'client_gyms_most' });
    await write(10);
    await expect(
      app.database.query(`INSERT INTO client_gyms (client_id, gym_id, place, created_at) VALUES ($1, $2, 10, now())`, [
        me.id,
        club(1),
      ]),
    ).rejects.toMatchObject({ constraint: 'client_gyms_place' });
  });

  it('bring a coach ten points of his profile, and take them back', async () => {
    const coach = await aCoachWithProfile();
    const points = async (): Promise<number> =>
      ((await coach.http.get('/users/me').expect(200)).body as { profile_completion_pct: number })
        .profile_completion_pct;
    const before = await points();
    await add(coach, club(0)).expect(201);
    expect(await points()).toBe(before + 10);
    await coach.http.delete(`/users/me/gyms/${club(0)}`).expect(204);
    expect(await points()).toBe(before);
  });

  it('go with the club', async () => {
    const me = await app.register();
    const gone = await aClub(app, { name: 'Gone' });
    await add(me, gone).expect(201);
    await app.database.query('UPDATE gyms SET validated = false WHERE id = $1', [gone]);
    expect(await listed(me)).toEqual([]);
    await app.database.query('DELETE FROM gyms WHERE id = $1', [gone]);
    expect(await rowsOf('client_gyms', 'client_id', me.id)).toBe(0);
  });
});
