import { IntegrationNotConnected } from 'src/modules/integration/integration.errors';
import { DeliveryFailure } from 'src/common/outbound/delivery-failure';
import type { ProviderServer } from 'test/support/provider-server';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { comeBack, connect, everythingStored, setOut, settle, statusOf, storedOf, tokenOf } from './connecting';
import { FAULTS, failureOf, SLOW } from './provider-misconduct';
import type { Vendor } from './vendors/vendor';

/** A clock that stands still: tokens expire when a test says so. */
const NOW = '2026-03-02T06:00:00Z';

/** The same for every provider: what it may do wrong, and what must not come of it. */
export function itKeepsTheContract(vendor: Vendor): void {
  const { provider, route } = vendor;
  let app: TestApp;
  let server: ProviderServer;
  let person: TestPerson;

  const refreshes = (): number =>
    server.requestsTo(server.tokenPath).filter(({ form }) => form.get('grant_type') === 'refresh_token').length;

  beforeAll(async () => {
    server = await vendor.server().start();
    app = await startTestApp(server.variables);
  });
  afterAll(async () => {
    await app.close();
    await server.stop();
  });
  beforeEach(async () => {
    await app.setClock(NOW);
    await settle(app);
    server.forget();
    person = await app.register();
    server.defaultAccount = String(1_000_000 + Math.trunc(performance.now()));
  });

  it('sends exactly one redirect address, PKCE by S256 where it is known, and the secret to nobody but the provider (trust 22)', async () => {
    const { url, state } = await setOut(person, vendor);
    const query = new URL(url).searchParams;
    expect(Object.fromEntries(query)).toMatchObject({ response_type: 'code', state, client_id: server.clientId });
    expect(query.get('redirect_uri')).toBe(`http://localhost:3000/integrations/${route}/callback`);
    expect(query.get('code_challenge_method')).toBe(vendor.knowsPkce ? 'S256' : null);
    expect(url).not.toContain(server.clientSecret);
    expect((await comeBack(app, await server.decide(url))).status).toBe(200);
    const [asked] = server.requestsTo(server.tokenPath);
    expect(asked?.form.get('redirect_uri')).toBe(query.get('redirect_uri'));
    expect(asked?.form.get('code_verifier') !== null).toBe(vendor.knowsPkce);
  });

  it('stores nothing when the person denies', async () => {
    const { url } = await setOut(person, vendor);
    const answer = await comeBack(app, await server.decide(url, { isDenied: true }));
    expect([answer.status, answer.body]).toMatchObject([400, { detail: 'oauth_denied' }]);
    expect(await storedOf(app, person)).toEqual({ connections: 0, ways: 0 });
    expect(server.requestsTo(server.tokenPath)).toEqual([]);
  });

  it('stores nothing when a scope that is needed was unticked, and gives back what was granted', async () => {
    const { url } = await setOut(person, vendor);
    const asked = (new URL(url).searchParams.get('scope') ?? '').split(/[ ,]/);
    expect(asked).toContain(vendor.requiredScope);
    const scopes = asked.filter((scope) => scope !== vendor.requiredScope);
    const answer = await comeBack(app, await server.decide(url, { scopes }));
    expect([answer.status, answer.body]).toMatchObject([400, { detail: 'oauth_denied' }]);
    expect(await storedOf(app, person)).toEqual({ connections: 0, ways: 0 });
    expect(server.grants.of(server.defaultAccount)).toHaveLength(1);
    await settle(app);
    expect(server.grants.of(server.defaultAccount)).toEqual([]);
  });

  it('takes no state twice, nor one that has expired or that nobody made (trust 21)', async () => {
    const { url } = await setOut(person, vendor);
    const back = await server.decide(url);
    expect((await comeBack(app, back)).status).toBe(200);
    const again = await comeBack(app, back);
    const { url: late } = await setOut(person, vendor);
    const lateBack = await server.decide(late);
    await app.setClock('2026-03-02T06:10:00Z');
    const expired = await comeBack(app, lateBack);
    lateBack.searchParams.set('state', `${'a'.repeat(43)}.${'0'.repeat(64)}`);
    const madeUp = await comeBack(app, lateBack);
    for (const { status, body } of [again, expired, madeUp])
      expect([status, body]).toMatchObject([400, { detail: 'invalid_state' }]);
    expect(server.requestsTo(server.tokenPath)).toHaveLength(1);
  });

  it('takes no code that has expired, is somebody else’s, or was used', async () => {
    const tried = async (spoil: (back: URL) => void): Promise<unknown> => {
      const other = await app.register();
      const { url } = await setOut(other, vendor);
      const back = await server.decide(url);
      spoil(back);
      const { status, body } = await comeBack(app, back);
      expect(await storedOf(app, other)).toEqual({ connections: 0, ways: 0 });
      return [status, (body as { detail: string }).detail];
    };
    expect(await tried((back) => back.searchParams.set('code', 'never-given-out'))).toEqual([400, 'oauth_denied']);
    server.grants.codeLifeMs = 0;
    expect(await tried(() => undefined)).toEqual([400, 'oauth_denied']);
  });

  it.each(FAULTS)('stores nothing when the provider %s as a code is exchanged', async (_, fault) => {
    const { url } = await setOut(person, vendor);
    const back = await server.decide(url);
    server.fail(server.tokenPath, fault);
    const { status, body } = await comeBack(app, back);
    expect([status, body]).toMatchObject([502, { detail: 'provider_error' }]);
    expect(await storedOf(app, person)).toEqual({ connections: 0, ways: 0 });
    expect(server.requestsTo('/elsewhere')).toEqual([]);
  });

  it('renews a token a minute before it expires, and once when it is refused before that', async () => {
    await connect(app, person, vendor, server);
    const { expires_at: end } = await statusOf(person, provider);
    const margin = new Date(Date.parse(end ?? '') - 60_000);
    await app.setClock(new Date(margin.getTime() - 1_000).toISOString());
    const first = await tokenOf(app, person, provider);
    expect(refreshes()).toBe(0);
    await app.setClock(margin.toISOString());
    const second = await tokenOf(app, person, provider);
    expect(refreshes()).toBe(1);
    expect(second).not.toBe(first);
    server.grants.expireAccess();
    await vendor.call(app, person.id);
    expect(refreshes()).toBe(2);
  });

  it('keeps the newest refresh token, and the old one where none is given', async () => {
    await connect(app, person, vendor, server);
    for (const rotates of [true, true, false, false, true]) {
      server.grants.rotates = rotates;
      server.grants.expireAccess();
      await vendor.call(app, person.id);
    }
    expect(refreshes()).toBe(5);
    expect(server.grants.of(server.defaultAccount)).toHaveLength(1);
  });

  it('asks no more once a refresh was refused', async () => {
    await connect(app, person, vendor, server);
    server.grants.revokeAccount(server.defaultAccount);
    await expect(vendor.call(app, person.id)).rejects.toBeInstanceOf(IntegrationNotConnected);
    expect(await statusOf(person, provider)).toMatchObject({ connected: false, needs_reconnect: true });
    const asked = server.requests.length;
    await expect(vendor.call(app, person.id)).rejects.toBeInstanceOf(IntegrationNotConnected);
    expect(server.requests).toHaveLength(asked);
    await connect(app, person, vendor, server);
    await vendor.call(app, person.id);
    expect(await statusOf(person, provider)).toMatchObject({ connected: true, needs_reconnect: false });
  });

  it('does not go round in circles when fresh tokens are refused too', async () => {
    await connect(app, person, vendor, server);
    server.fail(vendor.apiPath, { status: 401 }, Infinity);
    expect(await failureOf(vendor.call(app, person.id))).toMatchObject({ isFinal: true, name: 'DeliveryFailure' });
    expect(refreshes()).toBe(1);
  });

  it.each(FAULTS)('fails in the words of the house when the provider %s (trust 28)', async (_, fault, failure) => {
    await connect(app, person, vendor, server);
    server.fail(vendor.apiPath, fault);
    const error = await failureOf(vendor.call(app, person.id));
    expect(error).toBeInstanceOf(DeliveryFailure);
    expect(error).toMatchObject(failure);
    expect(String(error)).not.toContain('camille@example.com');
    expect(server.requestsTo('/elsewhere')).toEqual([]);
    server.mend();
    await expect(vendor.call(app, person.id)).resolves.toBeUndefined();
  });

  it.each(FAULTS.filter(([, fault]) => fault !== 'accept and drop'))(
    'stays connected when the provider %s as a token is renewed',
    async (_, fault) => {
      await connect(app, person, vendor, server);
      server.grants.expireAccess();
      server.fail(server.tokenPath, fault);
      expect(await failureOf(vendor.call(app, person.id))).toBeInstanceOf(DeliveryFailure);
      expect(await statusOf(person, provider)).toMatchObject({ connected: true, needs_reconnect: false });
      await expect(vendor.call(app, person.id)).resolves.toBeUndefined();
    },
  );

  it('waits ten seconds for no answer, and for one that never ends', async () => {
    const others = [person, await app.register(), await app.register(), await app.register()];
    const ways: (() => Promise<unknown>)[] = [];
    for (const [place, other] of others.entries()) {
      server.defaultAccount = `77${place}${Math.trunc(performance.now())}`;
      if (place < 2) {
        await connect(app, other, vendor, server);
        ways.push(() => failureOf(vendor.call(app, other.id)));
      } else {
        const { url } = await setOut(other, vendor);
        const back = await server.decide(url);
        ways.push(async () => (await comeBack(app, back)).status);
      }
    }
    for (const fault of SLOW) {
      server.fail(vendor.apiPath, fault);
      server.fail(server.tokenPath, fault);
    }
    const begun = performance.now();
    const outcomes = await Promise.all(ways.map((go) => go()));
    expect(performance.now() - begun).toBeLessThan(13_000);
    expect(outcomes.slice(0, 2)).toMatchObject([{ isFinal: false }, { isFinal: false }]);
    expect(outcomes.slice(2)).toEqual([502, 502]);
  }, 30_000);

  it('gives the grant back when somebody disconnects, however late its token', async () => {
    await connect(app, person, vendor, server);
    await app.setClock('2026-04-01T06:00:00Z');
    server.grants.expireAccess();
    expect((await person.http.delete(`/integrations/disconnect/${provider}`)).status).toBe(204);
    expect(await storedOf(app, person)).toEqual({ connections: 0, ways: 0 });
    await settle(app);
    expect(server.grants.of(server.defaultAccount)).toEqual([]);
  });

  it('opens no token in the row of somebody else (trust 24)', async () => {
    await connect(app, person, vendor, server, { account: `1${server.defaultAccount}` });
    const other = await app.register();
    await connect(app, other, vendor, server, { account: `2${server.defaultAccount}` });
    const asked = server.requests.length;
    const swap = `
      UPDATE oauth_connections c SET access_token = o.access_token, refresh_token = o.refresh_token
      FROM oauth_connections o
      WHERE c.user_id = ANY ($1) AND o.user_id = ANY ($1) AND c.user_id <> o.user_id`;
    await app.database.query(swap, [[person.id, other.id]]);
    for (const one of [person, other])
      await expect(vendor.call(app, one.id)).rejects.toBeInstanceOf(IntegrationNotConnected);
    expect(server.requests).toHaveLength(asked);
    await app.database.query(swap, [[person.id, other.id]]);
    await expect(vendor.call(app, person.id)).resolves.toBeUndefined();
  });

  it('leaves no token or code in the database', async () => {
    await connect(app, person, vendor, server);
    await setOut(person, vendor);
    server.grants.expireAccess();
    await vendor.call(app, person.id);
    await person.http.delete(`/integrations/disconnect/${provider}`);
    const stored = await everythingStored(app);
    expect(stored).toContain('revoke_grant');
    expect(server.grants.secrets.length).toBeGreaterThan(3);
    for (const secret of server.grants.secrets) expect(stored).not.toContain(secret);
  });
}
