import { type HttpClient, startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

describe('registering a device', () => {
  let app: TestApp;
  let person: TestPerson;
  let other: TestPerson;
  let tokens = 0;

  beforeAll(async () => {
    app = await startTestApp();
    await app.setClock('2026-03-02T09:30:00Z');
    other = await app.register();
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    person = await app.register();
  });

  const aToken = (): string => `token-${String(++tokens)}`;
  const registers = async (http: HttpClient, token = aToken(), platform = 'android'): Promise<string> => {
    await http.post('/push/register').send({ token, platform }).expect(204);
    return token;
  };
  const known = async (): Promise<string[]> => {
    const { rows } = await app.database.query<{ token: string }>('SELECT token FROM push_devices WHERE user_id = $1', [
      person.id,
    ]);
    return rows.map(({ token }) => token).sort();
  };

  it('keeps twenty devices: the one that was registered longest ago makes room', async () => {
    const all: string[] = [];
    for (let second = 0; second < 21; second += 1) {
      await app.setClock(`2026-03-02T09:31:${String(second).padStart(2, '0')}Z`);
      all.push(await registers(person.http));
      if (second === 19) {
        expect(await known()).toEqual([...all].sort());
      }
    }
    expect(await known()).toEqual(all.slice(1).sort());
  });

  it('keeps twenty devices however many are registered at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => person.http.post('/push/register').send({ token: aToken(), platform: 'ios' })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
    const { rowCount } = await app.database.query('SELECT 1 FROM push_devices WHERE user_id = $1', [person.id]);
    expect(rowCount).toBe(20);
  });

  it('gives a device one owner when two people ask for it at the same time', async () => {
    const token = aToken();
    for (let round = 0; round < 5; round += 1) {
      const answers = await Promise.all(
        [person, other, person, other].map(({ http }) => http.post('/push/register').send({ token, platform: 'web' })),
      );
      expect(answers.map(({ status }) => status)).toEqual([204, 204, 204, 204]);
    }
    const { rows } = await app.database.query<{ user_id: string }>(
      'SELECT user_id FROM push_devices WHERE token = $1',
      [token],
    );
    expect(rows).toHaveLength(1);
    expect([person.id, other.id]).toContain(rows[0]?.user_id);
  });

  it.each([
    ['no token', { platform: 'ios' }, 'token', 'required'],
    ['an empty token', { token: '', platform: 'ios' }, 'token', 'required'],
    ['a token of 513 characters', { token: 'x'.repeat(513), platform: 'ios' }, 'token', 'too_long'],
    ['a number', { token: 7, platform: 'ios' }, 'token', 'invalid_type'],
    ['a character that no token has', { token: 'a\u0000b', platform: 'ios' }, 'token', 'invalid_format'],
    ['no platform', { token: 'abc' }, 'platform', 'required'],
    ['a platform of old', { token: 'abc', platform: 'symbian' }, 'platform', 'invalid_value'],
  ])('refuses %s', async (_what, body, field, code) => {
    const answer = await person.http.post('/push/register').send(body);
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ detail: 'validation_error', errors: [{ field, code }] });
  });

  it('takes a token as long as they get, and forgets none that is not named', async () => {
    const longest = `${aToken()}${'x'.repeat(512)}`.slice(0, 512);
    await registers(person.http, longest);
    await person.http.delete('/push/register').send({ token: longest }).expect(204);
    const answer = await person.http.delete('/push/register').send({});
    expect(answer.body).toMatchObject({ detail: 'validation_error', errors: [{ field: 'token', code: 'required' }] });
  });

  it('is for somebody with a key', async () => {
    for (const verb of ['post', 'delete'] as const) {
      const answer = await app.http[verb]('/push/register').send({ token: 'abc', platform: 'ios' });
      expect([answer.status, (answer.body as { detail: string }).detail]).toEqual([401, 'api_key_missing']);
    }
  });
});
