import { RelationService } from 'src/modules/coach/relations/relation.service';
import { aCoach, expectStatus } from 'test/support/coaching';
import type { Refusal } from 'test/support/refusals';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { relate } from './relating';

const NOW = new Date('2026-03-02T06:00:00Z');

let app: TestApp;
let coach: TestPerson;

beforeAll(async () => {
  app = await startTestApp();
  await app.setClock('2026-03-02T06:00:00Z');
  coach = await aCoach(app);
});
afterAll(() => app.close());

describe('a coach’s note about a client', () => {
  let client: TestPerson;
  beforeEach(async () => {
    client = await app.register();
    await relate(app, coach, client, 'active');
  });
  const note = (person: TestPerson): Promise<object> =>
    expectStatus<object>(person.http.get(`/coaches/clients/${client.id}/note`), 200);
  const write = (person: TestPerson, body: object): ReturnType<TestPerson['http']['put']> =>
    person.http.put(`/coaches/clients/${client.id}/note`).send(body);

  it('is none at first, then what was written last, then none', async () => {
    expect(await note(coach)).toEqual({ content: null, updated_at: null });
    const first = { content: 'Aime\nle rameur', updated_at: '2026-03-02T06:00:00Z' };
    expect(await expectStatus(write(coach, { content: '  Aime\nle rameur ' }), 200)).toEqual(first);
    expect(await note(coach)).toEqual(first);
    await expectStatus(write(coach, { content: 'Rien' }), 200);
    expect(await note(coach)).toMatchObject({ content: 'Rien' });
    const cleared = { content: null, updated_at: null };
    expect(await expectStatus(write(coach, { content: null }), 200)).toEqual(cleared);
    expect(await note(coach)).toEqual(cleared);
    expect(await expectStatus(write(coach, { content: '' }), 200)).toEqual(cleared);
  });

  it('takes 5,000 characters and no more', async () => {
    const long = '🏋'.repeat(5000);
    expect(await expectStatus(write(coach, { content: long }), 200)).toMatchObject({ content: long });
    for (const [body, code] of [
      [{ content: `${long}!` }, 'too_long'],
      [{}, 'required'],
      [{ content: 7 }, 'invalid_type'],
      [{ content: 'a\u0000b' }, 'invalid_format'],
    ] as const)
      expect((await expectStatus<Refusal>(write(coach, body), 422)).errors).toEqual(
        expect.arrayContaining([{ field: 'content', code, message: expect.any(String) }]),
      );
    expect(await note(coach)).toMatchObject({ content: long });
  });

  it('lies encrypted in the table, and opens in its own row only', async () => {
    await expectStatus(write(coach, { content: 'Confidentiel' }), 200);
    const { rows } = await app.database.query<{ content: string }>(
      'SELECT content FROM coach_notes WHERE client_id = $1',
      [client.id],
    );
    expect(rows[0]?.content).toMatch(/^[^:]+:[A-Za-z0-9+/=]{20,}$/);
    expect(rows[0]?.content).not.toContain('Confidentiel');
    const other = await app.register();
    await relate(app, coach, other, 'active');
    await app.database.query(
      `INSERT INTO coach_notes (coach_id, client_id, content, updated_at)
       SELECT coach_id, $2, content, updated_at FROM coach_notes WHERE client_id = $1`,
      [client.id, other.id],
    );
    expect((await coach.http.get(`/coaches/clients/${other.id}/note`)).status).toBe(500);
    await app.database.query('DELETE FROM coach_notes WHERE client_id = $1', [other.id]);
  });

  it('is in no answer to the client, nor to another coach of his', async () => {
    const other = await aCoach(app, { days: [] });
    await relate(app, other, client, 'active');
    await expectStatus(write(coach, { content: 'Entre nous deux' }), 200);
    expect(await note(other)).toEqual({ content: null, updated_at: null });
    const answers = [
      await client.http.get('/users/me'),
      await client.http.get('/clients/coaches'),
      await client.http.get(`/coaches/${coach.id}/public`),
      await client.http.get('/bookings'),
      await client.http.get('/notifications'),
      await other.http.get(`/coaches/clients/${client.id}`),
      await other.http.get('/coaches/clients'),
    ];
    for (const { status, body } of answers) {
      expect(status).toBe(200);
      expect(JSON.stringify(body)).not.toContain('Entre nous deux');
    }
    expect((await client.http.get(`/coaches/clients/${client.id}/note`)).status).toBe(403);
  });

  it('goes with a relation that only a request had made', async () => {
    const asking = await app.register();
    const relations = app.nest.get(RelationService);
    const { before } = await relations.requested(coach.id, asking.id, NOW);
    await expectStatus(coach.http.put(`/coaches/clients/${asking.id}/note`).send({ content: 'Curieux' }), 200);
    await relations.requestWithdrawn(coach.id, asking.id, before);
    expect((await coach.http.get(`/coaches/clients/${asking.id}/note`)).status).toBe(404);
    const { rows } = await app.database.query('SELECT 1 FROM coach_notes WHERE client_id = $1', [asking.id]);
    expect(rows).toEqual([]);
  });

  it('is one, whoever writes it at once', async () => {
    const texts = Array.from({ length: 10 }, (_, index) => `Note ${index}`);
    const answers = await Promise.all(texts.map((content) => write(coach, { content })));
    expect(answers.map(({ status }) => status)).toEqual(texts.map(() => 200));
    const left = (await note(coach)) as { content: string };
    expect(texts).toContain(left.content);
  });
});
