import { expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { promote, registerProved } from './links';

const NOW = '2026-03-02T06:00:00Z';

interface WireDomain {
  id: string;
  domain: string;
  reason: string | null;
  created_at: string;
}

interface WirePage {
  items: WireDomain[];
  total: number;
  has_more: boolean;
}

let app: TestApp;
let admin: TestPerson;

beforeAll(async () => {
  app = await startTestApp();
  await app.setClock(NOW);
  admin = await registerProved(app);
  await promote(app, admin);
});
afterAll(() => app.close());
beforeEach(() => app.database.query('DELETE FROM blocked_domains'));

const block = (domain: string, more: object = {}): Promise<WireDomain> =>
  expectStatus<WireDomain>(admin.http.post('/admin/blocked-domains').send({ domain, ...more }), 201);
const list = (query = ''): Promise<WirePage> =>
  expectStatus<WirePage>(admin.http.get(`/admin/blocked-domains${query}`), 200);
const unblock = async (domain: string): Promise<number> =>
  (await admin.http.delete(`/admin/blocked-domains/${encodeURIComponent(domain)}`)).status;
const register = async (email: string): Promise<unknown> => {
  const body = { first_name: 'Zoé', last_name: 'Petit', password: 'Correct-Horse-7', role: 'client', email };
  const answer = await app.http.post('/auth/register').send(body);
  return answer.status === 201 ? 201 : (answer.body as { detail: string }).detail;
};

describe('the domains that administrators block', () => {
  it('are kept in one spelling, with why', async () => {
    expect(await block('  Mailinator.COM ', { reason: 'Jetable' })).toEqual({
      id: expect.any(String) as string,
      domain: 'mailinator.com',
      reason: 'Jetable',
      created_at: NOW,
    });
    expect(await block('münchen.example', { reason: '' })).toMatchObject({
      domain: 'xn--mnchen-3ya.example',
      reason: null,
    });
  });

  it('are not blocked twice, however they are spelled', async () => {
    await block('münchen.example');
    for (const domain of ['münchen.example', 'MÜNCHEN.example', 'xn--mnchen-3ya.example', 'münchen.example.']) {
      const answer = await admin.http.post('/admin/blocked-domains').set('Accept-Language', 'fr').send({ domain });
      expect([answer.status, answer.body]).toEqual([
        409,
        expect.objectContaining({ detail: 'domain_exists', message: 'Ce domaine est déjà bloqué.' }),
      ]);
    }
    expect((await list()).total).toBe(1);
  });

  it('are blocked once when two administrators do it at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => admin.http.post('/admin/blocked-domains').send({ domain: 'race.example' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(7).fill(409)]);
  });

  it('are listed by name, in pages, and found by a part of it', async () => {
    for (const domain of ['trash.example', 'a-mail.example', 'b-mail.example']) await block(domain);
    const names = async (query: string): Promise<string[]> => (await list(query)).items.map(({ domain }) => domain);
    expect(await names('')).toEqual(['a-mail.example', 'b-mail.example', 'trash.example']);
    expect(await names('?q=MAIL')).toEqual(['a-mail.example', 'b-mail.example']);
    expect(await names('?q=%25')).toEqual([]);
    expect(await list('?limit=1&offset=1')).toMatchObject({
      items: [{ domain: 'b-mail.example' }],
      total: 3,
      has_more: true,
    });
  });

  it('must be domains, of at most a hundred characters', async () => {
    const longest = `${'a'.repeat(60)}.${'b'.repeat(31)}.example`;
    expect(longest).toHaveLength(100);
    expect((await block(longest)).domain).toBe(longest);
    for (const [body, code] of [
      [{ domain: `a${longest}` }, 'too_long'],
      [{ domain: 'localhost' }, 'invalid_format'],
      [{ domain: '@example.com' }, 'invalid_format'],
      [{ domain: 'https://example.com/' }, 'invalid_format'],
      [{ domain: '127.0.0.1' }, 'invalid_format'],
      [{ domain: '' }, 'required'],
      [{}, 'required'],
      [{ domain: 7 }, 'invalid_type'],
    ] as const) {
      const answer = await admin.http.post('/admin/blocked-domains').send(body);
      expect([body, answer.status, (answer.body as { errors: object[] }).errors]).toEqual([
        body,
        422,
        expect.arrayContaining([expect.objectContaining({ field: 'domain', code })]),
      ]);
    }
    await admin.http
      .post('/admin/blocked-domains')
      .send({ domain: 'x.example', reason: 'r'.repeat(201) })
      .expect(422);
    await block('x.example', { reason: 'r'.repeat(200) });
  });

  it('are unblocked by name, in any spelling, once', async () => {
    await block('münchen.example');
    await block('trash.example');
    expect(await unblock('MÜNCHEN.example')).toBe(204);
    expect(await unblock('münchen.example')).toBe(404);
    for (const domain of ['never.example', 'no domain', 'a\u0000b.example', '%'])
      expect(await unblock(domain)).toBe(404);
    expect((await list()).items.map(({ domain }) => domain)).toEqual(['trash.example']);
    const answer = await admin.http.delete('/admin/blocked-domains/never.example').set('Accept-Language', 'es');
    expect(answer.body).toMatchObject({ detail: 'domain_not_found', message: 'Este dominio no está bloqueado.' });
  });

  it('are for administrators alone', async () => {
    for (const role of ['client', 'coach']) {
      const person = await app.register({ role });
      await person.http.get('/admin/blocked-domains').expect(403);
      await person.http.post('/admin/blocked-domains').send({ domain: 'x.example' }).expect(403);
      await person.http.delete('/admin/blocked-domains/x.example').expect(403);
    }
    await app.http.get('/admin/blocked-domains').expect(401);
  });

  it('are written once for one key (trust 47)', async () => {
    const send = () =>
      admin.http.post('/admin/blocked-domains').set('Idempotency-Key', 'once').send({ domain: 'once.example' });
    const [first, again] = [await send(), await send()];
    expect([first.status, again.status, again.body]).toEqual([201, 201, first.body]);
  });
});

describe('an address of a blocked domain', () => {
  it('opens no account, in whatever spelling, until the domain is unblocked', async () => {
    await block('münchen.example');
    for (const email of ['a@münchen.example', 'b@xn--mnchen-3ya.example', 'C@MÜNCHEN.example'])
      expect(await register(email)).toBe('blocked_email_domain');
    expect(await register('d@sub.münchen.example')).toBe(201);
    expect(await register('e@munchen.example')).toBe(201);
    await unblock('münchen.example');
    expect(await register('a@münchen.example')).toBe(201);
  });

  it('is taken by no account that is there, and an account that has one keeps it', async () => {
    const person = await app.register();
    await block('trash.example');
    const changed = await person.http.patch('/users/me').send({ email: 'me@trash.example' });
    expect([changed.status, changed.body]).toEqual([422, expect.objectContaining({ detail: 'blocked_email_domain' })]);
    await block('example.com');
    await person.http.get('/users/me').expect(200);
    await app.http.post('/auth/forgot-password').send({ email: person.email }).expect(202);
  });
});
