import { randomUUID } from 'node:crypto';
import { aClub } from 'test/support/clubs';
import { aCoach, expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

type Body = Record<string, unknown>;

let app: TestApp;
let coach: TestPerson;

const SECRETS = {
  phone: '+33698765432',
  sender: 'SECRETSMS',
  note: 'Note que personne ne lit',
  privatePrice: 'Tarif réservé',
  unverified: 'Diplôme non vérifié',
  reason: 'Motif du refus',
};

beforeAll(async () => {
  app = await startTestApp();
  await app.setClock('2026-03-02T06:00:00Z');
  coach = await aCoach(app, {
    days: [0, 2],
    from: '09:00',
    to: '12:00',
    profile: {
      bio: 'Douze ans de terrain',
      city: 'Lyon',
      country: 'FR',
      specialties: ['yoga', 'boxe'],
      languages: ['fr', 'en'],
      experience_years: 12,
      discovery_enabled: true,
      discovery_free: false,
      discovery_price_cents: 1500,
      discovery_duration_min: 30,
      min_notice_hours: 6,
      sms_sender_name: SECRETS.sender,
      max_clients: 3,
    },
  });
  await expectStatus(coach.http.patch('/users/me').send({ phone: SECRETS.phone }), 200);
  await expectStatus(
    coach.http.post('/coaches/availability').send({
      day_of_week: 4,
      start_time: '09:00',
      end_time: '10:00',
      active: false,
    }),
    201,
  );
  await expectStatus(
    coach.http.post('/coaches/pricing').send({
      type: 'per_session',
      name: SECRETS.privatePrice,
      price_cents: 123,
      is_public: false,
    }),
    201,
  );
  await app.database.query(
    `INSERT INTO certifications (coach_id, name, verified, reviewed_at, rejection_reason, created_at, updated_at)
     VALUES ($1, 'BPJEPS', true, now(), NULL, now(), now()), ($1, $2, false, now(), $3, now(), now())`,
    [coach.id, SECRETS.unverified, SECRETS.reason],
  );
});
afterAll(() => app.close());

const publicOf = (id: string, who?: TestPerson): Promise<Body> =>
  expectStatus((who?.http ?? app.http).get(`/coaches/${id}/public`), 200);

async function relate(client: TestPerson, status: string): Promise<void> {
  await app.database.query(
    `INSERT INTO relations (coach_id, client_id, status, created_at, updated_at) VALUES ($1, $2, $3, now(), now())
     ON CONFLICT (coach_id, client_id) DO UPDATE SET status = $3`,
    [coach.id, client.id, status],
  );
}

describe('the public profile of a coach', () => {
  it('is shown to anybody, with these fields and no other', async () => {
    expect(await publicOf(coach.id)).toEqual({
      id: coach.id,
      first_name: 'Inès',
      last_name: 'Martin',
      name: 'Inès Martin',
      resolved_photo_url: expect.stringMatching(/default_neutral\.svg$/),
      bio: 'Douze ans de terrain',
      verified: false,
      is_certified: true,
      city: 'Lyon',
      country: 'FR',
      languages: ['fr', 'en'],
      experience_years: 12,
      currency: 'EUR',
      session_duration_min: 60,
      discovery_enabled: true,
      discovery_free: false,
      discovery_price_cents: 1500,
      discovery_duration_min: 30,
      min_notice_hours: 6,
      session_price_cents: 5000,
      specialties: ['yoga', 'boxe'],
      certifications: [expect.objectContaining({ name: 'BPJEPS', verified: true })],
      gyms: [],
      pricing: [expect.objectContaining({ coach_id: coach.id, price_cents: 5000, is_public: true })],
      cancellation_policy: { threshold_hours: 24, mode: 'auto', noshow_is_due: true, client_message: null },
      availability_summary: [
        { day_of_week: 0, ranges: [{ start_time: '09:00', end_time: '12:00' }] },
        { day_of_week: 2, ranges: [{ start_time: '09:00', end_time: '12:00' }] },
      ],
      social_links: [],
      shows_discovery_badge: true,
      relation_status: null,
      has_pending_request: false,
    });
  });

  it('tells nothing that is private, whoever asks', async () => {
    const client = await app.register();
    await relate(client, 'active');
    await expectStatus(coach.http.put(`/coaches/clients/${client.id}/note`).send({ content: SECRETS.note }), 200);
    for (const who of [undefined, client, coach]) {
      const answer = await (who?.http ?? app.http).get(`/coaches/${coach.id}/public`);
      const text = answer.text.toLowerCase();
      for (const secret of [coach.email, ...Object.values(SECRETS)]) expect(text).not.toContain(secret.toLowerCase());
      expect(text).not.toMatch(/"(email|phone|sms_sender_name|note|max_clients|client_count|photo_url)"/);
    }
    const listed = await client.http.get('/coaches/search?q=ines');
    for (const secret of [coach.email, ...Object.values(SECRETS)]) expect(listed.text).not.toContain(secret);
  });

  it('says with a good key how the caller stands to him', async () => {
    const client = await app.register();
    for (const [status, badge] of [
      ['pending', true],
      ['discovery', true],
      ['active', false],
      ['paused', false],
      ['ended', true],
    ] as const) {
      await relate(client, status);
      expect(await publicOf(coach.id, client)).toMatchObject({
        relation_status: status,
        shows_discovery_badge: badge,
        has_pending_request: false,
      });
    }
    // Nobody else hears of it.
    expect(await publicOf(coach.id)).toMatchObject({ relation_status: null });
    expect(await publicOf(coach.id, await app.register())).toMatchObject({ relation_status: null });
  });

  it('says whether a request of the caller waits, whatever the relation is', async () => {
    const client = await app.register();
    const asked = client.http.post('/clients/coaching-requests').send({ coach_id: coach.id });
    const { id } = await expectStatus<{ id: string }>(asked, 201);
    expect(await publicOf(coach.id, client)).toMatchObject({ relation_status: 'pending', has_pending_request: true });
    await relate(client, 'ended');
    expect(await publicOf(coach.id, client)).toMatchObject({ relation_status: 'ended', has_pending_request: true });
    expect(await publicOf(coach.id)).toMatchObject({ has_pending_request: false });
    expect(await publicOf(coach.id, await app.register())).toMatchObject({ has_pending_request: false });
    await expectStatus(client.http.delete(`/clients/coaching-requests/${id}`), 200);
    expect(await publicOf(coach.id, client)).toMatchObject({ has_pending_request: false });
  });

  it('counts a bad key for none', async () => {
    const answer = await app.client('mck_nonsense').get(`/coaches/${coach.id}/public`);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ relation_status: null });
  });

  it('shows no discovery where none is offered', async () => {
    const other = await aCoach(app);
    expect(await publicOf(other.id)).toMatchObject({ discovery_enabled: false, shows_discovery_badge: false });
  });

  it('is the same number of queries whatever there is to show', async () => {
    const bare = await app.register({ role: 'coach' });
    await expectStatus(bare.http.post('/coaches/profile').send({}), 201);
    const cost = async (id: string): Promise<number> => {
      const before = app.queryCount();
      await publicOf(id);
      return app.queryCount() - before;
    };
    expect(await cost(coach.id)).toBe(await cost(bare.id));
  });
});

