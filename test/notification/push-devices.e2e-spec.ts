import { BookingConfirmed } from 'src/modules/booking/booking.events';
import { AccountClosing } from 'src/modules/auth/auth.events';
import { PushSpreadService } from 'src/modules/notification/devices/push-spread.service';
import { type HttpClient, startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { publish, sessionOf } from './publishing';

const NOW = '2026-03-02T09:30:00Z';

describe('the devices that ring', () => {
  let app: TestApp;
  let person: TestPerson;
  let other: TestPerson;
  let tokens = 0;

  beforeAll(async () => {
    app = await startTestApp({ API_KEY_TTL_DAYS: '30' });
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    await app.setClock(NOW);
    person = await app.register({ locale: 'en-GB', device_name: 'Phone' });
    other = await app.register({ locale: 'en-GB' });
    await clear();
  });

  const clear = async (): Promise<void> => {
    await app.http.delete('/sandbox/messages').expect(204);
  };
  const aToken = (): string => `token-${String(++tokens)}`;
  const registers = async (http: HttpClient, token = aToken(), platform = 'android'): Promise<string> => {
    await http.post('/push/register').send({ token, platform }).expect(204);
    return token;
  };
  const verified = async (whom: TestPerson): Promise<void> => {
    await app.database.query('UPDATE users SET email_verified_at = now(), status = $2 WHERE id = $1', [
      whom.id,
      'active',
    ]);
  };
  /** Another device of the same person. */
  const signIn = async (whom: TestPerson, deviceName: string): Promise<HttpClient> => {
    await verified(whom);
    const login = { email: whom.email, password: whom.password, device_name: deviceName };
    const answer = await app.http.post('/auth/login').send(login).expect(200);
    return app.client((answer.body as { api_key: string }).api_key);
  };
  /** Something happens that is pushed to a person. */
  const tell = (whom: TestPerson): Promise<void> => {
    const session = sessionOf(whom, other);
    return publish(app, new BookingConfirmed({ ...session, previousStatus: 'pending_coach_validation' }));
  };
  /** What the first job of a push does. */
  const spread = async (whom: TestPerson): Promise<void> => {
    const { rows } = await app.database.query<{ id: string }>('SELECT id FROM notifications WHERE user_id = $1', [
      whom.id,
    ]);
    for (const { id } of rows) await app.nest.get(PushSpreadService).spread(id);
  };
  const waiting = async (): Promise<string[]> => {
    const { rows } = await app.database.query<{ task: string }>(
      'SELECT task_identifier AS task FROM graphile_worker.jobs',
    );
    return rows.map(({ task }) => task);
  };
  const rung = async (whom: TestPerson): Promise<string[]> =>
    (await app.messages({ user_id: whom.id, channel: 'push' })).map(({ to }) => to).sort();

  it('all ring, with the same words, and nobody else’s', async () => {
    const [first, second, third] = [
      await registers(person.http, aToken(), 'android'),
      await registers(person.http, aToken(), 'ios'),
      await registers(await signIn(person, 'Browser'), aToken(), 'web'),
    ];
    await registers(other.http);
    await clear();
    await tell(person);
    const pushes = await app.messages({ user_id: person.id, channel: 'push' });
    expect(pushes.map(({ to }) => to).sort()).toEqual([first, second, third].sort());
    expect(new Set(pushes.map(({ title }) => title))).toEqual(new Set(['Session confirmed']));
    expect(pushes[0]?.data).toMatchObject({ type: 'booking_confirmed' });
  });

  it('are shown as one in the mailbox as long as there are none, for whoever builds the app', async () => {
    await tell(person);
    expect(await rung(person)).toEqual([`user:${person.id}`]);
  });

  it('are registered again without ringing twice', async () => {
    const token = await registers(person.http);
    await registers(person.http, token, 'ios');
    await tell(person);
    expect(await rung(person)).toEqual([token]);
    const { rows } = await app.database.query('SELECT platform FROM push_devices WHERE token = $1', [token]);
    expect(rows).toEqual([{ platform: 'ios' }]);
  });

  it('ring for whoever registered them last', async () => {
    const token = await registers(person.http);
    const kept = await registers(person.http);
    await registers(other.http, token);
    await tell(person);
    expect(await rung(person)).toEqual([kept]);
    expect(await rung(other)).toEqual([token]);
  });

  it('do not ring for who had them, though a push for them was on its way', async () => {
    const token = await registers(person.http);
    await tell(person);
    await spread(person);
    expect(await waiting()).toContain('deliver_push_to_device');
    await registers(other.http, token);
    expect(await rung(person)).toEqual([]);
  });

  it('ring no more once they are forgotten, and again once they are back', async () => {
    const token = await registers(person.http);
    const kept = await registers(person.http);
    await person.http.delete('/push/register').send({ token }).expect(204);
    await tell(person);
    expect(await rung(person)).toEqual([kept]);
    await clear();
    await registers(person.http, token);
    await tell(person);
    expect(await rung(person)).toEqual([token, kept].sort());
  });

  it('are forgotten by their owner alone, and nobody learns whether they are known', async () => {
    const token = await registers(person.http);
    const foreign = await other.http.delete('/push/register').send({ token });
    const unknown = await other.http.delete('/push/register').send({ token: 'never-seen' });
    expect([foreign.status, foreign.body]).toEqual([unknown.status, unknown.body]);
    expect(unknown.status).toBe(204);
    await tell(person);
    expect(await rung(person)).toEqual([token]);
  });

  it.each([
    ['the device signs out', (http: HttpClient) => http.delete('/auth/logout')],
    ['all devices sign out', (http: HttpClient) => http.delete('/auth/logout-all')],
  ])('fall silent when %s', async (_what, signOut) => {
    const first = await registers(person.http);
    const tablet = await signIn(person, 'Tablet');
    const second = await registers(tablet);
    await clear();
    const answer = await signOut(tablet);
    expect(answer.status).toBeLessThan(300);
    await tell(person);
    const ringing = await rung(person);
    expect(ringing).not.toContain(second);
    expect(ringing.includes(first)).toBe(_what === 'the device signs out');
  });

  it('fall silent when their key is revoked from another device', async () => {
    const tablet = await signIn(person, 'Tablet');
    const token = await registers(tablet);
    const kept = await registers(person.http);
    const { items } = (await person.http.get('/auth/api-keys').expect(200)).body as {
      items: { id: string; device_name: string }[];
    };
    const id = items.find(({ device_name }) => device_name === 'Tablet')?.id ?? '';
    await clear();
    await person.http.delete(`/auth/api-keys/${id}`).expect(204);
    await tell(person);
    expect(await rung(person)).toEqual([kept]);
    expect((await app.database.query('SELECT 1 FROM push_devices WHERE token = $1', [token])).rowCount).toBe(0);
  });

  it('stay silent when they registered while their key was being revoked', async () => {
    const kept = await registers(await signIn(person, 'Tablet'));
    await registers(person.http);
    await clear();
    // The event came before the device: what it silenced was not there yet.
    await app.database.query(`UPDATE api_keys SET revoked_at = $2 WHERE user_id = $1 AND device_name = 'Phone'`, [
      person.id,
      NOW,
    ]);
    await tell(person);
    expect(await rung(person)).toEqual([kept]);
  });

  it('fall silent the moment their key expires', async () => {
    const token = await registers(person.http);
    await app.setClock('2026-04-01T09:29:59Z');
    await tell(person);
    expect(await rung(person)).toEqual([token]);
    await clear();
    await app.setClock('2026-04-01T09:30:00Z');
    await tell(person);
    expect(await rung(person)).toEqual([]);
  });

  it('get nothing for a suspended account (trust 20)', async () => {
    await registers(person.http);
    await app.database.query(
      `UPDATE users SET status = 'suspended', status_before_suspension = 'active' WHERE id = $1`,
      [person.id],
    );
    await tell(person);
    expect(await rung(person)).toEqual([]);
  });

  it('fall silent when their owner asks for the account to be erased (trust 20)', async () => {
    await registers(person.http);
    await publish(app, new AccountClosing(person.id));
    const { rowCount } = await app.database.query('SELECT 1 FROM push_devices WHERE user_id = $1', [person.id]);
    expect(rowCount).toBe(0);
  });

  it('are told of a new one, which is not told of itself', async () => {
    const first = await registers(person.http);
    await verified(person);
    const login = { email: person.email, password: person.password, device_name: 'Watch' };
    const answer = await app.http.post('/auth/login').send(login).expect(200);
    // It registers before the message about it has left.
    const watch = await registers(app.client((answer.body as { api_key: string }).api_key));
    const pushes = await app.messages({ user_id: person.id, channel: 'push' });
    expect(pushes.map(({ to, data }) => ({ to, type: data?.['type'] }))).toEqual([
      { to: first, type: 'api_key_created' },
    ]);
    await tell(person);
    expect(await rung(person)).toEqual([first, first, watch].sort());
  });

  it('are left in peace by what is three days old, and by an offer that has ended', async () => {
    await registers(person.http);
    await tell(person);
    await app.database.query(`UPDATE notifications SET created_at = $2 WHERE user_id = $1`, [
      person.id,
      '2026-02-27T09:30:00Z',
    ]);
    expect(await rung(person)).toEqual([]);
    await tell(person);
    await app.database.query(`UPDATE notifications SET expires_at = $2 WHERE user_id = $1`, [person.id, NOW]);
    expect(await rung(person)).toEqual([]);
    await tell(person);
    await app.database.query(`UPDATE notifications SET expires_at = $2 WHERE user_id = $1 AND pushed_at IS NULL`, [
      person.id,
      '2026-03-02T09:30:01Z',
    ]);
    expect(await rung(person)).toHaveLength(1);
  });

  it('are addressed once, when the job that addresses them runs twice at the same time (trust 52)', async () => {
    const token = await registers(person.http);
    await tell(person);
    await Promise.all([spread(person), spread(person), spread(person)]);
    expect((await waiting()).filter((task) => task === 'deliver_push_to_device')).toHaveLength(1);
    expect(await rung(person)).toEqual([token]);
  });
});
