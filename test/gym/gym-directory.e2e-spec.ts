import { randomUUID } from 'node:crypto';
import { aChain, aClub, clubs, worksIn } from 'test/support/clubs';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

interface WireGym {
  id: string;
  name: string;
  city: string;
  coaches_count: number;
  is_favorite: boolean;
  [field: string]: unknown;
}
interface WirePage {
  items: WireGym[];
  total: number;
  has_more: boolean;
}

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
  await aClub(app, {
    name: 'Basic-Fit Évry — Place des Terrasses',
    chain: 'Basic-Fit',
    address: '2 place des Terrasses de l’Agora',
    zip_code: '91000',
    city: 'Évry-Courcouronnes',
    lat: 48.63,
    lng: 2.43,
  });
  await aClub(app, { name: 'BASIC-FIT MILLAU', chain: 'Basic-Fit', zip_code: '12100', city: 'MILLAU' });
  await aClub(app, { name: 'Keep Cool Millau', chain: 'Keep Cool', zip_code: '12100', city: 'Millau' });
  await aClub(app, { name: 'Salle 100_% Force', zip_code: null, city: 'Agde', address: null });
  await aClub(app, {
    name: 'Holmes Place Zürich',
    chain: 'Holmes Place',
    zip_code: '8008',
    city: 'Zürich',
    country: 'CH',
  });
  await aClub(app, { name: 'PureGym Holborn', chain: 'PureGym', zip_code: 'WC1R 4PS', city: 'London', country: 'GB' });
  await aClub(app, { name: 'Hidden Place', city: 'Agde', validated: false });
});
afterAll(() => app.close());

const find = async (query: Record<string, string> | string[][] = {}, http = app.http): Promise<WirePage> => {
  const answer = await http.get(`/gyms?${new URLSearchParams(query as Record<string, string>).toString()}`);
  expect(answer.status).toBe(200);
  return answer.body as WirePage;
};
const names = ({ items }: WirePage): string[] => items.map(({ name }) => name);

