import { randomUUID } from 'node:crypto';
import { faultsOf, type Refusal, unsigned } from 'test/support/refusals';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { add, added, aNewCoach, change, NEW, PATH, profileOf } from './certifying';

let app: TestApp;
let coach: TestPerson;

beforeAll(async () => {
  app = await startTestApp();
  await app.setClock('2026-03-02T06:00:00Z');
});
afterAll(() => app.close());
beforeEach(async () => {
  coach = await aNewCoach(app);
});

describe('a certification', () => {
  it('is added unverified, whatever the coach says of that', async () => {
    const answer = await add(coach, { ...NEW, verified: true, reviewed_at: '2020-01-01T00:00:00Z', id: randomUUID() });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      ...NEW,
      id: expect.any(String),
      verified: false,
      reviewed_at: null,
      rejection_reason: null,
    });
    expect(await profileOf(coach)).toMatchObject({ is_certified: false, certifications: [answer.body] });
  });

  it('needs its name only', async () => {
    expect(await added(coach, { name: 'CQP' })).toMatchObject({ organization: null, year: null, document_url: null });
    expect(await added(coach, { name: 'CQP', organization: '' })).toMatchObject({ organization: null });
  });

  it('is shown newest first', async () => {
    await added(coach, { name: 'Premier' });
    await app.advance(1);
    await added(coach, { name: 'Deuxième' });
    expect((await profileOf(coach)).certifications.map(({ name }) => name)).toEqual(['Deuxième', 'Premier']);
  });

  const long = (length: number): string => `https://example.com/${'x'.repeat(length - 20)}`;

  it.each<[string, unknown[], unknown, string]>([
    ['name', ['ab', 'é'.repeat(150)], 'a', 'too_short'],
    ['name', ['ab'], 'x'.repeat(151), 'too_long'],
    ['name', ['ab'], null, 'required'],
    ['name', ['ab'], 7, 'invalid_type'],
    ['organization', ['x'.repeat(150), null], 'x'.repeat(151), 'too_long'],
    ['year', [1950, 2100, null], 1949, 'too_small'],
    ['year', [2015], 2101, 'too_large'],
    ['year', [2015], '2015', 'invalid_type'],
    ['document_url', [long(500), null], long(501), 'too_long'],
    ['document_url', ['https://exemple.fr/diplôme.pdf'], 'http://example.com/a.pdf', 'invalid_url'],
    ['document_url', ['https://example.com'], 'javascript:alert(1)', 'invalid_url'],
    ['document_url', ['https://example.com'], 'https://me:secret@example.com/', 'invalid_url'],
    ['document_url', ['https://example.com'], '', 'invalid_url'],
    ['document_url', ['https://example.com'], 7, 'invalid_type'],
  ])('takes %s within its limits and no further', async (field, good, bad, code) => {
    const { id } = await added(coach);
    for (const value of good) {
      expect(await added(coach, { ...NEW, [field]: value })).toMatchObject({ [field]: value });
      expect((await change(coach, id, { [field]: value })).body).toMatchObject({ [field]: value });
    }
    const before = await profileOf(coach);
    for (const refused of [await add(coach, { ...NEW, [field]: bad }), await change(coach, id, { [field]: bad })]) {
      expect(refused.status).toBe(422);
      expect(faultsOf(refused.body)).toEqual([`${field} ${code}`]);
    }
    expect(await profileOf(coach)).toEqual(before);
  });

  it('is added once for one idempotency key', async () => {
    const key = randomUUID();
    const [first, again] = [await add(coach).set('Idempotency-Key', key), await add(coach).set('Idempotency-Key', key)];
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    expect((await profileOf(coach)).certifications).toHaveLength(1);
  });

  it('changes in what is given, and is removed on demand', async () => {
    const created = await added(coach);
    const changed = await change(coach, created.id, { name: 'BPJEPS', year: null });
    expect(changed.status).toBe(200);
    expect(changed.body).toEqual({ ...created, name: 'BPJEPS', year: null });
    expect((await profileOf(coach)).certifications).toEqual([changed.body]);
    const removed = await coach.http.delete(`${PATH}/${created.id}`);
    expect(removed.status).toBe(204);
    expect(removed.body).toEqual({});
    expect((await profileOf(coach)).certifications).toEqual([]);
    expect((await coach.http.delete(`${PATH}/${created.id}`)).status).toBe(404);
  });

  it('of another coach looks like a missing one, and stays as it is', async () => {
    const own = await added(coach);
    const other = await aNewCoach(app);
    for (const send of [
      (id: string) => change(other, id, { name: 'Stolen' }),
      (id: string) => other.http.delete(`${PATH}/${id}`),
    ]) {
      const [foreign, missing] = [await send(own.id), await send(randomUUID())];
      expect(foreign.status).toBe(404);
      expect((foreign.body as Refusal).detail).toBe('certification_not_found');
      expect(unsigned(foreign.body)).toEqual(unsigned(missing.body));
    }
    expect((await profileOf(coach)).certifications).toEqual([own]);
    expect((await profileOf(other)).certifications).toEqual([]);
  });

  it('is closed to clients and to people without a key', async () => {
    const { id } = await added(coach);
    const client = await app.register();
    for (const answer of [
      await add(client, NEW),
      await change(client, id, {}),
      await client.http.delete(`${PATH}/${id}`),
    ])
      expect(answer.status).toBe(403);
    expect((await app.http.post(PATH).send(NEW)).status).toBe(401);
  });
});
