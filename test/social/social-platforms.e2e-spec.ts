import { randomUUID } from 'node:crypto';
import { promote } from 'test/auth/links';
import { expectStatus } from 'test/support/coaching';
import { type HttpClient, startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { link, linksOf } from './linking';

interface WirePlatform {
  id: string;
  slug: string;
  label: string;
  icon_url: string | null;
  active: boolean;
  position: number;
}

const PATH = '/admin/social-platforms';

let app: TestApp;
let admin: TestPerson;

beforeAll(async () => {
  app = await startTestApp();
  admin = await app.register();
  await promote(app, admin);
});
afterAll(() => app.close());

const listed = (http: HttpClient, path: string): Promise<WirePlatform[]> => expectStatus(http.get(path), 200);
const slugs = async (http: HttpClient, path: string): Promise<string[]> =>
  (await listed(http, path)).map(({ slug }) => slug);
const add = (body: object): Promise<WirePlatform> => expectStatus(admin.http.post(PATH).send(body), 201);
const lastDeed = async (): Promise<unknown> => {
  const { rows } = await app.database.query(
    'SELECT action, actor_id, target_type, target_id FROM audit_log ORDER BY at DESC, id LIMIT 1',
  );
  return rows[0];
};

describe('the platforms', () => {
  it('are at first the nine of the contract, for everybody to see', async () => {
    const first = ['instagram', 'tiktok', 'youtube', 'linkedin', 'x', 'facebook', 'strava', 'website', 'twitch'];
    expect(await slugs(app.http, '/social-platforms')).toEqual(first);
    expect((await listed(app.http, '/social-platforms'))[0]).toEqual({
      id: expect.any(String) as string,
      slug: 'instagram',
      label: 'Instagram',
      icon_url: null,
      active: true,
      position: 1,
    });
  });

  it('are managed by admins alone', async () => {
    const [{ id } = { id: '' }] = await listed(app.http, '/social-platforms');
    const coach = await app.register({ role: 'coach' });
    for (const [http, status] of [
      [app.http, 401],
      [coach.http, 403],
    ] as const)
      for (const request of [
        http.get(PATH),
        http.post(PATH).send({ slug: 'a', label: 'A' }),
        http.put(`${PATH}/${id}`).send({ active: false }),
        http.delete(`${PATH}/${id}`),
      ])
        await expectStatus(request, status);
  });
});

describe('a new platform', () => {
  it('comes last, active and without a picture, unless something else is said', async () => {
    const { rows } = await app.database.query<{ last: number }>('SELECT max(position) AS last FROM social_platforms');
    const made = await add({ slug: 'mastodon_1', label: 'Mastodon', id: randomUUID() });
    const expected = { slug: 'mastodon_1', label: 'Mastodon', icon_url: null, active: true };
    expect(made).toEqual({ id: expect.any(String) as string, ...expected, position: (rows[0]?.last ?? 0) + 1 });
    expect((await slugs(app.http, '/social-platforms')).at(-1)).toBe('mastodon_1');
    expect(await lastDeed()).toEqual({
      action: 'social_platform.created',
      actor_id: admin.id,
      target_type: 'social_platform',
      target_id: made.id,
    });
  });

  it('has what it is given', async () => {
    const given = { label: 'Bluesky', icon_url: 'https://example.com/b.svg', active: false, position: 0 };
    expect(await add({ slug: 'bluesky', ...given })).toMatchObject(given);
    expect((await slugs(admin.http, PATH))[0]).toBe('bluesky');
    expect(await slugs(app.http, '/social-platforms')).not.toContain('bluesky');
  });

  it('is refused when its slug is taken, also by one that is switched off', async () => {
    await add({ slug: 'once', label: 'Once', active: false });
    const again = admin.http.post(PATH).send({ slug: 'once', label: 'Twice' });
    expect(await expectStatus(again, 409)).toMatchObject({ detail: 'platform_exists' });
  });

  it.each<[string, object, [string, string]]>([
    ['a slug in capitals', { slug: 'Slug' }, ['slug', 'invalid_format']],
    ['no slug', { slug: '' }, ['slug', 'required']],
    ['a slug of 51 characters', { slug: 'x'.repeat(51) }, ['slug', 'too_long']],
    ['no label', { label: ' ' }, ['label', 'required']],
    ['a label of 51 characters', { label: 'x'.repeat(51) }, ['label', 'too_long']],
    ['a picture that is no address', { icon_url: 'x' }, ['icon_url', 'invalid_url']],
    ['a place before the first', { position: -1 }, ['position', 'too_small']],
    ['active as a word', { active: 'yes' }, ['active', 'invalid_type']],
  ])('is refused for %s', async (_, wish, [field, code]) => {
    const refused = admin.http.post(PATH).send({ slug: 'fine', label: 'Fine', ...wish });
    expect(await expectStatus(refused, 422)).toMatchObject({ errors: [{ field, code }] });
  });
});

describe('a platform', () => {
  it('is changed in what is named; its slug is for ever', async () => {
    const made = await add({ slug: 'steady', label: 'Steady', icon_url: 'https://example.com/s.svg' });
    const put = (body: object): Promise<WirePlatform> =>
      expectStatus(admin.http.put(`${PATH}/${made.id}`).send(body), 200);
    expect(await put({ label: 'Steadier', slug: 'other' })).toEqual({ ...made, label: 'Steadier' });
    const changes = { icon_url: null, active: false, position: 3 };
    expect(await put(changes)).toEqual({ ...made, label: 'Steadier', ...changes });
    expect(await lastDeed()).toMatchObject({ action: 'social_platform.updated', target_id: made.id });
    const missing = admin.http.put(`${PATH}/${randomUUID()}`).send({ label: 'x' });
    expect(await expectStatus(missing, 404)).toMatchObject({ detail: 'platform_not_found' });
  });

  it('goes when nobody links to it', async () => {
    const { id } = await add({ slug: 'unused', label: 'Unused' });
    await expectStatus(admin.http.delete(`${PATH}/${id}`), 204);
    expect(await lastDeed()).toMatchObject({ action: 'social_platform.removed', target_id: id });
    expect(await slugs(admin.http, PATH)).not.toContain('unused');
    expect(await expectStatus(admin.http.delete(`${PATH}/${id}`), 404)).toMatchObject({ detail: 'platform_not_found' });
  });

  it('is only switched off when somebody does: his link stays, and takes no successor', async () => {
    const { id } = await add({ slug: 'used', label: 'Used' });
    const owner = await app.register();
    const made = await link(owner, { platform: 'used', url: 'https://example.com/me' });
    await expectStatus(admin.http.delete(`${PATH}/${id}`), 204);
    expect((await listed(admin.http, PATH)).find((each) => each.id === id)).toMatchObject({ active: false });
    expect(await slugs(app.http, '/social-platforms')).not.toContain('used');
    expect(await linksOf(owner)).toEqual([made]);
    const again = owner.http.post('/users/me/social-links').send({ platform: 'used', url: 'https://example.com/2' });
    expect(await expectStatus(again, 422)).toMatchObject({ errors: [{ field: 'platform', code: 'invalid_platform' }] });
  });

  it('that is removed while people link to it leaves no link to nothing', async () => {
    for (let round = 0; round < 5; round += 1) {
      const slug = `race_${String(round)}`;
      const { id } = await add({ slug, label: 'Race' });
      const people = await Promise.all(Array.from({ length: 3 }, () => app.register()));
      const [removed, ...answers] = await Promise.all([
        admin.http.delete(`${PATH}/${id}`),
        ...people.map(({ http }) =>
          http.post('/users/me/social-links').send({ platform: slug, url: 'https://example.com' }),
        ),
      ]);
      expect(removed.status).toBe(204);
      for (const { status } of answers) expect([201, 422]).toContain(status);
      const linked = answers.some(({ status }) => status === 201);
      expect((await slugs(admin.http, PATH)).includes(slug)).toBe(linked);
      expect(await slugs(app.http, '/social-platforms')).not.toContain(slug);
    }
  });
});
