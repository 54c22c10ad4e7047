import { BookingConfirmed, BookingRequested, SessionReminderDue } from 'src/modules/booking/booking.events';
import { PasswordChanged } from 'src/modules/auth/auth.events';
import { PushSpreadService } from 'src/modules/notification/devices/push-spread.service';
import { NOTIFICATION_TYPES, SECURITY_TYPES } from 'src/modules/notification/type-names';
import { expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { publish, sessionOf } from './publishing';

const PATH = '/users/me/notification-preferences';
/** Eleven in the morning in Paris. */
const NOW = '2026-03-02T10:00:00Z';
const EXPIRES = new Date('2026-03-02T16:00:00Z');

type Preferences = Record<string, { push: boolean; email: boolean }>;
interface Refused {
  detail: string;
  errors: { field: string; code: string; message: string }[];
}

describe('what somebody wants to be sent', () => {
  let app: TestApp;
  let client: TestPerson;
  let coach: TestPerson;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    await app.setClock(NOW);
    client = await app.register({ locale: 'en-GB', timezone: 'Europe/Paris' });
    coach = await app.register({ role: 'coach', timezone: 'Europe/Paris' });
    await app.messages();
    await app.http.delete('/sandbox/messages').expect(204);
  });

  const find = (person = client): PromiseLike<Preferences> => expectStatus<Preferences>(person.http.get(PATH), 200);
  const say = (wishes: object, person = client): PromiseLike<Preferences> =>
    expectStatus<Preferences>(person.http.put(PATH).send(wishes), 200);
  const refused = async (wishes: object): Promise<string[]> => {
    const { detail, errors } = await expectStatus<Refused>(client.http.put(PATH).send(wishes), 422);
    expect(detail).toBe('validation_error');
    return errors.map(({ field, code }) => `${field} ${code}`);
  };
  /** What left for a person, as `<channel> <type or subject>`. */
  const toldTo = async ({ id }: TestPerson): Promise<string[]> =>
    (await app.messages({ user_id: id })).map(
      ({ channel, data, subject }) => `${channel} ${data?.['type'] ?? subject}`,
    );
  const inboxOf = async (person: TestPerson): Promise<string[]> =>
    (await expectStatus<{ items: { type: string }[] }>(person.http.get('/notifications'), 200)).items.map(
      ({ type }) => type,
    );

  it('is everything at first, of every type of the contract', async () => {
    const preferences = await find();
    expect(Object.keys(preferences)).toEqual([...NOTIFICATION_TYPES]);
    expect(Object.keys(preferences)).toHaveLength(51);
    for (const channels of Object.values(preferences)) expect(channels).toEqual({ push: true, email: true });
  });

  it('changes where something is said, by type and channel, and of nobody else', async () => {
    const first = await say({ auto_done: { push: false }, booking_requested: { push: false, email: false } });
    const expected = {
      ...first,
      auto_done: { push: false, email: true },
      booking_requested: { push: false, email: false },
    };
    expect(first).toEqual(expected);
    const second = await say({ booking_requested: { email: true }, waitlist_joined: {} });
    expect(second).toEqual({ ...expected, booking_requested: { push: false, email: true } });
    expect(await find()).toEqual(second);
    expect(Object.values(await find(coach)).every(({ push, email }) => push && email)).toBe(true);
    expect(await say({})).toEqual(second);
    expect(Object.values(second).filter(({ push }) => !push)).toHaveLength(2);
  });

  it('always has what is about the safety of the account, whatever is sent', async () => {
    const off = Object.fromEntries([...SECURITY_TYPES].map((type) => [type, { push: false, email: false }]));
    const preferences = await say({ ...off, auto_done: { push: false } });
    for (const type of SECURITY_TYPES) expect(preferences[type]).toEqual({ push: true, email: true });
    expect(preferences['auto_done']).toEqual({ push: false, email: true });
    const { rows } = await app.database.query<{ type: string }>(
      'SELECT type FROM notification_preferences WHERE user_id = $1',
      [client.id],
    );
    expect(rows).toEqual([{ type: 'auto_done' }]);
  });

  it('refuses names and values that do not exist, each by its field, and then changes nothing', async () => {
    const before = await find();
    expect(await refused({ auto_done: { push: false }, birthday: { push: false }, Auto_done: {} })).toEqual([
      'birthday unknown_notification_type',
      'Auto_done unknown_notification_type',
    ]);
    expect(
      await refused(JSON.parse('{"__proto__": {"push": false}, "constructor": {"push": false}}') as object),
    ).toEqual(['__proto__ unknown_notification_type', 'constructor unknown_notification_type']);
    for (const value of ['false', 0, null, [], {}])
      expect(await refused({ auto_done: { push: value, email: false } })).toEqual(['auto_done.push invalid_type']);
    for (const value of ['off', false, 1, [], [{ push: false }]])
      expect(await refused({ auto_done: value })).toEqual(['auto_done invalid_type']);
    expect(await refused({ nonsense: 1, auto_done: { email: 'no' } })).toEqual([
      'nonsense unknown_notification_type',
      'auto_done.email invalid_type',
    ]);
    expect(await refused([{ auto_done: { push: false } }])).toEqual(['body invalid_type']);
    expect(await find()).toEqual(before);
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('push');
  });

  it('names no more faults than somebody can read', async () => {
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`type_${String(at)}`, {}]));
    expect(await refused(many)).toHaveLength(100);
    const [fault] = await refused({ ['x'.repeat(50_000)]: {} });
    expect(fault).toBe(`${'x'.repeat(100)} unknown_notification_type`);
  });

  it('drops a channel that does not exist', async () => {
    expect((await say({ auto_done: { push: false, sms: true } }))['auto_done']).toEqual({ push: false, email: true });
  });

  it('says what is wrong in the language of the caller', async () => {
    const answer = await client.http.put(PATH).set('Accept-Language', 'fr').send({ birthday: {} });
    expect((answer.body as Refused).errors).toEqual([
      {
        field: 'birthday',
        code: 'unknown_notification_type',
        message: 'Ce type de notification n’existe pas.',
      },
    ]);
  });

  it('opens with a key only', async () => {
    for (const answer of [await app.http.get(PATH), await app.http.put(PATH).send({})]) {
      expect(answer.status).toBe(401);
      expect(answer.body).toMatchObject({ detail: 'api_key_missing' });
    }
  });

  it('is what two devices said, when they say it at once of different channels', async () => {
    for (let times = 0; times < 5; times += 1) {
      const person = await app.register();
      await Promise.all([
        say({ auto_done: { push: false }, booking_sent: { push: false } }, person),
        say({ booking_sent: { email: false }, auto_done: { email: false } }, person),
      ]);
      const preferences = await find(person);
      expect(preferences['auto_done']).toEqual({ push: false, email: false });
      expect(preferences['booking_sent']).toEqual({ push: false, email: false });
    }
  });

  it('is what two devices said, also when each speaks of both channels, crosswise', async () => {
    const person = await app.register();
    for (const wanted of [false, true, false]) {
      await Promise.all([
        say({ auto_done: { push: wanted }, booking_sent: { email: wanted } }, person),
        say({ booking_sent: { push: wanted }, auto_done: { email: wanted } }, person),
      ]);
      const preferences = await find(person);
      for (const type of ['auto_done', 'booking_sent'])
        expect(preferences[type]).toEqual({ push: wanted, email: wanted });
    }
  });

  it('is written at once, so that two who write do not wait for each other in a circle', async () => {
    const statementsOf = async (wishes: object): Promise<number> => {
      const before = app.queryCount();
      await say(wishes);
      return app.queryCount() - before;
    };
    await say({});
    const one = await statementsOf({ auto_done: { push: false } });
    expect(await statementsOf({ auto_done: { push: true }, booking_sent: { email: false } })).toBe(one);
  });

  it('decides what leaves, and never what stands in the inbox', async () => {
    await say({ booking_confirmed: { push: false } });
    await publish(app, new BookingConfirmed(sessionOf(client, coach)));
    expect(await toldTo(client)).toEqual(['email Session confirmed']);
    await say({ booking_confirmed: { push: true, email: false } });
    await publish(app, new BookingConfirmed(sessionOf(client, coach)));
    expect(await toldTo(client)).toEqual(['push booking_confirmed', 'email Session confirmed']);
    await say({ booking_confirmed: { push: false } });
    await publish(app, new BookingConfirmed(sessionOf(client, coach)));
    expect(await toldTo(client)).toHaveLength(2);
    expect(await inboxOf(client)).toEqual(['booking_confirmed', 'booking_confirmed', 'booking_confirmed']);
    // The other party said nothing.
    expect(await toldTo(coach)).toHaveLength(3);
  });

  it('is asked when a message leaves, not when it is written', async () => {
    await publish(app, new BookingConfirmed(sessionOf(client, coach)));
    await say({ booking_confirmed: { push: false, email: false } });
    expect(await toldTo(client)).toEqual([]);
    await say({ booking_requested: { push: false, email: false } }, coach);
    await publish(app, new BookingRequested(sessionOf(client, coach), EXPIRES));
    await say({ booking_requested: { push: true } }, coach);
    expect(await toldTo(coach)).toEqual(['push booking_requested', 'push session_confirmed']);
  });

  it('is asked once more for each device, when the push is on its way already', async () => {
    await expectStatus(client.http.post('/push/register').send({ token: 'a-phone', platform: 'ios' }), 204);
    await publish(app, new BookingConfirmed(sessionOf(client, coach)));
    const { rows } = await app.database.query<{ id: string }>('SELECT id FROM notifications WHERE user_id = $1', [
      client.id,
    ]);
    for (const { id } of rows) await app.nest.get(PushSpreadService).spread(id);
    await say({ booking_confirmed: { push: false } });
    expect(await toldTo(client)).toEqual(['email Session confirmed']);
  });

  it('is asked in the morning of what the night held back', async () => {
    await app.setClock('2026-03-02T22:00:00Z');
    await publish(
      app,
      new SessionReminderDue({ ...sessionOf(client, coach), scheduledAt: new Date('2026-03-03T22:00:00Z') }, 'day'),
    );
    await say({ reminder_day_before: { push: false } });
    await app.advance(8 * 3600);
    expect(await toldTo(client)).toEqual([]);
    expect(await inboxOf(client)).toEqual(['reminder_day_before']);
    expect(await toldTo(coach)).toEqual(['push reminder_day_before']);
  });

  it('does not keep a message about the safety of the account from leaving', async () => {
    await app.database.query(
      `INSERT INTO notification_preferences (user_id, type, push, email, updated_at)
       VALUES ($1, 'password_changed', false, false, now())`,
      [client.id],
    );
    await publish(app, new PasswordChanged(client.id, new Date(NOW)));
    expect(await toldTo(client)).toEqual(['email Your password has been changed']);
  });
});
