import { randomUUID } from 'node:crypto';
import { book, expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

type Body = Record<string, unknown>;
interface Card {
  id: string;
  name: string;
  session_price_cents: number | null;
  shows_discovery_badge: boolean;
  accepting_clients: boolean;
  is_certified: boolean;
  [field: string]: unknown;
}
interface CardPage {
  items: Card[];
  total: number;
  offset: number;
  limit: number;
  has_more: boolean;
}
interface Options {
  profile?: Body;
  /** Cents; none by default. */
  price?: number;
  /** Every day from eight to eight by default. */
  hours?: Body[];
}

const WEEK = [0, 1, 2, 3, 4, 5, 6];

let app: TestApp;
let seeker: TestPerson;

beforeAll(async () => {
  app = await startTestApp();
  await app.setClock('2026-03-02T06:00:00Z');
  seeker = await app.register({ first_name: 'Zoé', last_name: 'Chercheuse' });
});
afterAll(() => app.close());

async function coachNamed(first_name: string, last_name: string, options: Options = {}): Promise<TestPerson> {
  const coach = await app.register({ role: 'coach', first_name, last_name, timezone: 'UTC' });
  await expectStatus(coach.http.post('/coaches/profile').send(options.profile ?? {}), 201);
  const hours = options.hours ?? WEEK.map((day_of_week) => ({ day_of_week, start_time: '08:00', end_time: '20:00' }));
  for (const range of hours) await expectStatus(coach.http.post('/coaches/availability').send(range), 201);
  if (options.price !== undefined) await priced(coach, { price_cents: options.price });
  return coach;
}

async function priced(coach: TestPerson, body: Body): Promise<void> {
  await expectStatus(coach.http.post('/coaches/pricing').send({ type: 'per_session', name: 'Séance', ...body }), 201);
}

async function verify(coach: TestPerson): Promise<void> {
  await app.database.query('UPDATE coach_profiles SET verified = true WHERE user_id = $1', [coach.id]);
}

async function certify(coach: TestPerson, count: number): Promise<void> {
  await app.database.query(
    `INSERT INTO certifications (coach_id, name, verified, reviewed_at, created_at, updated_at)
     SELECT $1, 'Diplôme', true, now(), now(), now() FROM generate_series(1, $2::int)`,
    [coach.id, count],
  );
}

async function search(query: Record<string, string | readonly string[]>, who = seeker): Promise<CardPage> {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) for (const one of [value].flat()) parameters.append(name, one);
  return expectStatus<CardPage>(who.http.get(`/coaches/search?${parameters.toString()}`), 200);
}

async function names(query: Record<string, string | readonly string[]>): Promise<string[]> {
  return (await search(query)).items.map(({ name }) => name);
}

