import { randomUUID } from 'node:crypto';
import { Mailer, PushSender } from 'src/common/outbound/outbound';
import { startTestApp, type TestApp } from 'test/support/test-app';

const ANNA = randomUUID();
const BEN = randomUUID();

describe('the sandbox mailbox', () => {
  let app: TestApp;

  const mail = (userId: string | null, to: string, subject: string): Promise<void> =>
    app.nest
      .get(Mailer)
      .send({ userId, to, subject, text: `${subject} text`, html: '<p>x</p>', messageId: randomUUID() });
  const push = async (userId: string, title: string): Promise<void> => {
    const data = { type: 'test', deep_link: 'mycoach://x' };
    const expiresAt = new Date('2100-01-01');
    await app.nest
      .get(PushSender)
      .send({ userId, token: `user:${userId}`, title, body: `${title} body`, data, collapseId: title, expiresAt });
  };
  const subjects = async (query: string): Promise<(string | null)[]> => {
    const answer = await app.http.get(`/sandbox/messages?${query}`);
    expect(answer.status).toBe(200);
    const { items } = answer.body as { items: { subject: string | null; title: string | null }[] };
    return items.map(({ subject, title }) => subject ?? title);
  };

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  beforeEach(async () => {
    expect((await app.http.delete('/sandbox/messages')).status).toBe(204);
    await app.setClock('2026-03-02T12:00:00Z');
    await mail(ANNA, 'Anna@example.com', 'one');
    await push(BEN, 'two');
    await mail(BEN, 'ben@example.com', 'three');
    await mail(null, 'anna@example.com', 'four');
  });

  it('keeps what would have been sent, with exactly the fields of the contract', async () => {
    const [, third, second] = await app.messages();
    expect(third).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      channel: 'email',
      user_id: BEN,
      to: 'ben@example.com',
      subject: 'three',
      title: null,
      body: 'three text',
      data: null,
      created_at: '2026-03-02T12:00:00Z',
    });
    expect(second).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      channel: 'push',
      user_id: BEN,
      to: `user:${BEN}`,
      subject: null,
      title: 'two',
      body: 'two body',
      data: { type: 'test', deep_link: 'mycoach://x' },
      created_at: '2026-03-02T12:00:00Z',
    });
  });

  it('tells the newest first, page by page', async () => {
    expect(await subjects('')).toEqual(['four', 'three', 'two', 'one']);
    expect(await subjects('limit=2')).toEqual(['four', 'three']);
    expect(await subjects('limit=2&offset=2')).toEqual(['two', 'one']);
    expect(await subjects('offset=9')).toEqual([]);
    const { body } = await app.http.get('/sandbox/messages?limit=3');
    expect(body).toMatchObject({ total: 4, offset: 0, limit: 3, has_more: true });
  });

  it('keeps that order when the clock was moved back in between', async () => {
    await app.setClock('2020-01-01T00:00:00Z');
    await mail(ANNA, 'anna@example.com', 'five');
    expect((await subjects(''))[0]).toBe('five');
  });

  it('filters by user, address, number and channel', async () => {
    expect(await subjects(`user_id=${ANNA}`)).toEqual(['one']);
    expect(await subjects('email=ANNA@example.com')).toEqual(['four', 'one']);
    expect(await subjects('channel=push')).toEqual(['two']);
    expect(await subjects('channel=sms')).toEqual([]);
    expect(await subjects('phone=%2B33612345678')).toEqual([]);
    expect(await subjects(`channel=email&user_id=${BEN}`)).toEqual(['three']);
    expect(await subjects(`user_id=${randomUUID()}`)).toEqual([]);
  });

  it.each([
    ['channel=pigeon', 'channel', 'invalid_value'],
    ['channel=email&channel=push', 'channel', 'invalid_value'],
    ['user_id=7', 'user_id', 'invalid_format'],
    ['email=a&email=b', 'email', 'invalid_type'],
    ['limit=0', 'limit', 'too_small'],
    ['limit=101', 'limit', 'too_large'],
  ])('refuses %s', async (query, field, code) => {
    const answer = await app.http.get(`/sandbox/messages?${query}`);
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ errors: [{ field, code }] });
  });

  it('is empty once it was emptied', async () => {
    expect((await app.http.delete('/sandbox/messages')).status).toBe(204);
    expect(await app.messages()).toEqual([]);
  });
});
