import sharp from 'sharp';
import { JobWorker } from 'src/common/jobs/job-worker';
import { expectStatus } from 'test/support/coaching';
import { S3Server } from 'test/support/s3-server';
import { startTestApp, type TestApp } from 'test/support/test-app';
import { me, photoUrl, plain, send, show } from './pictures';

const HOUR = 3_600;

describe('the own picture in a bucket', () => {
  let app: TestApp;
  let server: S3Server;
  let picture: Buffer;

  beforeAll(async () => {
    server = await S3Server.start();
    app = await startTestApp(server.variables);
    picture = await plain(300, 300).jpeg().toBuffer();
  });
  afterAll(async () => {
    await app.close();
    await server.stop();
  });
  beforeEach(() => {
    server.mood = 'good';
  });

  it('is put, served and taken away', async () => {
    const person = await app.register();
    const url = photoUrl(await show(person, picture));
    expect([...server.objects.keys()]).toEqual([url.split('/').at(-1)]);
    const answer = await app.http.get(url).expect(200);
    expect((await sharp(answer.body as Buffer).metadata()).width).toBe(300);
    await expectStatus(person.http.delete('/users/me/avatar'), 204);
    await app.nest.get(JobWorker).settle();
    expect(server.objects.size).toBe(0);
  });

  it.each(['failing', 'silent'] as const)(
    'changes nothing while the store is %s, and says so in time',
    async (mood) => {
      const person = await app.register();
      const before = await show(person, picture);
      server.mood = mood;
      const since = performance.now();
      const refused = await expectStatus(send(person, picture), 503);
      expect(performance.now() - since).toBeLessThan(7_000);
      expect(refused).toMatchObject({ detail: 'service_unavailable', retry_after: expect.any(Number) as number });
      await app.http.get(photoUrl(before)).expect(503);
      expect(await me(person)).toEqual(before);
      server.mood = 'good';
      await app.http.get(photoUrl(before)).expect(200);
      await show(person, picture);
    },
  );

  it('holds no connection of the database while the store makes it wait', async () => {
    const person = await app.register();
    server.mood = 'silent';
    const waiting = Array.from({ length: 15 }, () => send(person, picture));
    const open = Promise.all(waiting.map((one) => Promise.resolve(one)));
    await expect(me(person)).resolves.toMatchObject({ photo_url: null });
    const { rows } = await app.database.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM pg_stat_activity
       WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
    );
    expect(rows[0]?.count).toBe(0);
    expect((await open).map(({ status }) => status)).toEqual(Array(15).fill(503));
  });

  it('is tried again when it could not be taken away', async () => {
    const person = await app.register();
    server.objects.clear();
    const first =
      photoUrl(await show(person, picture))
        .split('/')
        .at(-1) ?? '';
    server.mood = 'failing';
    await expectStatus(person.http.delete('/users/me/avatar'), 204);
    await app.nest.get(JobWorker).settle();
    expect(server.objects.has(first)).toBe(true);
    server.mood = 'good';
    await app.advance(26 * HOUR);
    expect(server.objects.has(first)).toBe(false);
  });
});
