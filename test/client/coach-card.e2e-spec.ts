import { randomUUID } from 'node:crypto';
import { expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { coachNamed, priced, search } from './searching';

let app: TestApp;
let seeker: TestPerson;

beforeAll(async () => {
  app = await startTestApp();
  await app.setClock('2026-03-02T06:00:00Z');
  seeker = await app.register({ first_name: 'Zoé', last_name: 'Chercheuse' });
});
afterAll(() => app.close());

describe('the card of a coach', () => {
  it('has these fields and no other', async () => {
    const coach = await coachNamed(app, 'Aloys', 'Carte', {
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
    const { items } = await search(seeker, { q: 'Aloys Carte' });
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
    const coach = await coachNamed(app, 'Barthélémy', 'Prix', { price: 6000 });
    await priced(coach, { price_cents: 5500 });
    await priced(coach, { price_cents: 100, is_public: false });
    await priced(coach, { price_cents: 200, currency: 'USD' });
    await expectStatus(
      coach.http.post('/coaches/pricing').send({ type: 'package', name: 'Dix', session_count: 10, price_cents: 300 }),
      201,
    );
    expect((await search(seeker, { q: 'barthelemy' })).items[0]).toMatchObject({ session_price_cents: 5500 });
  });

  it('shows no discovery to who trains or has trained with the coach', async () => {
    const coach = await coachNamed(app, 'Célestine', 'Insigne', { profile: { discovery_enabled: true } });
    const badge = async (): Promise<boolean | undefined> =>
      (await search(seeker, { q: 'celestine' })).items[0]?.shows_discovery_badge;
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
    const coach = await coachNamed(app, 'Désirée', 'Complet', { profile: { max_clients: 2 } });
    const hasRoom = async (): Promise<boolean | undefined> =>
      (await search(seeker, { q: 'desiree' })).items[0]?.accepting_clients;
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

describe('who can be found', () => {
  it('is a coach with a profile and an account in use', async () => {
    const word = 'Trouvable';
    await app.register({ role: 'coach', first_name: 'Sans', last_name: word });
    await app.register({ first_name: 'Client', last_name: word });
    const coach = await coachNamed(app, 'Vrai', word, {});
    const total = async (): Promise<number> => (await search(seeker, { q: word })).total;
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
