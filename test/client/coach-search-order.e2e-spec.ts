import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { certify, coachNamed, namesFound, search, verify } from './searching';

let app: TestApp;
let seeker: TestPerson;

beforeAll(async () => {
  app = await startTestApp();
  await app.setClock('2026-03-02T06:00:00Z');
  seeker = await app.register({ first_name: 'Zoé', last_name: 'Chercheuse' });
});
afterAll(() => app.close());

describe('the order of a search', () => {
  const word = 'Ordonnance';
  const inOrder = (sort: string): Promise<string[]> => namesFound(seeker, { q: word, sort });

  it('is by price in either direction, who has none last, then by name', async () => {
    await coachNamed(app, 'Dora', word, { price: 5000 });
    await coachNamed(app, 'Ève', word, { price: 5000 });
    await coachNamed(app, 'Alan', word, {});
    await coachNamed(app, 'Fred', word, { price: 9000 });
    await coachNamed(app, 'Gus', word, { price: 0 });
    const first = (list: string[]): string[] => list.map((name) => name.split(' ')[0] ?? '');
    expect(first(await inOrder('price_asc'))).toEqual(['Gus', 'Dora', 'Ève', 'Fred', 'Alan']);
    expect(first(await inOrder('price_desc'))).toEqual(['Fred', 'Dora', 'Ève', 'Gus', 'Alan']);
    expect(first(await inOrder('name'))).toEqual(['Alan', 'Dora', 'Ève', 'Fred', 'Gus']);
  });

  it('is by relevance: free slots, then verified, then verified certifications, then the name', async () => {
    const word = 'Pertinentia';
    await coachNamed(app, 'Gaspard', word, {});
    await coachNamed(app, 'Hector', word, { hours: [] });
    const twice = await coachNamed(app, 'Iris', word, {});
    await certify(app, twice, 2);
    const once = await coachNamed(app, 'Jules', word, {});
    await certify(app, once, 1);
    const verified = await coachNamed(app, 'Katia', word, {});
    await verify(app, verified);
    const busy = await coachNamed(app, 'Léa', word, { hours: [] });
    await verify(app, busy);
    await coachNamed(app, 'Amaury', word, {});
    expect((await namesFound(seeker, { q: word })).map((name) => name.split(' ')[0])).toEqual([
      'Katia',
      'Iris',
      'Jules',
      'Amaury',
      'Gaspard',
      'Léa',
      'Hector',
    ]);
  });

  it('is by relevance without words too', async () => {
    const ids = async (query: Record<string, string>): Promise<string[]> =>
      (await search(seeker, { limit: '100', ...query })).items.map(({ id }) => id);
    const [open, closed] = [await ids({ available_this_week: 'true' }), await ids({ available_this_week: 'false' })];
    expect(open.length).toBeGreaterThan(5);
    expect(closed.length).toBeGreaterThan(1);
    expect(await ids({})).toEqual([...open, ...closed]);
    const verified = (await search(seeker, { limit: '100', available_this_week: 'true' })).items.map(
      (card) => card['verified'],
    );
    expect(verified).toEqual([...verified].sort((a, b) => Number(b) - Number(a)));
    expect(new Set(verified).size).toBe(2);
  });

  it('gives every coach once over the pages of any sort, equal names too, and equal pages for equal input', async () => {
    const word = 'Jumelle';
    const twins = [];
    for (let at = 0; at < 7; at += 1) twins.push((await coachNamed(app, 'Ada', word, { price: 1000 })).id);
    for (const sort of ['relevance', 'price_asc', 'price_desc', 'name']) {
      const seen: string[] = [];
      for (let offset = 0; offset < 9; offset += 3) {
        const page = { q: word, sort, offset: String(offset), limit: '3' };
        const { items, total, has_more } = await search(seeker, page);
        expect({ total, has_more }).toEqual({ total: 7, has_more: offset + 3 < 7 });
        expect((await search(seeker, page)).items).toEqual(items);
        seen.push(...items.map(({ id }) => id));
      }
      expect(seen).toHaveLength(7);
      expect(new Set(seen)).toEqual(new Set(twins));
    }
    expect(await search(seeker, { q: word, offset: '7' })).toMatchObject({
      items: [],
      total: 7,
      offset: 7,
      has_more: false,
    });
  });
});
