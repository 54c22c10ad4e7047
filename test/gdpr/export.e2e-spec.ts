import { keyedHash } from 'src/common/crypto/keyed-hash';
import { TEST_SECRETS } from 'src/config/secrets';
import { exportToken } from 'src/modules/gdpr/export/export-token.format';
import { eventually } from 'test/auth/links';
import { expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

const EXPORT = '/users/me/export';
const NOW = '2026-03-02T06:00:00Z';
const DAY = 86_400;

interface Link {
  token: string;
  format: string;
  expires_at: string;
  download_url: string;
}

describe('an export of the own data', () => {
  let app: TestApp;
  let person: TestPerson;

  beforeAll(async () => {
    app = await startTestApp();
  });
  beforeEach(async () => {
    await app.setClock(NOW);
    person = await app.register({ locale: 'en-GB', first_name: 'Zoé', device_name: '=1+1, "mine"' });
  });
  afterAll(() => app.close());

  const linkOf = (who: TestPerson, format?: string): Promise<Link> =>
    expectStatus<Link>(who.http.post(EXPORT).send({ format }), 201);
  const download = (token: string): ReturnType<TestApp['http']['get']> =>
    app.http.get(`${EXPORT}/download?token=${encodeURIComponent(token)}`);
  const refused = async (token: string): Promise<void> => {
    const answer = await download(token);
    expect(answer.status).toBe(401);
    expect((answer.body as { detail: string }).detail).toBe('export_token_invalid');
  };
  const setStatus = (status: string): Promise<unknown> =>
    app.database.query('UPDATE users SET status = $2, status_before_suspension = $3 WHERE id = $1', [
      person.id,
      status,
      status === 'suspended' ? 'active' : null,
    ]);

  it('is an attachment in JSON by default, never cached', async () => {
    const answer = await person.http.get(EXPORT);
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="mycoach_export.json"',
      'cache-control': 'no-store',
    });
    const held = answer.body as { export_date: string; user: object; bookings: unknown[]; coach_profile: null };
    expect(held).toMatchObject({ export_date: NOW, coach_profile: null, bookings: [] });
    expect(held.user).toMatchObject({ id: person.id, email: person.email, first_name: 'Zoé' });
  });

  it('is a CSV in sections, whose cells no spreadsheet runs (trust 37)', async () => {
    const answer = await person.http.get(`${EXPORT}?format=csv`);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="mycoach_export.csv"',
    });
    const lines = answer.text.split('\r\n');
    expect(lines.slice(0, 5)).toEqual(['export_date', 'at', NOW, '', 'user']);
    expect(lines[5]).toContain('id,email,pending_email,email_verified_at,first_name,last_name');
    expect(lines[6]).toContain(`${person.id},${person.email},,,Zoé,Martin,client,`);
    expect(lines.slice(7, 9)).toEqual(['', 'devices']);
    expect(lines[10]).toContain(`,"'=1+1, ""mine""",mck_`);
  });

  it('takes no other format', async () => {
    for (const answer of [
      await person.http.get(`${EXPORT}?format=xml`),
      await person.http.post(EXPORT).send({ format: 1 }),
    ])
      expect([answer.status, (answer.body as { errors: { field: string }[] }).errors[0]?.field]).toEqual([
        422,
        'format',
      ]);
  });

  it('needs a key, and so does its link', async () => {
    expect((await app.http.get(EXPORT)).status).toBe(401);
    expect((await app.http.post(EXPORT).send({})).status).toBe(401);
  });

  it.each(['suspended', 'deletion_pending'])('is open to an account that is %s', async (status) => {
    await setStatus(status);
    await eventually(async () => (await person.http.get('/bookings')).status === 403);
    expect((await person.http.get(EXPORT)).status).toBe(200);
    expect((await download((await linkOf(person)).token)).status).toBe(200);
  });

  it('answers a HEAD without reading anything', async () => {
    const before = app.queryCount();
    expect((await person.http.head(EXPORT)).status).toBe(200);
    expect(app.queryCount() - before).toBeLessThan(6);
  });

  describe('by a link', () => {
    it('says what it opens, for how long, and where', async () => {
      const link = await linkOf(person, 'csv');
      expect(link).toEqual({
        token: link.token,
        format: 'csv',
        expires_at: '2026-03-03T06:00:00Z',
        download_url: `http://localhost:3000${EXPORT}/download?token=${link.token}`,
      });
    });

    it('needs no key, and gives what the key would give', async () => {
      const { token } = await linkOf(person);
      const answer = await download(token);
      expect(answer.status).toBe(200);
      expect(answer.headers).toMatchObject({
        'content-disposition': 'attachment; filename="mycoach_export.json"',
        'cache-control': 'no-store',
      });
      expect(answer.text).toBe((await person.http.get(EXPORT)).text);
      expect((await download((await linkOf(person, 'csv')).token)).headers['content-type']).toContain('text/csv');
    });

    it('is made when it is asked for', async () => {
      const { token } = await linkOf(person);
      await expectStatus(person.http.patch('/users/me').send({ first_name: 'Later' }), 200);
      expect(((await download(token)).body as { user: object }).user).toMatchObject({ first_name: 'Later' });
    });

    it('ends after 24 hours, to the second', async () => {
      const { token } = await linkOf(person);
      await app.advance(DAY - 1);
      expect((await download(token)).status).toBe(200);
      await app.advance(1);
      await refused(token);
    });

    it('is refused when any of it was changed, or when it was made for something else', async () => {
      const { token } = await linkOf(person);
      const grant = { userId: person.id, format: 'json' as const, expiresAt: new Date('2026-03-03T06:00:00Z') };
      expect(exportToken(TEST_SECRETS.signingSecret, grant)).toBe(token);
      const claim = `${person.id}.json.${String(grant.expiresAt.getTime())}`;
      for (const forged of [
        exportToken('another-secret', grant),
        exportToken(TEST_SECRETS.signingSecret, { ...grant, userId: 'aaaaaaaa-0000-4000-8000-000000000000' }),
        `${Buffer.from(claim).toString('base64url')}.${keyedHash(TEST_SECRETS.signingSecret, claim)}`,
        `${Buffer.from(claim.replace('json', 'csv')).toString('base64url')}.${token.split('.')[1] ?? ''}`,
        `${token}0`,
        token.slice(0, -1),
        token.toUpperCase(),
        'nothing',
      ])
        await refused(forged);
    });

    it('is asked for by its name', async () => {
      const answer = await app.http.get(`${EXPORT}/download`);
      expect([answer.status, (answer.body as { detail: string }).detail]).toEqual([422, 'validation_error']);
    });

    it.each([
      ['suspended', 200],
      ['deleted', 401],
      ['deletion_pending', 200],
    ])('of an account that is %s since: %i', async (status, expected) => {
      const { token } = await linkOf(person);
      await setStatus(status);
      expect((await download(token)).status).toBe(expected);
    });

    it('is refused in the caller’s language', async () => {
      const said = async (language: string): Promise<string> =>
        ((await download('nothing').set('Accept-Language', language)).body as { message: string }).message;
      const texts = await Promise.all(['en', 'fr', 'es', 'pt'].map(said));
      expect(new Set(texts).size).toBe(4);
      expect(texts[0]).toBe('This download link is no longer valid. Please ask for a new one.');
    });
  });
});

describe('links to exports', () => {
  it('are made ten times an hour and person', async () => {
    const app = await startTestApp({ RATE_LIMIT_FACTOR: '1' });
    const [person, other] = [await app.register(), await app.register()];
    for (let turn = 1; turn <= 10; turn += 1) expect((await person.http.post(EXPORT).send({})).status).toBe(201);
    const refusal = await person.http.post(EXPORT).send({});
    expect([refusal.status, (refusal.body as { detail: string }).detail]).toEqual([429, 'too_many_requests']);
    expect(Number(refusal.headers['retry-after'])).toBeGreaterThan(3_500);
    expect((await other.http.post(EXPORT).send({})).status).toBe(201);
    expect((await person.http.get(EXPORT)).status).toBe(200);
    await app.close();
  });
});
