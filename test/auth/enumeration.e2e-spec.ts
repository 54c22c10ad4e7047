import { startTestApp, type TestApp } from 'test/support/test-app';
import { registerProved } from './links';

/** Whether somebody has an account must not be read from any answer (trust 18). */
describe('an address with an account and one without', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  interface Seen {
    status: number;
    text: string;
    headers: Record<string, string>;
  }
  const seen = async (path: string, body: object): Promise<Seen> => {
    const answer = await app.http.post(path).set('X-Request-Id', 'same').send(body);
    const { date, ...headers } = answer.headers as Record<string, string>;
    expect(date).toBeDefined();
    // They count on, and a second may pass between two requests.
    delete headers['ratelimit-remaining'];
    delete headers['ratelimit-reset'];
    return { status: answer.status, text: answer.text, headers };
  };

  it.each([
    ['/auth/login', { password: 'Wrong-Horse-7' }, 401],
    ['/auth/forgot-password', {}, 202],
    ['/auth/verify-email/request', {}, 202],
  ])('answer alike on %s', async (path, body, status) => {
    const proved = await registerProved(app);
    const unproved = await app.register();
    const answers = [
      await seen(path, { ...body, email: 'nobody@example.com' }),
      await seen(path, { ...body, email: proved.email }),
      await seen(path, { ...body, email: unproved.email }),
    ];
    expect(answers[0]?.status).toBe(status);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  it('cost the same work when a new password or a link is asked for', async () => {
    const { email } = await registerProved(app);
    const jobs = async (): Promise<{ task: string; payload: Record<string, string> }[]> => {
      const { rows } = await app.database.query<{ task: string; payload: Record<string, string> }>(
        `SELECT t.identifier AS task, j.payload FROM graphile_worker._private_jobs j
         JOIN graphile_worker._private_tasks t ON t.id = j.task_id ORDER BY j.id DESC LIMIT 1`,
      );
      return rows;
    };
    for (const path of ['/auth/forgot-password', '/auth/verify-email/request']) {
      await app.http.post(path).send({ email });
      const known = await jobs();
      await app.http.post(path).send({ email: `nobody-${path.length}@example.com` });
      const unknown = await jobs();
      expect(unknown[0]?.task).toBe(known[0]?.task);
      expect(Object.keys(unknown[0]?.payload ?? {})).toEqual(Object.keys(known[0]?.payload ?? {}));
      expect(JSON.stringify(unknown)).not.toContain('nobody');
    }
    expect(await app.messages({ email: 'nobody@example.com' })).toEqual([]);
  });

  it('take the same time to be refused at sign-in', async () => {
    const { email } = await registerProved(app);
    const median = (times: number[]): number => times.sort((left, right) => left - right)[times.length >> 1] ?? 0;
    const times: { known: number[]; unknown: number[] } = { known: [], unknown: [] };
    for (let round = 0; round < 15; round += 1)
      for (const kind of ['known', 'unknown'] as const) {
        await app.database.query('DELETE FROM login_failures');
        const began = performance.now();
        await app.http
          .post('/auth/login')
          .send({ email: kind === 'known' ? email : 'nobody@example.com', password: 'Wrong-Horse-7' });
        times[kind].push(performance.now() - began);
      }
    // Without the hash on a miss the unknown one answers in a fifth of the time.
    const ratio = median(times.unknown) / median(times.known);
    expect(ratio).toBeGreaterThan(0.6);
    expect(ratio).toBeLessThan(1.67);
  });
});
