import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { registerProved } from 'test/auth/links';
import { expectStatus } from 'test/support/coaching';
import type { TestApp, TestPerson } from 'test/support/test-app';
import { type Departures, DUE, LEFT, runErasure, startDepartures, statusOf } from './leaving';
import type { TroubledPart } from './troubled-part';

describe('the job that erases people', () => {
  let departures: Departures;
  let app: TestApp;
  let folder: string;
  let part: TroubledPart;
  const leaver = (): Promise<TestPerson> => departures.leaver();

  beforeAll(async () => {
    departures = await startDepartures();
    ({ app, folder, part } = departures);
  });
  beforeEach(async () => {
    await app.setClock(LEFT);
    part.arrange(0, 1);
  });
  afterAll(() => departures.close());
  const requestOf = async ({ id }: TestPerson): Promise<{ started_at: Date | null; done_parts: string[] } | null> => {
    const { rows } = await app.database.query<{ started_at: Date | null; done_parts: string[] }>(
      'SELECT started_at, done_parts FROM deletion_requests WHERE user_id = $1',
      [id],
    );
    return rows[0] ?? null;
  };
  const receiptOf = async ({ id }: TestPerson): Promise<{ erased_at: Date; parts: string[] } | null> => {
    const { rows } = await app.database.query<{ erased_at: Date; parts: string[] }>(
      'SELECT erased_at, parts FROM erasure_receipts WHERE user_id = $1',
      [id],
    );
    return rows[0] ?? null;
  };

  it('touches nobody before the date, to the millisecond', async () => {
    const person = await leaver();
    await app.setClock('2026-04-01T05:59:59.999Z');
    expect(await runErasure(app)).toBe(0);
    expect(await statusOf(app, person)).toBe('deletion_pending');
    expect(await requestOf(person)).toEqual({ started_at: null, done_parts: [] });
    await app.setClock(DUE);
    expect(await runErasure(app)).toBe(1);
    expect(await statusOf(app, person)).toBe('deleted');
  });

  it('runs at three in the morning of the first day after it', async () => {
    const person = await leaver();
    const ran = await app.advance(31 * 86_400);
    expect(ran.filter(({ name }) => name === 'anonymise_accounts')).toEqual([
      expect.objectContaining({ at: '2026-04-02T03:00:00Z' }),
    ]);
    expect(await statusOf(app, person)).toBe('deleted');
  });

  it('leaves a row without a person, a receipt that says nothing of him, and both again when it runs again', async () => {
    const person = await leaver();
    await app.setClock(DUE);
    await runErasure(app);
    const first = await app.database.query('SELECT * FROM users WHERE id = $1', [person.id]);
    expect(await requestOf(person)).toBeNull();
    const receipt = await receiptOf(person);
    expect(receipt?.erased_at).toEqual(new Date(DUE));
    expect(receipt?.parts.at(-1)).toBe('auth');
    expect(receipt?.parts).toContain('middle');
    expect(await runErasure(app)).toBe(0);
    expect((await app.database.query('SELECT * FROM users WHERE id = $1', [person.id])).rows).toEqual(first.rows);
  });

  it('shuts the account: its keys, its password, and the address is free for somebody new', async () => {
    const person = await leaver();
    await app.setClock(DUE);
    await runErasure(app);
    await person.http.get('/users/me').expect(401);
    await app.http.post('/auth/login').send({ email: person.email, password: person.password }).expect(401);
    const again = await registerProved(app, { email: person.email });
    expect(again.id).not.toBe(person.id);
    await again.http.get('/users/me').expect(200);
  });

  it('files the receipt beside the database', async () => {
    const person = await leaver();
    await app.setClock(DUE);
    await runErasure(app);
    await app.advance(1);
    expect(await readdir(join(folder, 'erasures'))).toContain(`${person.id}.json`);
    expect(JSON.parse(await readFile(join(folder, 'erasures', `${person.id}.json`), 'utf8'))).toEqual({
      user_id: person.id,
      requested_at: '2026-03-02T06:00:00.000Z',
      erased_at: '2026-04-01T06:00:00.000Z',
    });
    const { rows } = await app.database.query('SELECT FROM erasure_receipts WHERE filed_at IS NULL');
    expect(rows).toEqual([]);
  });

  it('goes on after a death where it was: nothing is done twice, nothing is left out', async () => {
    const person = await leaver();
    await app.setClock(DUE);
    part.arrange(1, 3);
    const answer = await app.http.post('/sandbox/jobs/anonymise_accounts/run');
    expect(answer.status).toBe(500);
    const cut = await requestOf(person);
    expect(cut?.started_at).toEqual(new Date(DUE));
    expect(cut?.done_parts).toContain('booking');
    expect(cut?.done_parts).not.toContain('middle');
    expect(await statusOf(app, person)).toBe('deletion_pending');
    expect(await expectStatus(person.http.post('/users/me/restore').send({}), 422)).toMatchObject({
      detail: 'no_deletion_requested',
    });

    expect(await runErasure(app)).toBe(1);
    // Once in vain, then three batches.
    expect(part.steps).toHaveLength(4);
    expect(await statusOf(app, person)).toBe('deleted');
    const parts = (await receiptOf(person))?.parts ?? [];
    expect(new Set(parts).size).toBe(parts.length);
    expect(parts.slice(0, cut?.done_parts.length)).toEqual(cut?.done_parts);
  });

  it('erases each person once when several processes run it', async () => {
    const people = [await leaver(), await leaver(), await leaver()];
    await app.setClock(DUE);
    const counts = await Promise.all([runErasure(app), runErasure(app), runErasure(app)]);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(3);
    for (const person of people) expect(await statusOf(app, person)).toBe('deleted');
    expect(part.steps).toHaveLength(3);
  });

  it('never meets somebody half-way who comes back in the last moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const person = await leaver();
      await app.setClock(round % 2 === 0 ? '2026-04-01T05:59:59.999Z' : DUE);
      const [restored] = await Promise.all([person.http.post('/users/me/restore').send({}), runErasure(app)]);
      // Who holds the request decides; the job passes by what somebody holds, and finds it the next time.
      await runErasure(app);
      const wasIn = restored.status === 200;
      expect(restored.status).toBe(round % 2 === 0 ? 200 : 422);
      expect(await statusOf(app, person)).toBe(wasIn ? 'active' : 'deleted');
      expect((await receiptOf(person)) === null).toBe(wasIn);
      await app.setClock(LEFT);
    }
  });

  it('erases a suspended account that its owner had closed', async () => {
    const person = await leaver();
    await app.database.query(
      `UPDATE users SET status = 'suspended', status_before_suspension = 'deletion_pending' WHERE id = $1`,
      [person.id],
    );
    await app.setClock(DUE);
    expect(await runErasure(app)).toBe(1);
    expect(await statusOf(app, person)).toBe('deleted');
  });
});
