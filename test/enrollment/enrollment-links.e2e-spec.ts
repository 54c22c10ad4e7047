import { randomUUID } from 'node:crypto';
import { promote } from 'test/auth/links';
import { aCoach, expectStatus } from 'test/support/coaching';
import { dataOf } from 'test/support/personal-data';
import { readQr } from 'test/support/qr';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { aToken, enroll, TOKENS, tokenOf, type WireToken } from './enrolling';

const NOW = '2026-03-02T06:00:00Z';

let app: TestApp;
let coach: TestPerson;

beforeAll(async () => {
  app = await startTestApp();
  await app.setClock(NOW);
  coach = await aCoach(app);
});
afterAll(() => app.close());
beforeEach(() => app.setClock(NOW));

describe('a new link', () => {
  it('has every field of the contract, and nothing that was not asked for', async () => {
    const made = await aToken(coach, { coach_id: randomUUID(), uses_count: 7, active: false, token: 'mine' });
    expect(made).toEqual({
      id: expect.any(String) as string,
      token: expect.stringMatching(/^[A-Za-z0-9_-]{64}$/) as string,
      label: null,
      expires_at: null,
      max_uses: null,
      uses_count: 0,
      active: true,
      enrollment_link: `mycoach://enroll/${made.token}`,
      created_at: NOW,
    });
    expect(await tokenOf(coach, made)).toEqual(made);
  });

  it('has a name, an end and a number of uses where they are given', async () => {
    const given = { label: 'Salle du Canal', expires_at: '2026-03-02T06:00:01Z', max_uses: 1 };
    expect(await aToken(coach, given)).toMatchObject(given);
    expect(await aToken(coach, { label: null, expires_at: null, max_uses: null })).toMatchObject({ label: null });
  });

  it.each<[string, object, [string, string]]>([
    ['an end that is now', { expires_at: NOW }, ['expires_at', 'too_small']],
    ['an end that is no instant', { expires_at: 'soon' }, ['expires_at', 'invalid_datetime']],
    ['no use', { max_uses: 0 }, ['max_uses', 'too_small']],
    ['half a use', { max_uses: 1.5 }, ['max_uses', 'invalid_type']],
    ['a name of 101 characters', { label: 'x'.repeat(101) }, ['label', 'too_long']],
  ])('is refused with %s', async (_, wish, [field, code]) => {
    const refused = coach.http.post(TOKENS).send(wish);
    expect(await expectStatus(refused, 422)).toMatchObject({ errors: [{ field, code }] });
  });

  it('is made by who has a coach profile', async () => {
    const [client, profileless] = [await app.register(), await app.register({ role: 'coach' })];
    await expectStatus(app.http.post(TOKENS).send({}), 401);
    await expectStatus(client.http.post(TOKENS).send({}), 403);
    const refused = profileless.http.post(TOKENS).send({});
    expect(await expectStatus(refused, 404)).toMatchObject({ detail: 'coach_profile_not_found' });
    expect(await expectStatus(profileless.http.get(TOKENS), 200)).toMatchObject({ items: [], total: 0 });
  });

  it('is stored as a hash to be found by, and encrypted to be shown again', async () => {
    const { id, token } = await aToken(coach);
    const { rows } = await app.database.query<{ row: string; sealed: string }>(
      'SELECT t::text AS row, token AS sealed FROM enrollment_tokens t WHERE id = $1',
      [id],
    );
    expect(rows[0]?.row).not.toContain(token);
    expect(rows[0]?.sealed).toMatch(/^[^:]+:[A-Za-z0-9+/]+=*$/);
  });
});

describe('the own links', () => {
  it('are in pages, newest first, those that are switched off too', async () => {
    const other = await aCoach(app);
    const made: WireToken[] = [];
    for (const hour of [7, 8, 9]) {
      await app.setClock(`2026-03-02T0${String(hour)}:00:00Z`);
      made.unshift(await aToken(other, { label: String(hour) }));
    }
    await expectStatus(other.http.delete(`${TOKENS}/${made[1]?.id ?? ''}`), 204);
    const page = await expectStatus<{ items: WireToken[] }>(other.http.get(`${TOKENS}?limit=2`), 200);
    expect(page).toMatchObject({ total: 3, offset: 0, limit: 2, has_more: true });
    expect(page.items).toEqual([made[0], { ...made[1], active: false }]);
    expect(await expectStatus(other.http.get(`${TOKENS}?offset=2`), 200)).toMatchObject({
      items: [made[2]],
      has_more: false,
    });
  });

  it('are switched off once and for all', async () => {
    const token = await aToken(coach);
    for (let time = 0; time < 2; time += 1) await expectStatus(coach.http.delete(`${TOKENS}/${token.id}`), 204);
    expect(await tokenOf(coach, token)).toEqual({ ...token, active: false });
    await expectStatus(app.http.get(`/enroll/${token.token}`), 404);
  });

  it('are nobody else’s: trust 1', async () => {
    const { id, token } = await aToken(coach);
    const stranger = await aCoach(app);
    await promote(app, stranger);
    for (const unknown of [id, randomUUID()])
      for (const request of [
        stranger.http.delete(`${TOKENS}/${unknown}`),
        stranger.http.get(`${TOKENS}/${unknown}/qr.svg`),
      ])
        expect(await expectStatus(request, 404)).toMatchObject({ detail: 'enrollment_token_not_found' });
    await expectStatus(app.http.get(`/enroll/${token}`), 200);
  });

  it('are handed out to their coach, and erased with him', async () => {
    const gone = await aCoach(app);
    const { exported, erased } = dataOf(app, 'enrollment', gone);
    const token = await aToken(gone, { label: 'Été' });
    expect(await exported('enrollment_tokens')).toEqual([token]);
    await erased();
    expect(await exported('enrollment_tokens')).toEqual([]);
    await expectStatus(app.http.get(`/enroll/${token.token}`), 404);
  });
});

