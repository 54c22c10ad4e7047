import { randomUUID } from 'node:crypto';
import { expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

const NOW = '2026-03-02T06:00:00Z';
const TYPES = [
  'terms_of_service',
  'privacy_policy',
  'data_processing_health',
  'marketing_emails',
  'analytics',
  'third_party_sharing',
];

interface WireConsent {
  id: string;
  type: string;
  version: string;
  accepted: boolean;
  accepted_at: string;
}

interface WirePage {
  items: WireConsent[];
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
beforeEach(() => app.setClock(NOW));

const give = (person: TestPerson, type: string, accepted = true, more: object = {}): Promise<WireConsent> =>
  expectStatus<WireConsent>(person.http.post('/consents').send({ type, accepted, ...more }), 201);
const list = (person: TestPerson, query = ''): Promise<WirePage> =>
  expectStatus<WirePage>(person.http.get(`/consents${query}`), 200);
const rowsOf = async (person: TestPerson): Promise<{ type: string; ip_hash: string; user_agent_hash: string }[]> =>
  (
    await app.database.query<{ type: string; ip_hash: string; user_agent_hash: string }>(
      'SELECT type, ip_hash, user_agent_hash FROM consents WHERE user_id = $1 ORDER BY position',
      [person.id],
    )
  ).rows;

describe('consents', () => {
  it('are six, and named', async () => {
    const person = await app.register();
    expect(await expectStatus(person.http.get('/consents/types'), 200)).toEqual(TYPES);
    for (const type of TYPES) await give(person, type);
    expect((await list(person)).total).toBe(6);
  });

  it('are rows of one moment, with the wording that was agreed to', async () => {
    const person = await app.register();
    expect(await give(person, 'analytics')).toEqual({
      id: expect.any(String) as string,
      type: 'analytics',
      version: '1.0',
      accepted: true,
      accepted_at: NOW,
    });
    expect(await give(person, 'analytics', false, { version: 'v'.repeat(20) })).toMatchObject({
      accepted: false,
      version: 'v'.repeat(20),
    });
  });

  it('are a new row each time, newest first, also within one instant', async () => {
    const person = await app.register();
    const said: string[] = [];
    for (const accepted of [true, true, false, true]) said.unshift((await give(person, 'analytics', accepted)).id);
    await app.setClock('2026-03-02T06:00:01Z');
    said.unshift((await give(person, 'marketing_emails', false)).id);
    expect((await list(person)).items.map(({ id }) => id)).toEqual(said);
    expect(await list(person, '?type=analytics&offset=1&limit=2')).toMatchObject({
      items: [{ id: said[2] }, { id: said[3] }],
      total: 4,
      offset: 1,
      limit: 2,
      has_more: true,
    });
    expect(await list(person, '?type=third_party_sharing')).toMatchObject({ items: [], total: 0, has_more: false });
  });

  it('are written once for one key, and once more for the next (trust 47)', async () => {
    const person = await app.register();
    const send = (key: string) =>
      person.http.post('/consents').set('Idempotency-Key', key).send({ type: 'analytics', accepted: true });
    const [first, again, next] = [await send('k1'), await send('k1'), await send('k2')];
    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect((next.body as WireConsent).id).not.toBe((first.body as WireConsent).id);
    expect((await list(person)).total).toBe(2);
  });

  it('name what is wrong with a request, in the language of the caller', async () => {
    const person = await app.register();
    const refused = async (body: object, language = 'en'): Promise<unknown> =>
      (await person.http.post('/consents').set('Accept-Language', language).send(body)).body;
    expect(await refused({ type: 'cookies', accepted: true })).toMatchObject({
      detail: 'validation_error',
      errors: [{ field: 'type', code: 'invalid_consent_type', message: 'There is no consent of this kind.' }],
    });
    for (const [language, message] of [
      ['fr', 'Ce type de consentement n’existe pas.'],
      ['es', 'No existe un consentimiento de este tipo.'],
      ['pt', 'Não existe um consentimento deste tipo.'],
    ] as const)
      expect(await refused({ type: 'cookies', accepted: true }, language)).toMatchObject({ errors: [{ message }] });
    for (const [body, field] of [
      [{ type: 'analytics' }, 'accepted'],
      [{ type: 'analytics', accepted: 'yes' }, 'accepted'],
      [{ type: 'analytics', accepted: true, version: '' }, 'version'],
      [{ type: 'analytics', accepted: true, version: 'v'.repeat(21) }, 'version'],
    ] as const)
      expect(await refused(body)).toMatchObject({ detail: 'validation_error', errors: [{ field }] });
    expect((await person.http.get('/consents?type=cookies')).body).toMatchObject({
      errors: [{ field: 'type', code: 'invalid_consent_type' }],
    });
    expect((await list(person)).total).toBe(0);
  });

  it('are everybody’s own, and of nobody without a key', async () => {
    const [one, other] = [await app.register(), await app.register({ role: 'coach' })];
    await give(one, 'analytics');
    expect((await list(other)).total).toBe(0);
    for (const path of ['/consents', '/consents/types']) await app.http.get(path).expect(401);
    await app.http.post('/consents').send({ type: 'analytics', accepted: true }).expect(401);
    for (const [verb, path] of [
      ['put', `/consents/${randomUUID()}`],
      ['patch', `/consents/${randomUUID()}`],
      ['delete', `/consents/${randomUUID()}`],
    ] as const)
      await one.http[verb](path).send({ accepted: false }).expect(404);
  });

  it('keep from where they were given as a keyed hash only, which can be compared and not read (trust 61)', async () => {
    const [person, other] = [await app.register(), await app.register()];
    const from = (who: TestPerson, agent: string) =>
      who.http.post('/consents').set('User-Agent', agent).send({ type: 'analytics', accepted: true }).expect(201);
    await from(person, 'MyCoach/1.4 (iPhone)');
    await from(person, 'MyCoach/1.4 (iPhone)');
    await from(other, 'MyCoach/2.0 (Pixel)');
    const [first, second] = await rowsOf(person);
    const [third] = await rowsOf(other);
    expect(first?.ip_hash).toMatch(/^[0-9a-f]{64}$/);
    expect(first?.user_agent_hash).toMatch(/^[0-9a-f]{64}$/);
    expect(second).toEqual(first);
    expect(third?.ip_hash).toBe(first?.ip_hash);
    expect(third?.user_agent_hash).not.toBe(first?.user_agent_hash);
    const dump = (await app.database.query<{ line: string }>('SELECT consents::text AS line FROM consents')).rows;
    expect(dump.map(({ line }) => line).join('\n')).not.toMatch(/127\.0\.0\.1|iPhone|Pixel/);
  });
});

describe('terms accepted with the registration', () => {
  it('are two consents in the wording of today, from where the registration came', async () => {
    const person = await app.register({ accept_terms: true });
    const { items } = await list(person);
    expect(items.map(({ type, version, accepted }) => ({ type, version, accepted }))).toEqual([
      { type: 'privacy_policy', version: '1.0', accepted: true },
      { type: 'terms_of_service', version: '1.0', accepted: true },
    ]);
    for (const row of await rowsOf(person)) expect(row.ip_hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([{}, { accept_terms: false }])(
    'are none when %j was sent, and health data is never among them',
    async (sent) => {
      expect((await list(await app.register(sent))).total).toBe(0);
      const { items } = await list(await app.register({ accept_terms: true }));
      expect(items.map(({ type }) => type)).not.toContain('data_processing_health');
    },
  );

  it('stand or fall with the account: one transaction makes both', async () => {
    await app.database.query(`
      CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$`);
    await app.database.query('CREATE TRIGGER broken BEFORE INSERT ON consents FOR EACH ROW EXECUTE FUNCTION broken()');
    const body = { first_name: 'Zoé', last_name: 'Petit', email: 'zoe@example.com', password: 'Correct-Horse-7' };
    const sent = { ...body, role: 'client', accept_terms: true };
    await app.http.post('/auth/register').send(sent).expect(500);
    const { rows } = await app.database.query('SELECT id FROM users WHERE email = $1', [body.email]);
    expect(rows).toEqual([]);
    await app.database.query('DROP TRIGGER broken ON consents');
    await app.database.query('DROP FUNCTION broken');
    await app.http.post('/auth/register').send(sent).expect(201);
  });
});
