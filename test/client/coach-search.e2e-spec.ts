import { randomUUID } from 'node:crypto';
import { expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { coachNamed, namesFound, verify } from './searching';

let app: TestApp;
let seeker: TestPerson;

beforeAll(async () => {
  app = await startTestApp();
  await app.setClock('2026-03-02T06:00:00Z');
  seeker = await app.register({ first_name: 'Zoé', last_name: 'Chercheuse' });
});
afterAll(() => app.close());

describe('searching by words', () => {
  beforeAll(async () => {
    await coachNamed(app, 'Éloïse', 'Kœnig', { profile: { specialties: ['natation'] } });
    await coachNamed(app, 'Jean-François', 'Quévremont', { profile: { specialties: ['bien_etre'] } });
    await coachNamed(app, 'Tanguy', 'Quévremontois', {});
    await coachNamed(app, 'Straße', 'Łukasz', {});
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
    expect(await namesFound(seeker, { q })).toEqual(found);
  });

  it('puts whole words first, then beginnings of words, then what resembles them', async () => {
    await coachNamed(app, 'Anaé', 'Xantippe', {});
    await coachNamed(app, 'Xantippe', 'Zola', {});
    await coachNamed(app, 'Berthe', 'Xantippeline', {});
    await coachNamed(app, 'Adoxantippe', 'Un', {});
    expect(await namesFound(seeker, { q: 'Xantippe' })).toEqual([
      'Anaé Xantippe',
      'Xantippe Zola',
      'Berthe Xantippeline',
      'Adoxantippe Un',
    ]);
  });

  it('finds who has a specialty after who is called so', async () => {
    await coachNamed(app, 'Ursule', 'Boxe', {});
    await coachNamed(app, 'Aymar', 'Gant', { profile: { specialties: ['boxe'] } });
    expect(await namesFound(seeker, { q: 'boxe' })).toEqual(['Ursule Boxe', 'Aymar Gant']);
  });

  it('forgives a slip where nobody has the very words', async () => {
    await coachNamed(app, 'Philomène', 'Wandervogel', {});
    expect(await namesFound(seeker, { q: 'filomene wandervogel' })).toEqual(['Philomène Wandervogel']);
    expect(await namesFound(seeker, { q: 'wandervogle' })).toEqual(['Philomène Wandervogel']);
    // Somebody has these: nobody else is shown.
    await coachNamed(app, 'Filomene', 'Wandervogel', {});
    expect(await namesFound(seeker, { q: 'filomene wandervogel' })).toEqual(['Filomene Wandervogel']);
    expect(await namesFound(seeker, { q: 'filomene wandervogel', discovery: 'true' })).toEqual([]);
  });

  it('knows a new name at once, and no longer the old one', async () => {
    const coach = await coachNamed(app, 'Oldriska', 'Avant', {});
    expect(await namesFound(seeker, { q: 'oldriska' })).toHaveLength(1);
    await expectStatus(coach.http.patch('/users/me').send({ first_name: 'Nouvellia' }), 200);
    expect(await namesFound(seeker, { q: 'oldriska' })).toEqual([]);
    expect(await namesFound(seeker, { q: 'nouvellia' })).toEqual(['Nouvellia Avant']);
  });
});

describe('searching by what a coach is and offers', () => {
  const word = 'Filtrable';
  let yoga: TestPerson;
  let box: TestPerson;

  beforeAll(async () => {
    yoga = await coachNamed(app, 'Aline', word, {
      price: 4000,
      profile: { city: 'Saint-Étienne', country: 'FR', specialties: ['yoga', 'pilates'], discovery_enabled: true },
    });
    box = await coachNamed(app, 'Bruno', word, {
      price: 7000,
      profile: { city: 'Genève', country: 'CH', specialties: ['boxe', 'muscu'] },
    });
    await coachNamed(app, 'Chloé', word, { profile: { specialties: ['pilates'] } });
    await verify(app, box);
  });

  const found = (query: Record<string, string | readonly string[]>): Promise<string[]> =>
    namesFound(seeker, { q: word, sort: 'name', ...query });
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
    expect(await namesFound(seeker, { q: 'é'.repeat(100) })).toEqual([]);
  });
});