describe('the card of a coach', () => {
  it('has these fields and no other', async () => {
    const coach = await coachNamed('Aloys', 'Carte', {
      price: 4500,
      profile: { bio: 'Bonjour', city: 'Lyon', country: 'FR', specialties: ['yoga'], discovery_enabled: true },
    });
    const gymId = randomUUID();
    await app.database.query(
      `INSERT INTO gyms (id, name, city, country, validated, created_at, updated_at)
       VALUES ($1, 'Le Club', 'Lyon', 'FR', true, now(), now())`,
      [gymId],
    );
    await expectStatus(coach.http.put('/coaches/profile').send({ gym_ids: [gymId] }), 200);
    const { items } = await search({ q: 'Aloys Carte' });
    expect(items).toEqual([
      {
        id: coach.id,
        first_name: 'Aloys',
        last_name: 'Carte',
        name: 'Aloys Carte',
        resolved_photo_url: expect.stringMatching(/default_neutral\.svg$/),
        bio: 'Bonjour',
        city: 'Lyon',
        country: 'FR',
        specialties: ['yoga'],
        session_price_cents: 4500,
        currency: 'EUR',
        discovery_enabled: true,
        shows_discovery_badge: true,
        accepting_clients: true,
        verified: false,
        is_certified: false,
        gyms: [{ id: gymId, name: 'Le Club', chain_slug: null, city: 'Lyon' }],
        social_links: [],
      },
    ]);
  });

  it('shows the cheapest public price of a single session in the coach’s own currency', async () => {
    const coach = await coachNamed('Barthélémy', 'Prix', { price: 6000 });
    await priced(coach, { price_cents: 5500 });
    await priced(coach, { price_cents: 100, is_public: false });
    await priced(coach, { price_cents: 200, currency: 'USD' });
    await expectStatus(
      coach.http.post('/coaches/pricing').send({ type: 'package', name: 'Dix', session_count: 10, price_cents: 300 }),
      201,
    );
    expect((await search({ q: 'barthelemy' })).items[0]).toMatchObject({ session_price_cents: 5500 });
  });

  it('shows no discovery to who trains or has trained with the coach', async () => {
    const coach = await coachNamed('Célestine', 'Insigne', { profile: { discovery_enabled: true } });
    const badge = async (): Promise<boolean | undefined> =>
      (await search({ q: 'celestine' })).items[0]?.shows_discovery_badge;
    const relate = (status: string, firstDoneAt: string | null): Promise<unknown> =>
      app.database.query(
        `INSERT INTO relations (coach_id, client_id, status, first_done_at, created_at, updated_at)
         VALUES ($1, $2, $3, $4, now(), now())
         ON CONFLICT (coach_id, client_id) DO UPDATE SET status = $3, first_done_at = $4`,
        [coach.id, seeker.id, status, firstDoneAt],
      );
    expect(await badge()).toBe(true);
    await relate('pending', null);
    expect(await badge()).toBe(true);
    await relate('discovery', null);
    expect(await badge()).toBe(true);
    await relate('active', null);
    expect(await badge()).toBe(false);
    await relate('paused', null);
    expect(await badge()).toBe(false);
    await relate('ended', null);
    expect(await badge()).toBe(true);
    await relate('ended', '2026-02-01T09:00:00Z');
    expect(await badge()).toBe(false);
  });

  it('says whether there is room for one more client', async () => {
    const coach = await coachNamed('Désirée', 'Complet', { profile: { max_clients: 2 } });
    const hasRoom = async (): Promise<boolean | undefined> =>
      (await search({ q: 'desiree' })).items[0]?.accepting_clients;
    for (const [status, room] of [
      ['active', true],
      ['paused', true],
      ['pending', true],
      ['discovery', false],
    ] as const) {
      const client = await app.register();
      await app.database.query(
        `INSERT INTO relations (coach_id, client_id, status, created_at, updated_at) VALUES ($1, $2, $3, now(), now())`,
        [coach.id, client.id, status],
      );
      expect([status, await hasRoom()]).toEqual([status, room]);
    }
  });
});

describe('searching by words', () => {
  beforeAll(async () => {
    await coachNamed('Éloïse', 'Kœnig', { profile: { specialties: ['natation'] } });
    await coachNamed('Jean-François', 'Quévremont', { profile: { specialties: ['bien_etre'] } });
    await coachNamed('Tanguy', 'Quévremontois', {});
    await coachNamed('Straße', 'Łukasz', {});
  });

  it.each([
    ['eloise', ['Éloïse Kœnig']],
    ['ÉLOÏSE KOENIG', ['Éloïse Kœnig']],
    ['kœnig  éloïse', ['Éloïse Kœnig']],
    ['loïs', ['Éloïse Kœnig']],
    ['jean francois', ['Jean-François Quévremont']],
    ['francois-jean', ['Jean-François Quévremont']],
    ['lukasz strasse', ['Straße Łukasz']],
    ['koenig natation', ['Éloïse Kœnig']],
    ['quevremont bien-être', ['Jean-François Quévremont']],
    ['quevremont yoga', []],
    ['%', []],
    ['_loise', ['Éloïse Kœnig']],
    ["'; DROP TABLE coach_listings; --", []],
  ])('%p finds %p', async (q, found) => {
    expect(await names({ q })).toEqual(found);
  });

  it('puts whole words first, then beginnings of words, then what resembles them', async () => {
    await coachNamed('Anaé', 'Xantippe', {});
    await coachNamed('Xantippe', 'Zola', {});
    await coachNamed('Berthe', 'Xantippeline', {});
    await coachNamed('Adoxantippe', 'Un', {});
    expect(await names({ q: 'Xantippe' })).toEqual([
      'Anaé Xantippe',
      'Xantippe Zola',
      'Berthe Xantippeline',
      'Adoxantippe Un',
    ]);
  });

  it('finds who has a specialty after who is called so', async () => {
    await coachNamed('Ursule', 'Boxe', {});
    await coachNamed('Aymar', 'Gant', { profile: { specialties: ['boxe'] } });
    expect(await names({ q: 'boxe' })).toEqual(['Ursule Boxe', 'Aymar Gant']);
  });

  it('forgives a slip where nobody has the very words', async () => {
    await coachNamed('Philomène', 'Wandervogel', {});
    expect(await names({ q: 'filomene wandervogel' })).toEqual(['Philomène Wandervogel']);
    expect(await names({ q: 'wandervogle' })).toEqual(['Philomène Wandervogel']);
    // Somebody has these: nobody else is shown.
    await coachNamed('Filomene', 'Wandervogel', {});
    expect(await names({ q: 'filomene wandervogel' })).toEqual(['Filomene Wandervogel']);
    expect(await names({ q: 'filomene wandervogel', discovery: 'true' })).toEqual([]);
  });

  it('knows a new name at once, and no longer the old one', async () => {
    const coach = await coachNamed('Oldriska', 'Avant', {});
    expect(await names({ q: 'oldriska' })).toHaveLength(1);
    await expectStatus(coach.http.patch('/users/me').send({ first_name: 'Nouvellia' }), 200);
    expect(await names({ q: 'oldriska' })).toEqual([]);
    expect(await names({ q: 'nouvellia' })).toEqual(['Nouvellia Avant']);
  });
});

