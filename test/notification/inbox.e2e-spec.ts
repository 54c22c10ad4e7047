import { randomUUID } from 'node:crypto';
import { BookingConfirmed, BookingRejected } from 'src/modules/booking/booking.events';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { publish, sessionOf } from './publishing';

interface Notification {
  id: string;
  type: string;
  read_at: string | null;
  created_at: string;
}

describe('the inbox', () => {
  let app: TestApp;
  let client: TestPerson;
  let coach: TestPerson;

  const list = async (person: TestPerson, query = ''): Promise<Notification[]> => {
    const answer = await person.http.get(`/notifications?${query}`);
    expect(answer.status).toBe(200);
    return (answer.body as { items: Notification[] }).items;
  };
  const unreadCount = async (person: TestPerson): Promise<number> => {
    const answer = await person.http.get('/notifications/unread-count');
    expect(answer.status).toBe(200);
    return (answer.body as { unread_count: number }).unread_count;
  };

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  beforeEach(async () => {
    client = await app.register({ locale: 'en-GB' });
    coach = await app.register({ role: 'coach' });
    await app.setClock('2026-03-01T12:00:00Z');
    await publish(app, new BookingConfirmed(sessionOf(client, coach)));
    await app.setClock('2026-03-01T13:00:00Z');
    await publish(app, new BookingRejected(sessionOf(client, coach), null));
  });

  it('shows what a person was told, newest first, with exactly the fields of the contract', async () => {
    const answer = await client.http.get('/notifications');
    expect(answer.body).toMatchObject({ total: 2, offset: 0, limit: 50, has_more: false });
    const [newest, oldest] = await list(client);
    expect(oldest).toMatchObject({ type: 'booking_confirmed', created_at: '2026-03-01T12:00:00Z' });
    expect(newest).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      type: 'booking_rejected',
      title: 'Request declined',
      body: expect.stringContaining('cannot accept your request: Tuesday') as string,
      data: {
        type: 'booking_rejected',
        deep_link: expect.stringMatching(/^mycoach:\/\/bookings\/[0-9a-f-]{36}$/) as string,
        booking_id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      },
      read_at: null,
      created_at: '2026-03-01T13:00:00Z',
    });
  });

  it('holds nothing of others', async () => {
    expect((await list(coach)).map(({ type }) => type)).toEqual(['session_confirmed']);
    expect(await unreadCount(coach)).toBe(1);
  });

  it('repeats no row from page to page, even where the moments are the same', async () => {
    for (let times = 0; times < 3; times += 1) await publish(app, new BookingConfirmed(sessionOf(client, coach)));
    const all = await list(client);
    const first = await list(client, 'limit=2');
    const second = await list(client, 'limit=2&offset=2');
    const third = await list(client, 'limit=2&offset=4');
    expect([...first, ...second, ...third]).toEqual(all);
    expect(new Set(all.map(({ id }) => id)).size).toBe(5);
  });

  it('keeps the moment at which a message was first read', async () => {
    const [newest] = await list(client);
    await app.setClock('2026-03-01T14:00:00Z');
    const answer = await client.http.post(`/notifications/${newest?.id}/read`);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ ...newest, read_at: '2026-03-01T14:00:00Z' });
    await app.setClock('2026-03-01T15:00:00Z');
    const repeat = await client.http.post(`/notifications/${newest?.id}/read`);
    expect(repeat.status).toBe(200);
    expect(repeat.body).toEqual(answer.body);
    expect(await unreadCount(client)).toBe(1);
  });

  it('can be asked for the unread ones or the read ones alone', async () => {
    const [newest, oldest] = await list(client);
    await client.http.post(`/notifications/${newest?.id}/read`).expect(200);
    expect((await list(client, 'unread=true')).map(({ id }) => id)).toEqual([oldest?.id]);
    expect((await list(client, 'unread=false')).map(({ id }) => id)).toEqual([newest?.id]);
    expect(await list(client)).toHaveLength(2);
  });

  it('can be read as a whole', async () => {
    const answer = await client.http.post('/notifications/read-all');
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ updated_count: 2 });
    expect(await unreadCount(client)).toBe(0);
    expect(await unreadCount(coach)).toBe(1);
    expect((await client.http.post('/notifications/read-all')).body).toEqual({ updated_count: 0 });
  });

  it('answers alike for a message of somebody else and for one that does not exist', async () => {
    const [foreign] = await list(coach);
    const ask = (id: string) => client.http.post(`/notifications/${id}/read`).set('X-Request-Id', 'same');
    const answers = [await ask(foreign?.id ?? ''), await ask(randomUUID())];
    for (const answer of answers) expect(answer.status).toBe(404);
    expect(answers[0]?.text).toBe(answers[1]?.text);
    expect(answers[0]?.body).toMatchObject({ detail: 'notification_not_found' });
    expect(await unreadCount(coach)).toBe(1);
  });

  it('refuses what it cannot understand', async () => {
    const malformed = await client.http.post('/notifications/7/read');
    expect(malformed.status).toBe(422);
    expect(malformed.body).toMatchObject({ errors: [{ field: 'id', code: 'invalid_format' }] });
    const unread = await client.http.get('/notifications?unread=maybe');
    expect(unread.body).toMatchObject({ errors: [{ field: 'unread', code: 'invalid_type' }] });
    const limit = await client.http.get('/notifications?limit=101');
    expect(limit.body).toMatchObject({ errors: [{ field: 'limit', code: 'too_large' }] });
  });

  it('opens with a key only', async () => {
    for (const path of ['/notifications', '/notifications/unread-count']) {
      const answer = await app.http.get(path);
      expect(answer.status).toBe(401);
      expect(answer.body).toMatchObject({ detail: 'api_key_missing' });
    }
    expect((await app.http.post('/notifications/read-all')).status).toBe(401);
    expect((await app.http.post(`/notifications/${randomUUID()}/read`)).status).toBe(401);
  });

  it('is kept for a year, to the second', async () => {
    const purge = async (): Promise<void> => {
      await app.http.post('/sandbox/jobs/purge_expired_tokens/run').expect(200);
    };
    await app.setClock('2027-03-01T12:00:00Z');
    await purge();
    expect(await list(client)).toHaveLength(2);
    await app.setClock('2027-03-01T12:00:01Z');
    await purge();
    expect((await list(client)).map(({ type }) => type)).toEqual(['booking_rejected']);
    expect(await list(coach)).toEqual([]);
  });
});