describe.each(['public', 'social-links'])('GET /coaches/{id}/%s', (route) => {
  const refusal = async (id: string): Promise<[number, string]> => {
    const answer = await app.http.get(`/coaches/${id}/${route}`);
    return [answer.status, (answer.body as { detail: string }).detail];
  };

  it('knows nobody who is no coach, or is suspended or closing', async () => {
    const client = await app.register();
    const profileless = await app.register({ role: 'coach' });
    for (const id of [randomUUID(), client.id, profileless.id])
      expect(await refusal(id)).toEqual([404, 'coach_not_found']);
    const gone = await aCoach(app);
    for (const status of ['suspended', 'deletion_pending', 'deleted']) {
      await app.database.query(
        `UPDATE users SET status = $2, status_before_suspension = CASE $2 WHEN 'suspended' THEN 'active' END
         WHERE id = $1`,
        [gone.id, status],
      );
      expect(await refusal(gone.id)).toEqual([404, 'coach_not_found']);
    }
  });

  it('refuses a malformed id', async () => {
    expect(await refusal('1')).toEqual([422, 'validation_error']);
  });
});

it('the clubs of a public profile are marked for who likes them, and for nobody else', async () => {
  const club = await aClub(app, { name: 'Salle du Canal' });
  const other = await aCoach(app, { profile: { gym_ids: [club] } });
  const [fan, guest] = [await app.register(), await app.register()];
  await expectStatus(fan.http.post('/users/me/gyms').send({ gym_id: club }), 201);
  const path = `/coaches/${other.id}/public`;
  for (const [http, isFavorite] of [
    [fan.http, true],
    [guest.http, false],
    [app.http, false],
  ] as const)
    expect(await expectStatus(http.get(path), 200)).toMatchObject({ gyms: [{ id: club, is_favorite: isFavorite }] });
});
