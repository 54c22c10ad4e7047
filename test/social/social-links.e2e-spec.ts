import { randomUUID } from 'node:crypto';
import { expectStatus } from 'test/support/coaching';
import { eventually } from 'test/support/eventually';
import { dataOf } from 'test/support/personal-data';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { link, linksOf, type WireLink } from './linking';

const NOW = '2026-03-02T06:00:00Z';
const PATH = '/users/me/social-links';

let app: TestApp;
let me: TestPerson;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  await app.setClock(NOW);
  me = await app.register();
});

const faults = async (body: object, path = PATH): Promise<[string, string][]> => {
  const request = path === PATH ? me.http.post(path) : me.http.put(path);
  const refused = await expectStatus<{ errors: { field: string; code: string }[] }>(request.send(body), 422);
  return refused.errors.map(({ field, code }) => [field, code]);
};
const custom = (number: number): Promise<WireLink> =>
  link(me, { platform: null, label: `Page ${String(number)}`, url: `https://example.com/${String(number)}` });

describe('a new link', () => {
  it('has every field of the contract, and what it was given', async () => {
    const given = { platform: 'youtube', label: 'Cours', url: 'https://youtube.com/@c', visibility: 'coaches_only' };
    const made = await link(me, { ...given, position: 3, user_id: randomUUID(), created_at: '2000-01-01T00:00:00Z' });
    expect(made).toEqual({
      id: expect.any(String) as string,
      user_id: me.id,
      ...given,
      position: 3,
      created_at: NOW,
      updated_at: NOW,
    });
    expect(await linksOf(me)).toEqual([made]);
  });

  it('is public, first and without a label unless something else is said', async () => {
    const made = await link(me, { url: 'http://instagram.com/camille' });
    expect(made).toMatchObject({ label: null, visibility: 'public', position: 0, url: 'http://instagram.com/camille' });
  });

  it('of a platform that has one takes its place as a whole, with 200', async () => {
    const first = await link(me, { label: 'Moi', visibility: 'coaches_only', position: 4 });
    await app.setClock('2026-03-02T07:00:00Z');
    const body = { platform: 'instagram', url: 'https://instagram.com/other' };
    const second = await expectStatus<WireLink>(me.http.post(PATH).send(body), 200);
    expect(second).toEqual({
      ...first,
      ...body,
      label: null,
      visibility: 'public',
      position: 0,
      updated_at: '2026-03-02T07:00:00Z',
    });
    expect(await linksOf(me)).toEqual([second]);
  });

  it('of its own kind is one of many, and needs a label', async () => {
    await custom(1);
    await custom(2);
    expect(await linksOf(me)).toHaveLength(2);
    for (const label of [undefined, null, '', '   '])
      for (const platform of [undefined, null])
        expect(await faults({ platform, label, url: 'https://example.com' })).toEqual([['label', 'label_required']]);
  });

  it.each<[string, object, [string, string]]>([
    ['a platform that is none', { platform: 'myspace' }, ['platform', 'invalid_platform']],
    ['a platform in capitals', { platform: 'Instagram' }, ['platform', 'invalid_platform']],
    ['an empty platform', { platform: '' }, ['platform', 'invalid_platform']],
    ['a number as platform', { platform: 7 }, ['platform', 'invalid_type']],
    ['no address', { url: undefined }, ['url', 'required']],
    ['an address of files', { url: 'ftp://example.com' }, ['url', 'invalid_url']],
    ['a script', { url: 'javascript:alert(1)' }, ['url', 'invalid_url']],
    ['half an address', { url: 'example.com' }, ['url', 'invalid_url']],
    ['an address of 501 characters', { url: `https://example.com/${'x'.repeat(481)}` }, ['url', 'too_long']],
    ['a label of 101 characters', { label: 'x'.repeat(101) }, ['label', 'too_long']],
    ['an unknown audience', { visibility: 'friends' }, ['visibility', 'invalid_value']],
    ['no audience', { visibility: null }, ['visibility', 'required']],
    ['a place before the first', { position: -1 }, ['position', 'too_small']],
    ['half a place', { position: 1.5 }, ['position', 'invalid_type']],
  ])('is refused for %s', async (_, wish, fault) => {
    const body = { platform: 'instagram', url: 'https://example.com', ...wish };
    expect((await faults(body))[0]).toEqual(fault);
    expect(await linksOf(me)).toEqual([]);
  });

  it('may have an address of 500 characters and a label of 100', async () => {
    const url = `https://example.com/${'x'.repeat(480)}`;
    expect(await link(me, { url, label: 'é'.repeat(100) })).toMatchObject({ url, label: 'é'.repeat(100) });
  });

  it('is refused as the 21st, in every language; replacing one is not', async () => {
    await link(me);
    for (let number = 1; number <= 19; number += 1) await custom(number);
    const body = { platform: 'x', url: 'https://x.com/camille' };
    const said = new Set<string>();
    for (const language of ['fr', 'en', 'es', 'pt']) {
      const refused = me.http.post(PATH).set('Accept-Language', language).send(body);
      const { detail, message } = await expectStatus<{ detail: string; message: string }>(refused, 422);
      expect(detail).toBe('too_many_links');
      said.add(message);
    }
    expect(said.size).toBe(4);
    await expectStatus(me.http.post(PATH).send({ ...body, platform: 'instagram' }), 200);
    expect(await linksOf(me)).toHaveLength(20);
  });

  it('of many at once is added as far as there is room, and once for its platform', async () => {
    for (let number = 1; number <= 17; number += 1) await custom(number);
    const same = Array.from({ length: 4 }, () =>
      me.http.post(PATH).send({ platform: 'tiktok', url: 'https://tiktok.com/@c' }),
    );
    const others = Array.from({ length: 6 }, (_, number) =>
      me.http.post(PATH).send({ label: `Autre ${String(number)}`, url: 'https://example.com' }),
    );
    const statuses = (await Promise.all([...same, ...others])).map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(3);
    expect(statuses.every((status) => [200, 201, 422].includes(status))).toBe(true);
    const links = await linksOf(me);
    expect(links).toHaveLength(20);
    expect(links.filter(({ platform }) => platform === 'tiktok').length).toBeLessThanOrEqual(1);
  });

  it('of a platform whose link goes at that moment is a new one', async () => {
    const { id } = await link(me);
    const remover = await app.database.connect();
    try {
      await remover.query('BEGIN');
      await remover.query('DELETE FROM social_links WHERE id = $1', [id]);
      const saving = me.http.post(PATH).send({ platform: 'instagram', url: 'https://instagram.com/new' }).then();
      await eventually(
        () =>
          app.database.query(
            `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
          ),
        ({ rowCount }) => rowCount === 1,
      );
      await remover.query('COMMIT');
      expect((await saving).status).toBe(201);
    } finally {
      remover.release(true);
    }
    expect(await linksOf(me)).toMatchObject([{ url: 'https://instagram.com/new' }]);
  });
});

describe('the own links', () => {
  it('are by position, then as they were made', async () => {
    const c = await custom(3);
    const a = await custom(1);
    await app.setClock('2026-03-02T07:00:00Z');
    const b = await custom(2);
    await expectStatus(me.http.put(`${PATH}/${c.id}`).send({ position: 1 }), 200);
    expect((await linksOf(me)).map(({ id }) => id)).toEqual([a.id, b.id, c.id]);
  });

  it('are changed in what is named, and in nothing else', async () => {
    const made = await link(me, { label: 'Moi', position: 2 });
    await app.setClock('2026-03-02T07:00:00Z');
    const put = (body: object) => expectStatus<WireLink>(me.http.put(`${PATH}/${made.id}`).send(body), 200);
    const updated_at = '2026-03-02T07:00:00Z';
    expect(await put({ url: 'https://example.com/2', platform: 'x', user_id: randomUUID() })).toEqual({
      ...made,
      url: 'https://example.com/2',
      updated_at,
    });
    const changes = { label: null, visibility: 'coaches_only', position: 0 };
    expect(await put(changes)).toEqual({ ...made, url: 'https://example.com/2', ...changes, updated_at });
    expect(await faults({ url: 'no' }, `${PATH}/${made.id}`)).toEqual([['url', 'invalid_url']]);
    expect(await faults({ url: null }, `${PATH}/${made.id}`)).toContainEqual(['url', 'required']);
  });

  it('of an own kind keep a label', async () => {
    const { id } = await custom(1);
    for (const label of [null, ' '])
      expect(await faults({ label }, `${PATH}/${id}`)).toEqual([['label', 'label_required']]);
    expect(await linksOf(me)).toMatchObject([{ label: 'Page 1' }]);
  });

  it('go when they are removed, and make room', async () => {
    const made = await link(me);
    await expectStatus(me.http.delete(`${PATH}/${made.id}`), 204);
    expect(await linksOf(me)).toEqual([]);
    await expectStatus(me.http.delete(`${PATH}/${made.id}`), 404);
  });

  it('are nobody else’s: trust 1', async () => {
    const made = await link(me);
    const other = await app.register();
    for (const id of [made.id, randomUUID()])
      for (const request of [other.http.put(`${PATH}/${id}`).send({ label: 'x' }), other.http.delete(`${PATH}/${id}`)])
        expect(await expectStatus(request, 404)).toMatchObject({ detail: 'link_not_found' });
    expect(await linksOf(me)).toEqual([made]);
    await expectStatus(app.http.get(PATH), 401);
  });

  it('are handed out to their owner, and erased with him', async () => {
    const { exported, erased } = dataOf(app, 'social', me);
    const made = await link(me);
    const other = await app.register();
    await link(other);
    const { user_id: _, ...row } = made;
    expect(await exported('social_links')).toEqual([row]);
    await erased();
    expect(await exported('social_links')).toEqual([]);
    expect(await linksOf(other)).toHaveLength(1);
  });
});