describe('the directory of clubs', () => {
  it('shows a club with its chain and all that is known of it', async () => {
    const { items } = await find({ q: 'evry' });
    expect(items).toEqual([
      {
        id: expect.any(String),
        chain_id: expect.any(String),
        chain_name: 'Basic-Fit',
        chain_slug: 'basic-fit',
        name: 'Basic-Fit Évry — Place des Terrasses',
        address: '2 place des Terrasses de l’Agora',
        zip_code: '91000',
        city: 'Évry-Courcouronnes',
        country: 'FR',
        lat: 48.63,
        lng: 2.43,
        phone: null,
        email: null,
        website_url: null,
        open_24h: false,
        validated: true,
        coaches_count: 0,
        is_favorite: false,
      },
    ]);
    const [club] = items;
    expect((await app.http.get(`/gyms/${club?.id ?? ''}`).expect(200)).body).toEqual(club);
  });

  it('lists validated clubs by city and name, whatever their capitals and accents', async () => {
    const page = await find();
    expect(names(page)).toEqual([
      'Salle 100_% Force',
      'Basic-Fit Évry — Place des Terrasses',
      'PureGym Holborn',
      'BASIC-FIT MILLAU',
      'Keep Cool Millau',
      'Holmes Place Zürich',
    ]);
    expect(page).toMatchObject({ total: 6, has_more: false });
  });

  it.each<[string, Record<string, string> | string[][], string[]]>([
    ['the slug of a chain', { chain: 'basic-fit' }, ['Basic-Fit Évry — Place des Terrasses', 'BASIC-FIT MILLAU']],
    [
      'several chains',
      [
        ['chain', 'keep-cool'],
        ['chain', 'puregym'],
      ],
      ['PureGym Holborn', 'Keep Cool Millau'],
    ],
    ['a chain that nobody knows', { chain: 'no-such-chain' }, []],
    ['a country', { country: 'CH' }, ['Holmes Place Zürich']],
    [
      'a city without its accents and capitals',
      { city: 'evry-courcouronnes' },
      ['Basic-Fit Évry — Place des Terrasses'],
    ],
    ['a city in other capitals', { city: 'millau' }, ['BASIC-FIT MILLAU', 'Keep Cool Millau']],
    ['not a part of a city', { city: 'mill' }, []],
    ['a whole postal code', { zip_code: '12100' }, ['BASIC-FIT MILLAU', 'Keep Cool Millau']],
    ['the beginning of one', { zip_code: '91' }, ['Basic-Fit Évry — Place des Terrasses']],
    ['not its end', { zip_code: '100' }, []],
    ['a postal code in small letters', { zip_code: 'wc1r' }, ['PureGym Holborn']],
    ['a postal code of signs that match anything', { zip_code: '%' }, []],
    ['words of the name in any order', { q: 'millau basic' }, ['BASIC-FIT MILLAU']],
    ['words of name and city', { q: 'holmes ZURICH' }, ['Holmes Place Zürich']],
    ['words of the address', { q: 'agora' }, ['Basic-Fit Évry — Place des Terrasses']],
    ['a part of the postal code', { q: '4ps' }, ['PureGym Holborn']],
    ['a word and a filter', { q: 'millau', chain: 'keep-cool' }, ['Keep Cool Millau']],
    ['signs that would match anything', { q: '%' }, ['Salle 100_% Force']],
    ['signs that become such when they are folded', { q: '％' }, ['Salle 100_% Force']],
    ['signs that would match one character', { q: '100_%' }, ['Salle 100_% Force']],
    ['a backslash', { q: '\\' }, []],
    ['a quote', { q: `'; DROP TABLE gyms; --` }, []],
  ])('finds by %s', async (_, query, found) => {
    expect(names(await find(query))).toEqual(found);
  });

  it('turns its pages without showing a club twice or none', async () => {
    const own = await startTestApp();
    try {
      await clubs(own, 7, { name: 'Same', city: 'Brest' });
      const seen: string[] = [];
      for (const offset of [0, 3, 6]) {
        const { body } = await own.http.get(`/gyms?limit=3&offset=${String(offset)}`).expect(200);
        const { items, total, has_more } = body as WirePage;
        seen.push(...items.map(({ name }) => name));
        expect({ total, has_more }).toEqual({ total: 7, has_more: offset < 6 });
      }
      expect(seen).toEqual(Array.from({ length: 7 }, (__, place) => `Same 00${String(place + 1)}`));
    } finally {
      await own.close();
    }
  });

  it.each([
    ['country=France', 'country invalid_country'],
    ['q=', 'q required'],
    [`q=${'x'.repeat(101)}`, 'q too_long'],
    ['chain=Basic%20Fit', 'chain invalid_format'],
    [Array.from({ length: 21 }, (_, n) => `chain=c${String(n)}`).join('&'), 'chain too_many'],
    ['city=a&city=b', 'city invalid_type'],
    ['limit=101', 'limit too_large'],
  ])('refuses %s', async (query, fault) => {
    const answer = await app.http.get(`/gyms?${query}`).expect(422);
    const { errors } = answer.body as { errors: { field: string; code: string }[] };
    expect(errors.map(({ field, code }) => `${field} ${code}`)).toEqual([fault]);
  });

  it('knows nothing of a club that is not validated, or not there', async () => {
    const hidden = await aClub(app, { name: 'Not yet', city: 'Nowhere', validated: false });
    const unsigned = (body: unknown): object => ({ ...(body as object), request_id: '' });
    const one = await app.http.get(`/gyms/${hidden}`).expect(404);
    const other = await app.http.get(`/gyms/${randomUUID()}`).expect(404);
    expect(unsigned(one.body)).toEqual(unsigned(other.body));
    expect(one.body).toMatchObject({ detail: 'gym_not_found' });
    await app.http.get('/gyms/first').expect(422);
  });

  it('counts the coaches whose account is in use', async () => {
    const club = await aClub(app, { name: 'Counted', city: 'Count' });
    const coaches: TestPerson[] = [];
    for (let turn = 0; turn < 3; turn += 1) {
      const coach = await app.register({ role: 'coach' });
      expect((await coach.http.post('/coaches/profile').send({})).status).toBe(201);
      await worksIn(coach, club);
      coaches.push(coach);
    }
    await coaches[0]?.http.post('/users/me/gyms').send({ gym_id: club, as: 'client' }).expect(201);
    expect((await find({ city: 'count' })).items).toMatchObject([{ coaches_count: 3 }]);
    await app.database.query(`UPDATE users SET status_before_suspension = status, status = 'suspended' WHERE id = $1`, [
      coaches[2]?.id,
    ]);
    expect((await find({ city: 'count' })).items).toMatchObject([{ coaches_count: 2 }]);
    expect((await app.http.get(`/gyms/${club}`)).body).toMatchObject({ coaches_count: 2 });
  });

  it('marks the favourites of who sends a good key, and of nobody else', async () => {
    const me = await app.register();
    const [millau] = (await find({ q: 'keep cool millau' })).items;
    await me.http.post('/users/me/gyms').send({ gym_id: millau?.id }).expect(201);
    const marked = (page: WirePage): string[] =>
      page.items.filter(({ is_favorite }) => is_favorite).map(({ name }) => name);
    expect(marked(await find({}, me.http))).toEqual(['Keep Cool Millau']);
    expect(marked(await find())).toEqual([]);
    expect(marked(await find({}, (await app.register()).http))).toEqual([]);
    expect(marked(await find({}, app.client('mck_bad')))).toEqual([]);
    expect((await me.http.get(`/gyms/${millau?.id ?? ''}`)).body).toMatchObject({ is_favorite: true });
    expect((await app.http.get(`/gyms/${millau?.id ?? ''}`)).body).toMatchObject({ is_favorite: false });
  });

  it('costs as many queries for a hundred clubs as for one', async () => {
    const own = await startTestApp();
    try {
      const me = await own.register();
      await clubs(own, 100, { name: 'Many', city: 'Brest' });
      const cost = async (limit: number): Promise<number> => {
        const before = own.queryCount();
        const { body } = await me.http.get(`/gyms?limit=${String(limit)}&city=brest&q=many`).expect(200);
        expect((body as WirePage).items).toHaveLength(limit);
        return own.queryCount() - before;
      };
      await cost(1);
      expect([await cost(1), await cost(100)]).toEqual([4, 4]);
    } finally {
      await own.close();
    }
  });
});

