import { randomBytes } from 'node:crypto';
import { keyedHash } from 'src/common/crypto/keyed-hash';
import { newKey } from './rotation';
import { aNumber, askForCode, codesTo } from 'test/auth/phone-codes';
import { expectStatus } from 'test/support/coaching';
import { eventually } from 'test/support/eventually';
import { GoogleCalendarServer } from 'test/support/google-calendar-server';
import { QUIET_PRODUCTION } from 'test/support/production-settings';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

const secret = (): string => randomBytes(32).toString('base64url');
const [OLD_PEPPER, NEW_PEPPER, OLD_SIGNING, NEW_SIGNING] = [secret(), secret(), secret(), secret()];
const [FIELDS, TOKENS] = [newKey('k1'), newKey('t1')];

/** What a process is told at each step of a rotation, as the runbook has them. */
const STEPS = {
  old: [OLD_PEPPER, OLD_SIGNING],
  appended: [`${OLD_PEPPER},${NEW_PEPPER}`, `${OLD_SIGNING},${NEW_SIGNING}`],
  first: [`${NEW_PEPPER},${OLD_PEPPER}`, `${NEW_SIGNING},${OLD_SIGNING}`],
  alone: [NEW_PEPPER, NEW_SIGNING],
} as const;
type Step = keyof typeof STEPS;

/** Which processes live beside each other while they are started again one by one. */
const ROUNDS: readonly (readonly Step[])[] = [
  ['old', 'old'],
  ['old', 'appended'],
  ['appended', 'appended'],
  ['appended', 'first'],
  ['first', 'first'],
  ['first', 'alone'],
  ['alone', 'alone'],
];

describe('new secrets, step by step beside people who go on', () => {
  const server = new GoogleCalendarServer();
  const apps = new Map<Step, TestApp>();
  const at = (step: Step): TestApp => {
    const app = apps.get(step);
    if (!app) throw new Error(`nobody runs at the step ${step}`);
    return app;
  };
  const hashOf = async ({ id }: TestPerson): Promise<string | undefined> => {
    const { rows } = await at('old').database.query<{ hash: string }>(
      'SELECT key_hash AS hash FROM api_keys WHERE user_id = $1',
      [id],
    );
    return rows[0]?.hash;
  };

  beforeAll(async () => {
    await server.start();
    for (const [step, [pepper, signing]] of Object.entries(STEPS)) {
      const first = apps.get('old');
      const variables = { API_KEY_PEPPER: pepper, SIGNING_SECRET: signing, ...server.variables };
      const keys = { FIELD_ENCRYPTION_KEYS: FIELDS, TOKEN_ENCRYPTION_KEYS: TOKENS };
      const shared = first && { url: first.databaseUrl, drop: () => Promise.resolve() };
      const address: Record<string, string> = first ? { DATABASE_URL: first.databaseUrl } : {};
      apps.set(step as Step, await startTestApp({ ...variables, ...keys, ...address }, undefined, shared));
    }
  }, 60_000);
  afterAll(async () => {
    for (const app of [...apps.values()].reverse()) await app.close();
    await server.stop();
  });

  it('refuse nobody’s key in any round (trust 12)', async () => {
    const statuses: number[] = [];
    const people: TestPerson[] = [];
    for (const round of ROUNDS) {
      // Somebody comes at each process, and everybody asks at each of them, several at once.
      for (const step of new Set(round)) people.push(await at(step).register());
      for (const step of round)
        statuses.push(
          ...(await Promise.all(
            people.flatMap(({ key }) => [at(step).client(key).get('/auth/me'), at(step).client(key).get('/auth/me')]),
          ).then((answers) => answers.map(({ status }) => status))),
        );
    }
    expect(statuses.length).toBeGreaterThan(100);
    expect(statuses.filter((status) => status !== 200)).toEqual([]);
    for (const person of people) expect(await hashOf(person)).toBe(keyedHash(NEW_PEPPER, person.key));
  }, 60_000);

  it('hash a key anew with its use, once the new one stands first, and not before', async () => {
    const person = await at('old').register();
    for (const step of ['appended', 'first'] as const) {
      expect((await at(step).client(person.key).get('/auth/me')).status).toBe(200);
      const expected = keyedHash(step === 'first' ? NEW_PEPPER : OLD_PEPPER, person.key);
      await eventually(
        () => hashOf(person),
        (hash) => hash === expected,
      );
    }
    // It is still one key: revoked anywhere, it opens nothing anywhere.
    await expectStatus(at('first').client(person.key).delete('/auth/logout'), 204);
    for (const step of ['appended', 'first', 'alone'] as const)
      await eventually(
        async () => (await at(step).client(person.key).get('/auth/me')).status,
        (status) => status === 401,
      );
  });

  it('sign out who did not come before the old one went, and a key of neither opens nothing', async () => {
    const { key } = await at('old').register();
    expect((await at('alone').client(key).get('/auth/me')).status).toBe(401);
    const [stranger] = [await at('alone').register()];
    expect((await at('old').client(stranger.key).get('/auth/me')).status).toBe(401);
  });

  it('take what was signed with the old one, until it goes: codes by SMS', async () => {
    const person = await at('old').register();
    const phone = aNumber();
    const code = await askForCode(at('old'), person, phone);
    expect(await codesTo(at('old'), phone)).toEqual([code]);
    const confirm = (step: Step) => at(step).client(person.key).post('/auth/verify-phone/confirm').send({ code });
    expect((await at('first').client(person.key).get('/auth/me')).status).toBe(200);
    expect((await confirm('alone')).status).toBe(400);
    expect((await confirm('first')).status).toBe(200);
  });

  it('take what was signed with the old one, until it goes: links to the own data', async () => {
    const person = await at('old').register();
    const { token } = await expectStatus<{ token: string }>(person.http.post('/users/me/export').send({}), 201);
    const opened = async (step: Step): Promise<number> =>
      (await at(step).http.get(`/users/me/export/download?token=${token}`)).status;
    expect([await opened('appended'), await opened('first'), await opened('alone')]).toEqual([200, 200, 401]);
  });

  it('take what was signed with the old one, until it goes: ways to providers', async () => {
    const person = await at('old').register();
    const way = await expectStatus<{ authorize_url: string }>(person.http.get('/integrations/calendar'), 200);
    const back = await server.decide(way.authorize_url, { account: person.id });
    const come = async (step: Step): Promise<number> =>
      (await at(step).http.get(`${back.pathname}${back.search}`)).status;
    expect([await come('alone'), await come('first')]).toEqual([400, 200]);
  });
});

describe('several tokens of the figures', () => {
  it('open them alike, so that who reads them can change his in peace', async () => {
    const [before, after] = [secret(), secret()];
    const app = await startTestApp({ ...QUIET_PRODUCTION, METRICS_TOKEN: `${before},${after}` });
    try {
      const asked = async (token: string): Promise<number> =>
        (await app.http.get('/metrics').set('Authorization', `Bearer ${token}`)).status;
      expect([await asked(before), await asked(after)]).toEqual([200, 200]);
      for (const wrong of [`${before},${after}`, `${before}x`, ',', '']) expect(await asked(wrong)).toBe(401);
    } finally {
      await app.close();
    }
  });
});
