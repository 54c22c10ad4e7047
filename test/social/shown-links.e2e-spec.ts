import { bond } from 'test/booking/dealings';
import { relate } from 'test/client/relating';
import { promote } from 'test/auth/links';
import { aCoach, expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { link, urlsAt, type WireLink } from './linking';

const OPEN = 'https://instagram.com/open';
const CLOSED = 'https://tiktok.com/@closed';
const RETIRED = 'https://twitch.tv/retired';

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
  await app.setClock('2026-03-02T06:00:00Z');
  await app.database.query(
    `INSERT INTO social_platforms (slug, label, active, position) VALUES ('retired', 'Retired', true, 90)`,
  );
});
afterAll(() => app.close());

/** A public link, one for coaches, and a public one to a platform that is switched off then. */
async function withLinks(person: TestPerson): Promise<TestPerson> {
  await app.database.query(`UPDATE social_platforms SET active = true WHERE slug = 'retired'`);
  await link(person, { url: OPEN, position: 1 });
  await link(person, { platform: 'tiktok', url: CLOSED, visibility: 'coaches_only', position: 2 });
  await link(person, { platform: 'retired', url: RETIRED, position: 3 });
  await app.database.query(`UPDATE social_platforms SET active = false WHERE slug = 'retired'`);
  return person;
}

describe('the links of a coach', () => {
  let coach: TestPerson;
  const paths = (): string[] => [`/coaches/${coach.id}/social-links`, `/coaches/${coach.id}/public`];

  beforeAll(async () => {
    coach = await withLinks(await aCoach(app));
  });

  it('are all shown to himself, also to a platform that is switched off', async () => {
    for (const path of [...paths(), '/coaches/profile', '/users/me/social-links'])
      expect(await urlsAt(coach.http, path)).toEqual([OPEN, CLOSED, RETIRED]);
  });

  it('are shown to everybody else where they are public, and their platform is in use', async () => {
    const client = await app.register();
    await bond(app, coach, client);
    const admin = await app.register();
    await promote(app, admin);
    const stranger = await aCoach(app);
    for (const http of [app.http, client.http, admin.http, stranger.http])
      for (const path of paths()) expect(await urlsAt(http, path)).toEqual([OPEN]);
  });

  it('for coaches are shown to one who trains him, while the relation is active', async () => {
    const trainer = await aCoach(app);
    for (const status of ['pending', 'discovery', 'active', 'paused', 'ended'] as const) {
      await bond(app, trainer, coach, status);
      const expected = status === 'active' ? [OPEN, CLOSED] : [OPEN];
      for (const path of paths()) expect([status, await urlsAt(trainer.http, path)]).toEqual([status, expected]);
    }
  });

  it('have every field of the contract', async () => {
    const [shown] = await expectStatus<WireLink[]>(app.http.get(`/coaches/${coach.id}/social-links`), 200);
    expect(shown).toEqual({
      id: expect.any(String) as string,
      user_id: coach.id,
      platform: 'instagram',
      label: null,
      url: OPEN,
      visibility: 'public',
      position: 1,
      created_at: '2026-03-02T06:00:00Z',
      updated_at: '2026-03-02T06:00:00Z',
    });
  });
});

describe('the links of a client', () => {
  it.each([
    ['pending', [OPEN]],
    ['discovery', [OPEN]],
    ['active', [OPEN, CLOSED]],
    ['paused', [OPEN]],
    ['ended', [OPEN]],
  ] as const)('as his coach sees them while the relation is %s', async (status, expected) => {
    const coach = await aCoach(app);
    const client = await withLinks(await app.register());
    await relate(app, coach, client, status);
    expect(await urlsAt(coach.http, `/coaches/clients/${client.id}`)).toEqual(expected);
  });
});

describe('the card of a coach', () => {
  const urlsOf = async (http: TestPerson['http'], path: string, id: string): Promise<string[] | undefined> => {
    const { items } = await expectStatus<{ items: { id: string; social_links: WireLink[] }[] }>(http.get(path), 200);
    return items.find((card) => card.id === id)?.social_links.map(({ url }) => url);
  };

  it('has the first three public ones, in their order', async () => {
    const coach = await withLinks(await aCoach(app, { profile: { city: 'Sète' } }));
    for (const number of [7, 5, 6])
      await link(coach, {
        platform: null,
        label: 'Page',
        url: `https://example.com/${String(number)}`,
        position: number,
      });
    const seeker = await app.register();
    const expected = [OPEN, 'https://example.com/5', 'https://example.com/6'];
    expect(await urlsOf(seeker.http, '/coaches/search?city=S%C3%A8te', coach.id)).toEqual(expected);
    await bond(app, coach, seeker);
    const { items } = await expectStatus<{ items: { coach: { social_links: WireLink[] } }[] }>(
      seeker.http.get('/clients/coaches'),
      200,
    );
    expect(items[0]?.coach.social_links.map(({ url }) => url)).toEqual(expected);
  });

  it('costs no more queries the more coaches and links there are', async () => {
    const city = 'Nîmes';
    const seeker = await app.register();
    const cost = async (): Promise<number> => {
      const before = app.queryCount();
      await expectStatus(seeker.http.get(`/coaches/search?city=${encodeURIComponent(city)}`), 200);
      return app.queryCount() - before;
    };
    await aCoach(app, { profile: { city } });
    await cost();
    const one = await cost();
    for (let number = 0; number < 3; number += 1) await withLinks(await aCoach(app, { profile: { city } }));
    await cost();
    expect(await cost()).toBe(one);
  });
});