describe('searching by what a coach is and offers', () => {
  const word = 'Filtrable';
  let yoga: TestPerson;
  let box: TestPerson;

  beforeAll(async () => {
    yoga = await coachNamed('Aline', word, {
      price: 4000,
      profile: { city: 'Saint-Étienne', country: 'FR', specialties: ['yoga', 'pilates'], discovery_enabled: true },
    });
    box = await coachNamed('Bruno', word, {
      price: 7000,
      profile: { city: 'Genève', country: 'CH', specialties: ['boxe', 'muscu'] },
    });
    await coachNamed('Chloé', word, { profile: { specialties: ['pilates'] } });
    await verify(box);
  });

  const found = (query: Record<string, string | readonly string[]>): Promise<string[]> =>
    names({ q: word, sort: 'name', ...query });
  const [ALINE, BRUNO, CHLOE] = [`Aline ${word}`, `Bruno ${word}`, `Chloé ${word}`];

  it.each<[Record<string, string | readonly string[]>, string[]]>([
    [{}, [ALINE, BRUNO, CHLOE]],
    [{ specialty: 'yoga' }, [ALINE]],
    [{ specialty: 'pilates' }, [ALINE, CHLOE]],
    [{ specialty: ['pilates', 'boxe'] }, [ALINE, BRUNO, CHLOE]],
    [{ specialty: ['natation', 'boxe'] }, [BRUNO]],
    [{ city: 'saint etienne' }, [ALINE]],
    [{ city: 'SAINT-ÉTIENNE' }, [ALINE]],
    [{ city: 'Saint' }, []],
    [{ city: '?' }, []],
    [{ country: 'CH' }, [BRUNO]],
    [{ country: 'DE' }, []],
    [{ max_price_cents: '4000' }, [ALINE]],
    [{ max_price_cents: '3999' }, []],
    [{ max_price_cents: '7000' }, [ALINE, BRUNO]],
    [{ max_price_cents: '7000', currency: 'CHF' }, [BRUNO]],
    [{ currency: 'EUR' }, [ALINE, CHLOE]],
    [{ discovery: 'true' }, [ALINE]],
    [{ discovery: 'false' }, [BRUNO, CHLOE]],
    [{ certified: 'true' }, [BRUNO]],
    [{ certified: 'false' }, [ALINE, CHLOE]],
    [{ specialty: 'pilates', country: 'FR', max_price_cents: '5000', discovery: 'true', certified: 'false' }, [ALINE]],
  ])('%p finds %p', async (query, expected) => {
    expect(await found(query)).toEqual(expected);
  });

  it('holds a coach with one verified certification for certified, as soon as it is', async () => {
    const before = await found({ certified: 'true' });
    await app.database.query(
      `INSERT INTO certifications (coach_id, name, created_at, updated_at) VALUES ($1, 'CQP', now(), now())`,
      [yoga.id],
    );
    expect(await found({ certified: 'true' })).toEqual(before);
    await app.database.query('UPDATE certifications SET verified = true, reviewed_at = now() WHERE coach_id = $1', [
      yoga.id,
    ]);
    expect(await found({ certified: 'true' })).toEqual([ALINE, BRUNO]);
    await app.database.query('DELETE FROM certifications WHERE coach_id = $1', [yoga.id]);
    expect(await found({ certified: 'true' })).toEqual(before);
  });

  it('finds who works in a club, or in any validated club of a chain', async () => {
    const [chainId, first, second, hidden] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
    const slug = `chain-${chainId.slice(0, 8)}`;
    await app.database.query(
      `INSERT INTO gym_chains (id, name, slug, created_at, updated_at) VALUES ($1, 'Chaîne', $2, now(), now())`,
      [chainId, slug],
    );
    for (const [id, name, validated] of [
      [first, 'Un', true],
      [second, 'Deux', true],
      [hidden, 'Trois', true],
    ])
      await app.database.query(
        `INSERT INTO gyms (id, chain_id, name, city, country, validated, created_at, updated_at)
         VALUES ($1, $2, $3, 'Lyon', 'FR', $4, now(), now())`,
        [id, chainId, name, validated],
      );
    await expectStatus(yoga.http.put('/coaches/profile').send({ gym_ids: [first, hidden] }), 200);
    await expectStatus(box.http.put('/coaches/profile').send({ gym_ids: [second] }), 200);
    expect(await found({ gym_id: first })).toEqual([ALINE]);
    expect(await found({ gym_id: second })).toEqual([BRUNO]);
    expect(await found({ gym_id: randomUUID() })).toEqual([]);
    expect(await found({ chain: slug })).toEqual([ALINE, BRUNO]);
    expect(await found({ chain: 'no-such-chain' })).toEqual([]);
    await app.database.query('UPDATE gyms SET validated = false WHERE id = $1', [second]);
    expect(await found({ chain: slug })).toEqual([ALINE]);
    await expectStatus(yoga.http.put('/coaches/profile').send({ gym_ids: [] }), 200);
    expect(await found({ gym_id: first })).toEqual([]);
  });

  it.each([
    'specialty=spoon',
    'specialty=yoga&specialty=spoon',
    'country=XX',
    'country=fr',
    'gym_id=1',
    'max_price_cents=-1',
    'max_price_cents=2147483648',
    'max_price_cents=1.5',
    'currency=XYZ',
    'discovery=yes',
    'certified=1',
    'available_this_week=',
    'sort=random',
    'q=',
    `q=${'x'.repeat(101)}`,
    'q=a&q=b',
    'city=',
    'limit=0',
    'limit=101',
    'offset=-1',
    'sort=name&sort=name',
  ])('is refused for %s', async (query) => {
    const answer = await seeker.http.get(`/coaches/search?${query}`);
    expect([answer.status, (answer.body as { detail: string }).detail]).toEqual([422, 'validation_error']);
  });

  it('takes a hundred characters', async () => {
    expect(await names({ q: 'é'.repeat(100) })).toEqual([]);
  });
});

