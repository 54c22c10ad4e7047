import { isWellFormedKey, newApiKey } from 'src/modules/auth/keys/api-key.format';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { eventually, registerProved } from './links';

interface KeyItem {
  id: string;
  device_name: string | null;
  current: boolean;
  last_used_at: string | null;
}

describe('the key of a request', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  const login = async (person: TestPerson, deviceName?: string): Promise<string> => {
    const { email, password } = person;
    const answer = await app.http.post('/auth/login').send({ email, password, device_name: deviceName });
    expect(answer.status).toBe(200);
    return (answer.body as { api_key: string }).api_key;
  };
  const items = async (key: string, query = ''): Promise<KeyItem[]> => {
    const answer = await app.client(key).get(`/auth/api-keys${query}`);
    expect(answer.status).toBe(200);
    return (answer.body as { items: KeyItem[] }).items;
  };

  it('is asked for where there is none', async () => {
    const answer = await app.http.get('/users/me');
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('ApiKey');
    expect(answer.body).toMatchObject({ detail: 'api_key_missing' });
  });

  it('may come in its own header or as a bearer, and its own header counts', async () => {
    const person = await app.register();
    await app.http.get('/users/me').set('Authorization', `Bearer ${person.key}`).expect(200);
    await app.http.get('/users/me').set('Authorization', `bearer ${person.key}`).expect(200);
    await app.http.get('/users/me').set('Authorization', 'Basic YTpi').expect(401);
    const both = await person.http.get('/users/me').set('Authorization', 'Bearer nonsense');
    expect(both.status).toBe(200);
    const other = await app.http
      .get('/users/me')
      .set('X-API-Key', 'nonsense')
      .set('Authorization', `Bearer ${person.key}`);
    expect(other.status).toBe(401);
  });

  it('is refused in one way, be it malformed, unknown, revoked, expired or of an erased account (trust 11)', async () => {
    const revoked = await app.register();
    await revoked.http.delete('/auth/logout').expect(204);
    const expired = await app.register();
    await app.database.query(`UPDATE api_keys SET expires_at = now() - interval '1 second' WHERE user_id = $1`, [
      expired.id,
    ]);
    const erased = await app.register();
    await app.database.query(`UPDATE users SET status = 'deleted' WHERE id = $1`, [erased.id]);
    const wellFormed = newApiKey();
    expect(isWellFormedKey(wellFormed)).toBe(true);
    const bodies: object[] = [];
    for (const key of ['mck_nonsense', wellFormed, revoked.key, expired.key, erased.key]) {
      await eventually(async () => (await app.client(key).get('/users/me')).status === 401);
      const answer = await app.client(key).get('/users/me').set('X-Request-Id', 'same');
      expect(answer.headers['www-authenticate']).toBe('ApiKey');
      bodies.push(answer.body as object);
    }
    expect(bodies[0]).toMatchObject({ detail: 'api_key_invalid' });
    for (const body of bodies) expect(body).toEqual(bodies[0]);
  });

  it('costs one look-up to refuse, be it unknown, revoked or expired, and none when it is malformed (trust 9, 11)', async () => {
    const [revoked, expired] = [await app.register(), await app.register()];
    for (const [column, { id }] of [
      ['revoked_at', revoked],
      ['expires_at', expired],
    ] as const)
      await app.database.query(`UPDATE api_keys SET ${column} = now() - interval '1 second' WHERE user_id = $1`, [id]);
    const cost = async (key: string): Promise<number> => {
      await eventually(async () => (await app.client(key).get('/users/me')).status === 401);
      const before = app.queryCount();
      expect((await app.client(key).get('/users/me')).status).toBe(401);
      return app.queryCount() - before;
    };
    const unknown = newApiKey();
    const costs = [await cost(unknown), await cost(unknown), await cost(revoked.key), await cost(expired.key)];
    expect(new Set(costs)).toEqual(new Set([1]));
    expect(await cost(`${unknown.slice(0, -1)}!`)).toBe(0);
  });

  it('counts as none on a public route when it is bad', async () => {
    const answer = await app.client(newApiKey()).get('/health');
    expect(answer.status).toBe(200);
    const mail = await app.client(newApiKey()).post('/auth/verify-email/request').send({ email: 'nobody@example.com' });
    expect(mail.status).toBe(202);
  });

  it('ends when it expires, by the clock of the product', async () => {
    const short = await startTestApp({ API_KEY_TTL_DAYS: '30' });
    try {
      const person = await short.register();
      const answer = await person.http.get('/auth/me').expect(200);
      expect((answer.body as { key: { expires_at: string } }).key.expires_at).not.toBeNull();
      await short.advance(30 * 86_400 - 60);
      await person.http.get('/users/me').expect(200);
      await short.advance(61);
      await person.http.get('/users/me').expect(401);
    } finally {
      await short.close();
    }
  });

  it('is one of several, listed by their last use, the present one marked', async () => {
    const person = await registerProved(app, { device_name: 'Phone' });
    const tablet = await login(person, 'Tablet');
    const listed = await items(tablet);
    expect(listed.map(({ device_name, current }) => [device_name, current])).toEqual(
      expect.arrayContaining([
        ['Phone', false],
        ['Tablet', true],
      ]),
    );
    expect(Object.keys(listed[0] ?? {}).sort()).toEqual([
      'created_at',
      'current',
      'device_name',
      'expires_at',
      'id',
      'last_used_at',
    ]);
    const page = await app.client(tablet).get('/auth/api-keys?limit=1');
    expect(page.body).toMatchObject({ total: 2, offset: 0, limit: 1, has_more: true });
  });

  it('notes its use at most once a minute (trust 12)', async () => {
    const person = await app.register();
    const lastUse = async (): Promise<Date | null> => {
      const { rows } = await app.database.query<{ last_used_at: Date | null }>(
        'SELECT last_used_at FROM api_keys WHERE user_id = $1',
        [person.id],
      );
      return rows[0]?.last_used_at ?? null;
    };
    await app.setClock('2030-01-01T10:00:00Z');
    await person.http.get('/users/me').expect(200);
    await eventually(async () => (await lastUse())?.toISOString() === '2030-01-01T10:00:00.000Z');
    await app.setClock('2030-01-01T10:00:59Z');
    await person.http.get('/users/me').expect(200);
    await app.setClock('2030-01-01T10:01:00Z');
    await person.http.get('/users/me').expect(200);
    await eventually(async () => (await lastUse())?.toISOString() === '2030-01-01T10:01:00.000Z');
    await app.setClock(null);
  });

  it('opens nothing from the moment it is revoked, on this process and on every other (trust 8, 12)', async () => {
    const other = await startTestApp({ DATABASE_URL: app.databaseUrl });
    try {
      const person = await registerProved(app);
      const second = await login(person);
      await other.client(second).get('/users/me').expect(200);
      const id = (await items(person.key)).find(({ current }) => !current)?.id ?? '';
      await person.http.delete(`/auth/api-keys/${id}`).expect(204);
      await app.client(second).get('/users/me').expect(401);
      await eventually(async () => (await other.client(second).get('/users/me')).status === 401);
      await person.http.get('/users/me').expect(200);
      await person.http.delete(`/auth/api-keys/${id}`).expect(404);
    } finally {
      await other.close();
    }
  });

  it('opens nothing on this process from the next request on, even if no notice arrives', async () => {
    const quiet = await startTestApp();
    try {
      await quiet.database.query('ALTER TABLE api_keys DISABLE TRIGGER api_keys_changed');
      const person = await registerProved(quiet);
      const enter = async (): Promise<string> => {
        const { email, password } = person;
        const answer = await quiet.http.post('/auth/login').send({ email, password });
        const { api_key: key } = answer.body as { api_key: string };
        await quiet.client(key).get('/users/me').expect(200);
        return key;
      };
      const [byId, own, changed, all] = [await enter(), await enter(), await enter(), await enter()];
      const listed = await quiet.client(byId).get('/auth/api-keys');
      const id = (listed.body as { items: KeyItem[] }).items.find(({ current }) => current)?.id ?? '';
      await person.http.delete(`/auth/api-keys/${id}`).expect(204);
      await quiet.client(byId).get('/users/me').expect(401);
      await quiet.client(own).delete('/auth/logout').expect(204);
      await quiet.client(own).get('/users/me').expect(401);
      await quiet.client(changed).get('/users/me').expect(200);
      await person.http
        .post('/auth/change-password')
        .send({ current_password: person.password, new_password: person.password })
        .expect(204);
      await quiet.client(changed).get('/users/me').expect(401);
      await quiet.client(all).get('/users/me').expect(401);
      await person.http.delete('/auth/logout-all').expect(204);
      await person.http.get('/users/me').expect(401);
    } finally {
      await quiet.close();
    }
  });

  it('ends with its own logout, and all end together', async () => {
    const person = await registerProved(app);
    const [one, two] = [await login(person), await login(person)];
    await app.client(one).delete('/auth/logout').expect(204);
    await app.client(one).get('/users/me').expect(401);
    await app.client(two).delete('/auth/logout-all').expect(204);
    await app.client(two).get('/users/me').expect(401);
    await person.http.get('/users/me').expect(401);
  });

  it('of somebody else looks like one that is missing', async () => {
    const [mine, theirs] = [await app.register(), await app.register()];
    const [foreign] = await items(theirs.key);
    const one = await mine.http.delete(`/auth/api-keys/${foreign?.id ?? ''}`).set('X-Request-Id', 'same');
    const missing = await mine.http
      .delete('/auth/api-keys/00000000-0000-4000-8000-000000000000')
      .set('X-Request-Id', 'same');
    expect(one.status).toBe(404);
    expect(one.body).toEqual(missing.body);
    expect(one.body).toMatchObject({ detail: 'api_key_not_found' });
    await theirs.http.get('/users/me').expect(200);
    await mine.http.delete('/auth/api-keys/nonsense').expect(422);
  });

  it('tells of a device name that the account has not seen, but not of its first key', async () => {
    const person = await registerProved(app, { device_name: 'Phone', locale: 'en-GB' });
    const mails = async (): Promise<number> => (await app.messages({ email: person.email, channel: 'email' })).length;
    const before = await mails();
    await login(person, 'Phone');
    expect(await mails()).toBe(before);
    await login(person, 'Tablet');
    expect(await mails()).toBe(before + 1);
    await login(person, 'Tablet');
    expect(await mails()).toBe(before + 1);
  });
});