describe('the QR code of a link', () => {
  it.each([
    ['', 512],
    ['?size=128', 128],
    ['?size=1024', 1024],
  ])('says the link, in a picture of the size asked for: "%s"', async (query, size) => {
    const { id, enrollment_link } = await aToken(coach);
    const answer = await coach.http.get(`${TOKENS}/${id}/qr.svg${query}`).responseType('blob');
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'image/svg+xml']);
    const svg = (answer.body as Buffer).toString();
    expect(svg).toContain(`width="${String(size)}"`);
    expect(await readQr(svg)).toBe(enrollment_link);
  });

  it.each(['127', '1025', 'big'])('is refused in the size %s', async (size) => {
    const { id } = await aToken(coach);
    await expectStatus(coach.http.get(`${TOKENS}/${id}/qr.svg?size=${size}`), 422);
  });
});

describe('what a link leads to', () => {
  it('is its coach, as a card, with what he called the link', async () => {
    const expires_at = '2026-03-09T06:00:00Z';
    const { token } = await aToken(coach, { label: 'Affiche', expires_at });
    const info = await expectStatus<{ coach: object }>(app.http.get(`/enroll/${token}`), 200);
    expect(info).toEqual({ label: 'Affiche', expires_at, coach: expect.any(Object) as object });
    const { items } = await expectStatus<{ items: object[] }>(
      (await app.register()).http.get('/coaches/search?limit=100'),
      200,
    );
    expect(items).toContainEqual(info.coach);
  });

  it('says with a key how the caller stands to the coach', async () => {
    const host = await aCoach(app, { profile: { discovery_enabled: true, discovery_free: true } });
    const [token, client] = [await aToken(host), await app.register()];
    const badge = async (http: TestPerson['http']): Promise<unknown> =>
      (await expectStatus<{ coach: { shows_discovery_badge: boolean } }>(http.get(`/enroll/${token.token}`), 200)).coach
        .shows_discovery_badge;
    expect([await badge(app.http), await badge(client.http)]).toEqual([true, true]);
    await enroll(client, token);
    expect([await badge(app.http), await badge(client.http)]).toEqual([true, false]);
  });

  it('is unknown alike for a link that never was, is switched off, late, used up, or of a coach who is gone: trust 18', async () => {
    const gone = await aCoach(app);
    const [off, late, used] = [
      await aToken(coach),
      await aToken(coach, { expires_at: '2026-03-02T07:00:00Z' }),
      await aToken(coach, { max_uses: 1 }),
    ];
    const [suspended, closing] = [await aToken(gone), await aToken(await aCoach(app))];
    await enroll(await app.register(), used);
    await expectStatus(coach.http.delete(`${TOKENS}/${off.id}`), 204);
    await app.database.query(
      `UPDATE users SET status = 'suspended', status_before_suspension = 'active' WHERE id = $1`,
      [gone.id],
    );
    await app.database.query(
      `UPDATE users SET status = 'deletion_pending'
       WHERE id = (SELECT coach_id FROM enrollment_tokens WHERE id = $1)`,
      [closing.id],
    );
    await app.setClock('2026-03-02T07:00:00Z');
    const other = await app.register();
    const seen = async (token: string): Promise<unknown[]> => {
      const answers = [
        await app.http.get(`/enroll/${token}`).set('X-Request-Id', 'same'),
        await other.http.post(`/users/me/enroll/${token}`).set('X-Request-Id', 'same'),
      ];
      return answers.map(({ status, text, headers }) => {
        // They count on, and a second may pass between two requests.
        const counting = new Set(['date', 'ratelimit-remaining', 'ratelimit-reset']);
        const rest = Object.entries(headers as Record<string, string>).filter(([name]) => !counting.has(name));
        return { status, text, rest };
      });
    };
    const unknown = await seen('A'.repeat(64));
    expect(unknown).toMatchObject([{ status: 404 }, { status: 404 }]);
    expect(JSON.stringify(unknown)).toContain('enrollment_token_invalid');
    const unusable = [off, late, used, suspended, closing].map(({ token }) => token);
    for (const token of [...unusable, 'x', '%00', "'--", 'é'.repeat(300)])
      expect(await seen(encodeURIComponent(decodeURIComponent(token)))).toEqual(unknown);
  });

  it('costs the same queries whatever is wrong with the link', async () => {
    const off = await aToken(coach);
    await expectStatus(coach.http.delete(`${TOKENS}/${off.id}`), 204);
    const cost = async (token: string): Promise<number> => {
      const before = app.queryCount();
      await expectStatus(app.http.get(`/enroll/${token}`), 404);
      return app.queryCount() - before;
    };
    expect([await cost(off.token), await cost('A'.repeat(64)), await cost('x')]).toEqual([1, 1, 1]);
  });

  it('is told in the language of who asks', async () => {
    const said = new Set<string>();
    for (const language of ['fr', 'en', 'es', 'pt']) {
      const refused = app.http.get('/enroll/x').set('Accept-Language', language);
      said.add((await expectStatus<{ message: string }>(refused, 404)).message);
    }
    expect(said.size).toBe(4);
  });
});