describe('the chains', () => {
  interface WireChain {
    slug: string;
    country: string | null;
  }
  const chains = async (query = ''): Promise<WireChain[]> => {
    const answer = await app.http.get(`/gyms/chains${query}`);
    expect(answer.status).toBe(200);
    return (answer.body as WireChain[]).filter(({ slug }) => slug.startsWith('x-'));
  };

  beforeAll(async () => {
    await aChain(app, 'X Élan', { countries: ['FR'] });
    await aChain(app, 'X Beta', { countries: ['FR', 'BE'] });
    await aChain(app, 'X Gone', { countries: ['FR'], active: false });
    await aChain(app, 'X World');
    await aChain(app, 'X Alps', { countries: ['CH'] });
  });

  it('are listed by name, the active ones, with all their fields', async () => {
    expect(await chains()).toMatchObject([
      { slug: 'x-alps', country: 'CH' },
      { slug: 'x-beta', country: null },
      { name: 'X Élan', country: 'FR' },
      { slug: 'x-world', country: null },
    ]);
    const [first] = await chains();
    expect(first).toEqual({
      id: expect.any(String),
      name: 'X Alps',
      slug: 'x-alps',
      logo_url: null,
      website: null,
      country: 'CH',
      active: true,
    });
  });

  it('of a country are those at home there, and those at home anywhere', async () => {
    expect((await chains('?country=FR')).map(({ slug }) => slug)).toEqual(['x-beta', 'x-lan', 'x-world']);
    expect((await chains('?country=BE')).map(({ slug }) => slug)).toEqual(['x-beta', 'x-world']);
    expect((await chains('?country=US')).map(({ slug }) => slug)).toEqual(['x-world']);
    await app.http.get('/gyms/chains?country=usa').expect(422);
  });
});
