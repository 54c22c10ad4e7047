import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JobWorker } from 'src/common/jobs/job-worker';
import { expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp } from 'test/support/test-app';
import { filesIn, me, photoUrl, plain, send, show, strays } from './pictures';

const HOUR = 3_600;

describe('the own picture', () => {
  let app: TestApp;
  let folder: string;
  let picture: Buffer;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mycoach-avatars-'));
    app = await startTestApp({ DATA_DIR: folder });
    picture = await plain(300, 300).jpeg().toBuffer();
  });
  afterAll(async () => {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });

  const settle = (): Promise<void> => app.nest.get(JobWorker).settle();

  it('goes with the next one: the earlier file is taken away after the commit', async () => {
    const person = await app.register();
    const first = photoUrl(await show(person, picture));
    const second = photoUrl(await show(person, picture));
    expect(second).not.toBe(first);
    await settle();
    await app.http.get(first).expect(404);
    await app.http.get(second).expect(200);
    expect(await strays(app)).toBe(0);
  });

  it('goes for good when it is deleted, with its points; a repeat changes nothing', async () => {
    const person = await app.register();
    const url = photoUrl(await show(person, picture));
    const { profile_completion_pct: points } = await me(person);
    await expectStatus(person.http.delete('/users/me/avatar'), 204);
    await settle();
    await app.http.get(url).expect(404);
    const after = await me(person);
    expect(after).toMatchObject({ photo_url: null, resolved_photo_url: '/static/avatars/default_neutral.svg' });
    expect(after.profile_completion_pct).toBe(points - 10);
    await expectStatus(person.http.delete('/users/me/avatar'), 204);
    expect(await me(person)).toEqual(after);
  });

  it('is one file, however many come at once', async () => {
    const person = await app.register();
    await settle();
    const before = new Set(await filesIn(folder));
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(person, picture)));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    await settle();
    const added = (await filesIn(folder)).filter((name) => !before.has(name));
    expect(added.map((name) => `/static/photos/${name}`)).toEqual([(await me(person)).photo_url]);
    expect(await strays(app)).toBe(0);
  });

  it('is not of Google’s store: a picture that lies elsewhere is only forgotten', async () => {
    await settle();
    const person = await app.register();
    await app.database.query('UPDATE users SET photo_url = $2 WHERE id = $1', [
      person.id,
      'https://pictures.example/camille.jpg',
    ]);
    expect((await me(person)).resolved_photo_url).toBe('https://pictures.example/camille.jpg');
    await expectStatus(person.http.delete('/users/me/avatar'), 204);
    expect((await me(person)).photo_url).toBeNull();
    expect(await strays(app)).toBe(0);
  });

  it('is swept up within a day when the process stopped between storing and showing it', async () => {
    await app.setClock('2026-03-02T06:00:00Z');
    const person = await app.register();
    const kept = photoUrl(await show(person, picture));
    // What such a process leaves: a file, and its name among those that nobody shows.
    const orphan = photoUrl(await show(await app.register(), picture));
    await app.database.query('UPDATE users SET photo_url = NULL WHERE photo_url = $1', [orphan]);
    await app.database.query('INSERT INTO stray_photos (name, since) VALUES ($1, $2)', [
      orphan.split('/').at(-1),
      '2026-03-02T06:00:00Z',
    ]);
    await app.advance(HOUR / 2);
    await app.http.get(orphan).expect(200);
    const ran = await app.advance(24 * HOUR);
    expect(ran.map(({ name }) => name)).toContain('purge_expired_tokens');
    await app.http.get(orphan).expect(404);
    await app.http.get(kept).expect(200);
    expect(await strays(app)).toBe(0);
    await app.setClock(null);
  });

  describe('at its address', () => {
    let url: string;

    beforeAll(async () => {
      url = photoUrl(await show(await app.register(), picture));
    });

    it('is public, cached for a year, and only ever a picture', async () => {
      const { headers } = await app.http.get(url).expect(200);
      expect(headers).toMatchObject({
        'content-type': 'image/webp',
        'cache-control': 'public, max-age=31536000, immutable',
        'content-disposition': 'inline',
        'x-content-type-options': 'nosniff',
      });
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(Number(headers['content-length'])).toBeGreaterThan(0);
    });

    it('answers HEAD without a body', async () => {
      const answer = await app.http.head(url).expect(200);
      expect(answer.headers['content-type']).toBe('image/webp');
      expect(answer.text).toBeFalsy();
    });

    it.each([
      `${'a'.repeat(43)}.webp`,
      'default_male.svg',
      '..%2Fsecrets.json',
      '..%2f..%2f..%2f..%2fetc%2fpasswd',
      '%2e%2e%2f%2e%2e%2fpackage.json',
      '....//secrets.json',
      `${'a'.repeat(43)}.webp%00.svg`,
      '%5c..%5csecrets.json',
      `${'a'.repeat(44)}.webp`,
    ])('is not found as %s', async (file) => {
      const answer = await app.http.get(`/static/photos/${file}`);
      expect(answer.status).toBe(404);
      expect(answer.body).toMatchObject({ detail: 'not_found' });
      expect(answer.headers['cache-control']).toBe('no-store');
    });
  });
});
