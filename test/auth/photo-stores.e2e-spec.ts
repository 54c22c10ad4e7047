import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { ServiceUnavailable } from 'src/common/errors/domain.error';
import { LocalPhotoStore } from 'src/common/storage/local-photo-store';
import { S3PhotoStore } from 'src/common/storage/s3-photo-store';
import type { PhotoStore } from 'src/common/storage/storage';
import { AppConfig, type S3Settings } from 'src/config/app-config';
import { readEnvironment } from 'src/config/environment';
import { type S3Mood, S3Server } from 'test/support/s3-server';

const picture = (size = 50_000): Buffer => randomBytes(size);

function settingsOf(variables: Record<string, string>): S3Settings {
  const { s3 } = new AppConfig(readEnvironment({ NODE_ENV: 'test', ...variables }, () => ''));
  if (!s3) throw new Error('no store in these variables');
  return s3;
}

/** How long something takes that must be refused, in milliseconds. */
async function refusedWithin(work: Promise<unknown>): Promise<number> {
  const since = performance.now();
  await expect(work).rejects.toBeInstanceOf(ServiceUnavailable);
  return performance.now() - since;
}

describe('a store of pictures', () => {
  let folder: string;
  let server: S3Server;
  let s3: S3PhotoStore;
  let local: PhotoStore;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    folder = await mkdtemp(join(tmpdir(), 'mycoach-photos-'));
    local = new LocalPhotoStore(join(folder, 'photos'));
    server = await S3Server.start();
    s3 = new S3PhotoStore(settingsOf(server.variables));
  });
  afterAll(async () => {
    await s3.onApplicationShutdown();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    server.mood = 'good';
    server.requests.length = 0;
    server.objects.clear();
  });

  const stores: [string, () => PhotoStore][] = [
    ['of a folder', () => local],
    ['of S3', () => s3],
  ];

  it.each(stores)('%s gives back what it was given, byte by byte', async (_, store) => {
    const bytes = picture();
    await store().put('one.webp', bytes, 'image/webp');
    expect((await store().get('one.webp'))?.equals(bytes)).toBe(true);
  });

  it.each(stores)('%s has none before it is put and none after it is removed', async (_, store) => {
    expect(await store().get('two.webp')).toBeNull();
    await store().put('two.webp', picture(), 'image/webp');
    await store().remove('two.webp');
    expect(await store().get('two.webp')).toBeNull();
  });

  it.each(stores)('%s removes what is not there without a word', async (_, store) => {
    await expect(store().remove('never.webp')).resolves.toBeUndefined();
  });

  describe('of a folder', () => {
    it('leaves no draft behind, and nothing that others can read', async () => {
      await local.put('three.webp', picture(), 'image/webp');
      expect((await readdir(join(folder, 'photos'))).filter((name) => name.startsWith('.'))).toEqual([]);
      expect((await stat(join(folder, 'photos', 'three.webp'))).mode & 0o077).toBe(0);
    });

    it('says that it is away when there is a file in its place', async () => {
      await writeFile(join(folder, 'file'), '');
      const broken: PhotoStore = new LocalPhotoStore(join(folder, 'file'));
      await refusedWithin(broken.put('a.webp', picture(), 'image/webp'));
      await refusedWithin(broken.get('a.webp'));
    });

    it('says that it is away when a picture is no file', async () => {
      const odd = new LocalPhotoStore(folder);
      await refusedWithin(odd.get('photos'));
    });
  });

  describe('of S3', () => {
    it('tells the kind of the picture and a digest, and keeps the secret to itself', async () => {
      await s3.put('four.webp', picture(), 'image/webp');
      const stored = server.objects.get('four.webp');
      expect(stored).toMatchObject({ contentType: 'image/webp' });
      expect(stored?.metadata['x-amz-meta-sha256']).toMatch(/^[0-9a-f]{64}$/);
      expect(server.requests).toEqual(['PUT four.webp']);
    });

    it('is refused with another secret: the server does compare signatures', async () => {
      const stranger = new S3PhotoStore({ ...settingsOf(server.variables), secretAccessKey: 'another-secret' });
      await refusedWithin(stranger.put('five.webp', picture(), 'image/webp'));
      expect(server.objects.size).toBe(0);
      await stranger.onApplicationShutdown();
    });

    it.each<S3Mood>(['failing', 'silent'])('gives up within seconds on a server that is %s', async (mood) => {
      server.mood = mood;
      expect(await refusedWithin(s3.put('six.webp', picture(), 'image/webp'))).toBeLessThan(6_000);
      expect(await refusedWithin(s3.get('six.webp'))).toBeLessThan(6_000);
      expect(await refusedWithin(s3.remove('six.webp'))).toBeLessThan(6_000);
    });

    it.each<S3Mood>(['stalling', 'lying', 'truncating'])('hands out nothing from a server that is %s', async (mood) => {
      await s3.put('seven.webp', picture(400_000), 'image/webp');
      server.mood = mood;
      expect(await refusedWithin(s3.get('seven.webp'))).toBeLessThan(6_000);
      server.mood = 'good';
      expect(await s3.get('seven.webp')).toHaveLength(400_000);
    });

    it('hands out what somebody copied into the bucket by hand, and nothing that no picture of ours weighs', async () => {
      const bytes = picture();
      server.objects.set('copied.webp', { bytes, contentType: 'image/webp', metadata: {} });
      expect((await s3.get('copied.webp'))?.equals(bytes)).toBe(true);
      server.objects.set('film.webp', { bytes: picture(5 * 1_048_576), contentType: 'image/webp', metadata: {} });
      await refusedWithin(s3.get('film.webp'));
    });

    it('is away at once where nobody listens', async () => {
      const gone = await S3Server.start();
      const store = new S3PhotoStore(settingsOf(gone.variables));
      await gone.stop();
      expect(await refusedWithin(store.put('eight.webp', picture(), 'image/webp'))).toBeLessThan(3_000);
      await store.onApplicationShutdown();
    });
  });
});