describe('the order of a search', () => {
  const word = 'Ordonnance';
  const inOrder = (sort: string): Promise<string[]> => names({ q: word, sort });

  it('is by price in either direction, who has none last, then by name', async () => {
    await coachNamed('Dora', word, { price: 5000 });
    await coachNamed('Ève', word, { price: 5000 });
    await coachNamed('Alan', word, {});
    await coachNamed('Fred', word, { price: 9000 });
    await coachNamed('Gus', word, { price: 0 });
    const first = (list: string[]): string[] => list.map((name) => name.split(' ')[0] ?? '');
    expect(first(await inOrder('price_asc'))).toEqual(['Gus', 'Dora', 'Ève', 'Fred', 'Alan']);
    expect(first(await inOrder('price_desc'))).toEqual(['Fred', 'Dora', 'Ève', 'Gus', 'Alan']);
    expect(first(await inOrder('name'))).toEqual(['Alan', 'Dora', 'Ève', 'Fred', 'Gus']);
  });

  it('is by relevance: free slots, then verified, then verified certifications, then the name', async () => {
    const word = 'Pertinentia';
    await coachNamed('Gaspard', word, {});
    await coachNamed('Hector', word, { hours: [] });
    const twice = await coachNamed('Iris', word, {});
    await certify(twice, 2);
    const once = await coachNamed('Jules', word, {});
    await certify(once, 1);
    const verified = await coachNamed('Katia', word, {});
    await verify(verified);
    const busy = await coachNamed('Léa', word, { hours: [] });
    await verify(busy);
    await coachNamed('Amaury', word, {});
    expect((await names({ q: word })).map((name) => name.split(' ')[0])).toEqual([
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
      (await search({ limit: '100', ...query })).items.map(({ id }) => id);
    const [open, closed] = [await ids({ available_this_week: 'true' }), await ids({ available_this_week: 'false' })];
    expect(open.length).toBeGreaterThan(5);
    expect(closed.length).toBeGreaterThan(1);
    expect(await ids({})).toEqual([...open, ...closed]);
    const verified = (await search({ limit: '100', available_this_week: 'true' })).items.map(
      (card) => card['verified'],
    );
    expect(verified).toEqual([...verified].sort((a, b) => Number(b) - Number(a)));
    expect(new Set(verified).size).toBe(2);
  });

  it('gives every coach once over the pages of any sort, equal names too, and equal pages for equal input', async () => {
    const word = 'Jumelle';
    const twins = [];
    for (let at = 0; at < 7; at += 1) twins.push((await coachNamed('Ada', word, { price: 1000 })).id);
    for (const sort of ['relevance', 'price_asc', 'price_desc', 'name']) {
      const seen: string[] = [];
      for (let offset = 0; offset < 9; offset += 3) {
        const page = { q: word, sort, offset: String(offset), limit: '3' };
        const { items, total, has_more } = await search(page);
        expect({ total, has_more }).toEqual({ total: 7, has_more: offset + 3 < 7 });
        expect((await search(page)).items).toEqual(items);
        seen.push(...items.map(({ id }) => id));
      }
      expect(seen).toHaveLength(7);
      expect(new Set(seen)).toEqual(new Set(twins));
    }
    expect(await search({ q: word, offset: '7' })).toMatchObject({ items: [], total: 7, offset: 7, has_more: false });
  });
});

describe('who can be found', () => {
  it('is a coach with a profile and an account in use', async () => {
    const word = 'Trouvable';
    await app.register({ role: 'coach', first_name: 'Sans', last_name: word });
    await app.register({ first_name: 'Client', last_name: word });
    const coach = await coachNamed('Vrai', word, {});
    const total = async (): Promise<number> => (await search({ q: word })).total;
    expect(await total()).toBe(1);
    for (const status of ['suspended', 'deletion_pending', 'deleted']) {
      await app.database.query(
        `UPDATE users SET status = $2, status_before_suspension = CASE $2 WHEN 'suspended' THEN 'active' END
         WHERE id = $1`,
        [coach.id, status],
      );
      expect([status, await total()]).toEqual([status, 0]);
      expect((await seeker.http.get(`/coaches/${coach.id}/public`)).status).toBe(404);
    }
    await app.database.query(`UPDATE users SET status = 'active', status_before_suspension = NULL WHERE id = $1`, [
      coach.id,
    ]);
    expect(await total()).toBe(1);
  });

  it('is told to who has an account only', async () => {
    expect((await app.http.get('/coaches/search')).status).toBe(401);
  });
});

describe('free slots within seven days', () => {
  const word = 'Disponible';
  const open = async (query: Record<string, string> = {}): Promise<string[]> =>
    (await names({ q: word, sort: 'name', available_this_week: 'true', ...query })).map(
      (name) => name.split(' ')[0] ?? '',
    );

  it('follow hours, bookings, absences and time, each as soon as it is committed', async () => {
    await app.setClock('2026-03-02T06:00:00Z');
    const monday = { day_of_week: 0, start_time: '10:00', end_time: '11:00' };
    const coach = await coachNamed('Uno', word, { hours: [], price: 1000 });
    const client = await app.register();
    expect(await open()).toEqual([]);
    expect(await open({ available_this_week: 'false' })).toEqual(['Uno']);

    const range = await expectStatus<{ id: string }>(coach.http.post('/coaches/availability').send(monday), 201);
    expect(await open()).toEqual(['Uno']);
    expect(await open({ available_this_week: 'false' })).toEqual([]);

    // The last instant of the seven days is part of them.
    await app.setClock('2026-03-02T10:00:00Z');
    expect(await open()).toEqual(['Uno']);
    await app.setClock('2026-03-02T06:00:00Z');

    // The one place of the week is taken, and comes back.
    const booking = await book(client, coach.id, '2026-03-02T10:00:00Z');
    expect(await open()).toEqual([]);
    await expectStatus(client.http.delete(`/bookings/${booking.id}`), 200);
    expect(await open()).toEqual(['Uno']);

    await expectStatus(coach.http.put('/coaches/profile').send({ min_notice_hours: 5 }), 200);
    expect(await open()).toEqual([]);
    await expectStatus(coach.http.put('/coaches/profile').send({ min_notice_hours: 4 }), 200);
    expect(await open()).toEqual(['Uno']);

    const away = { starts_at: '2026-03-02T10:30:00Z', ends_at: '2026-03-02T12:00:00Z' };
    const timeOff = await expectStatus<{ id: string }>(coach.http.post('/coaches/time-off').send(away), 201);
    expect(await open()).toEqual([]);
    await expectStatus(coach.http.delete(`/coaches/time-off/${timeOff.id}`), 204);
    expect(await open()).toEqual(['Uno']);

    await expectStatus(coach.http.put(`/coaches/availability/${range.id}`).send({ active: false }), 200);
    expect(await open()).toEqual([]);
    await expectStatus(coach.http.put(`/coaches/availability/${range.id}`).send({ active: true }), 200);
    expect(await open()).toEqual(['Uno']);

    // As somebody else's client the coach is not there.
    const other = await coachNamed('Autre', 'Part', { price: 1000 });
    await book(coach, other.id, '2026-03-02T10:00:00Z');
    expect(await open()).toEqual([]);
    await app.setClock('2026-03-02T11:00:00Z');
    expect(await open()).toEqual(['Uno']);
  });

  it('change with the zone of the coach', async () => {
    await app.setClock('2026-03-02T06:00:00Z');
    const soon = { day_of_week: 0, start_time: '07:00', end_time: '08:00' };
    const coach = await coachNamed('Dos', `${word}s`, { hours: [soon], profile: { booking_horizon_days: 3 } });
    const isOpen = async (): Promise<boolean> =>
      (await search({ q: `dos ${word}s`, available_this_week: 'true' })).total === 1;
    expect(await isOpen()).toBe(true);
    // In Auckland it is already Monday evening, and the next one lies beyond the horizon.
    await expectStatus(coach.http.patch('/users/me').send({ timezone: 'Pacific/Auckland' }), 200);
    expect(await isOpen()).toBe(false);
  });

  it('are what the list of slots says, whenever one looks', async () => {
    await app.setClock('2026-03-02T06:00:00Z');
    const coaches = await Promise.all(
      [0, 1, 2, 3].map((at) =>
        coachNamed(`Temps${String(at)}`, 'Passant', {
          price: 1000,
          hours: [{ day_of_week: at, start_time: '09:00', end_time: '11:00' }],
          profile: { booking_horizon_days: 1 + 2 * at, min_notice_hours: 6 * at },
        }),
      ),
    );
    for (let hour = 0; hour < 8 * 24; hour += 5) {
      const now = new Date(Date.parse('2026-03-02T06:00:00Z') + hour * 3_600_000);
      await app.setClock(now.toISOString());
      const to = new Date(now.getTime() + 7 * 86_400_000 + 1).toISOString();
      const listed = [];
      for (const coach of coaches) {
        const path = `/coaches/${coach.id}/slots?from=${now.toISOString()}&to=${to}`;
        const { slots } = await expectStatus<{ slots: { remaining: number }[] }>(seeker.http.get(path), 200);
        if (slots.some(({ remaining }) => remaining > 0)) listed.push(coach.id);
      }
      const found = await search({ q: 'passant', sort: 'name', available_this_week: 'true' });
      expect([now, found.items.map(({ id }) => id)]).toEqual([now, listed]);
    }
    await app.setClock('2026-03-02T06:00:00Z');
  });

  it('are right for everybody when many search while sessions are booked', async () => {
    const word = 'Bousculade';
    const coaches = await Promise.all(
      [0, 1, 2, 3, 4, 5].map((at) =>
        coachNamed(`Numéro${String(at)}`, word, {
          price: 1000,
          hours: [{ day_of_week: 0, start_time: '10:00', end_time: '11:00' }],
        }),
      ),
    );
    const clients = await Promise.all(coaches.map(() => app.register()));
    const taken = coaches.slice(0, 3);
    await Promise.all([
      ...taken.map((coach, at) => book(clients[at] ?? seeker, coach.id, '2026-03-02T10:00:00Z')),
      ...clients.flatMap((client) => [
        search({ q: word, available_this_week: 'true' }, client),
        search({ q: word }, client),
      ]),
    ]);
    const { items, total } = await search({ q: word, available_this_week: 'true', sort: 'name' });
    expect(items.map(({ name }) => name)).toEqual([`Numéro3 ${word}`, `Numéro4 ${word}`, `Numéro5 ${word}`]);
    expect(total).toBe(3);
    const { rows } = await app.database.query('SELECT FROM coach_listing_changes');
    expect(rows).toEqual([]);
  });
});

describe('the cost of a search', () => {
  it('is the same number of queries for one coach and for a page of them', async () => {
    const cost = async (query: Record<string, string>): Promise<number> => {
      const counts = [];
      for (let asked = 0; asked < 4; asked += 1) {
        const before = app.queryCount();
        await search(query);
        counts.push(app.queryCount() - before);
      }
      // The first one may renew and count, and any may look up the key or note its use.
      return Math.min(...counts);
    };
    const one = await cost({ limit: '1' });
    expect(await cost({ limit: '50' })).toBe(one);
    expect(await cost({ q: 'e', limit: '50', sort: 'price_asc' })).toBe(one);
    expect(one).toBe(6);
  });

  it('does not grow with the number of coaches that changed', async () => {
    const coaches = await Promise.all([0, 1, 2, 3, 4].map((at) => coachNamed(`Coût${String(at)}`, 'Constant', {})));
    const cost = async (changed: TestPerson[]): Promise<number> => {
      await search({});
      await app.database.query('UPDATE coach_profiles SET bio = $2 WHERE user_id = ANY ($1)', [
        changed.map(({ id }) => id),
        randomUUID(),
      ]);
      const before = app.queryCount();
      await search({});
      return app.queryCount() - before;
    };
    expect(await cost(coaches)).toBe(await cost(coaches.slice(0, 1)));
  });
});

describe('after a mass change', () => {
  it('no wrong listing is shown while the job renews them', async () => {
    const word = 'Multitude';
    const ids = Array.from({ length: 450 }, () => randomUUID());
    await app.database.query(
      `INSERT INTO users (id, email, first_name, last_name, role, status, locale, timezone, country, created_at, updated_at)
       SELECT id, id || '@example.com', 'Masse', $2, 'coach', 'active', 'fr', 'UTC', 'FR', now(), now()
       FROM unnest($1::uuid[]) AS people (id)`,
      [ids, word],
    );
    await app.database.query(
      `INSERT INTO coach_profiles (user_id, currency, session_duration_min, discovery_enabled, discovery_free,
         discovery_duration_min, booking_horizon_days, buffer_min, min_notice_hours, created_at, updated_at)
       SELECT id, 'EUR', 60, false, true, 60, 30, 0, 0, now(), now() FROM unnest($1::uuid[]) AS people (id)`,
      [ids],
    );
    const totals = [];
    for (let asked = 0; asked < 4; asked += 1) totals.push((await search({ q: word, limit: '1' })).total);
    // Each search does its share of two hundred; nobody is shown before he is known.
    expect(totals).toEqual([200, 400, 450, 450]);

    await app.database.query(
      `UPDATE users SET status = 'suspended', status_before_suspension = 'active' WHERE id = ANY ($1)`,
      [ids],
    );
    expect((await search({ q: word, limit: '1' })).total).toBe(0);
    const { rows } = await app.database.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM graphile_worker.jobs WHERE task_identifier = 'renew_coach_listings'`,
    );
    expect(rows).toEqual([{ count: 1 }]);
  });
});
