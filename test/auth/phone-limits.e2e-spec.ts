import { expectStatus } from 'test/support/coaching';
import { crowd } from 'test/support/crowd';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { aNumber, askForCode, codesTo, notThe, provePhone } from './phone-codes';

const NOW = '2026-03-02T09:00:00Z';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

interface Answer {
  status: number;
  body: { detail?: string; attempts_left?: number; retry_after?: number };
}

describe('the limits of codes to phones (trust 19, trust 42)', () => {
  let app: TestApp;
  let person: TestPerson;
  let phone: string;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    await app.setClock(NOW);
    person = await somebody();
    phone = aNumber();
  });

  const somebody = async (): Promise<TestPerson> => {
    const [one] = await crowd(app, 1);
    if (!one) throw new Error('nobody came');
    return one;
  };
  const after = (ms: number): Promise<void> => app.setClock(new Date(Date.parse(NOW) + ms).toISOString());
  const ask = async (who: TestPerson, number: string): Promise<Answer> => {
    const { status, body } = await who.http.post('/auth/verify-phone/request').send({ phone: number });
    return { status, body: body as Answer['body'] };
  };
  const confirm = async (who: TestPerson, code: string): Promise<Answer> => {
    const { status, body } = await who.http.post('/auth/verify-phone/confirm').send({ code });
    return { status, body: body as Answer['body'] };
  };
  const count = (answers: Answer[]): Record<string, number> =>
    answers.reduce<Record<string, number>>((counts, { status, body }) => {
      const name = body.detail ?? String(status);
      return { ...counts, [name]: (counts[name] ?? 0) + 1 };
    }, {});
  const rowsOf = async (table: string): Promise<number> => {
    const { rows } = await app.database.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${table}`);
    return rows[0]?.count ?? 0;
  };

  it('send three codes an hour to a number, whoever asks, and say when the next can be had', async () => {
    const others = await crowd(app, 2);
    for (const who of [person, ...others]) expect((await ask(who, phone)).status).toBe(204);
    await after(1_000);
    const refused = await person.http.post('/auth/verify-phone/request').send({ phone });
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({ detail: 'otp_rate_limited', retry_after: 3_599 });
    expect(refused.headers).toMatchObject({
      'retry-after': '3599',
      'ratelimit-limit': '3',
      'ratelimit-remaining': '0',
    });
    expect(await codesTo(app, phone)).toHaveLength(3);
    expect((await ask(person, aNumber())).status).toBe(204);
    await after(HOUR_MS - 1);
    expect((await ask(others[0] ?? person, phone)).body).toMatchObject({ retry_after: 1 });
    await after(HOUR_MS);
    expect((await ask(others[0] ?? person, phone)).status).toBe(204);
  });

  it('do not change the number of the account where no code is sent', async () => {
    for (let times = 0; times < 3; times += 1) await ask(await somebody(), phone);
    expect((await ask(person, phone)).body).toMatchObject({ detail: 'otp_rate_limited' });
    expect(await expectStatus(person.http.get('/users/me'), 200)).toMatchObject({ phone: null });
  });

  it('hold for requests that come at once, also for a number that nobody asked for before', async () => {
    const people = await crowd(app, 8);
    expect(count(await Promise.all(people.map((who) => ask(who, phone))))).toEqual({ 204: 3, otp_rate_limited: 5 });
    expect(await codesTo(app, phone)).toHaveLength(3);
  });

  it('survive a restart, and are shared by all processes', async () => {
    expect((await ask(person, phone)).status).toBe(204);
    const other = await startTestApp({ DATABASE_URL: app.databaseUrl });
    try {
      await other.setClock(NOW);
      const elsewhere = { ...person, http: other.client(person.key) };
      expect([(await ask(elsewhere, phone)).status, (await ask(elsewhere, phone)).status]).toEqual([204, 204]);
      expect([(await ask(elsewhere, phone)).status, (await ask(person, phone)).status]).toEqual([429, 429]);
      const code = (await codesTo(app, phone)).at(-1) ?? '';
      for (const who of [elsewhere, person, elsewhere]) await confirm(who, notThe(code));
      expect((await confirm(person, code)).body).toMatchObject({ detail: 'otp_max_attempts' });
    } finally {
      await other.close();
    }
  }, 60_000);

  it('let nobody have codes sent to more and more numbers', async () => {
    const sent = [];
    for (let times = 0; times < 12; times += 1) sent.push(await ask(person, aNumber()));
    expect(count(sent)).toEqual({ 204: 10, otp_rate_limited: 2 });
    for (let hour = 1; hour < 3; hour += 1) {
      await after(hour * HOUR_MS);
      for (let times = 0; times < 12; times += 1) sent.push(await ask(person, aNumber()));
    }
    expect(count(sent)).toEqual({ 204: 20, otp_rate_limited: 16 });
    await after(DAY_MS);
    expect((await ask(person, aNumber())).status).toBe(204);
  });

  it('let nobody be pestered all day', async () => {
    let sent = 0;
    for (let hour = 0; hour < 6; hour += 1) {
      await after(hour * HOUR_MS);
      for (let times = 0; times < 4; times += 1) sent += Number((await ask(await somebody(), phone)).status === 204);
    }
    expect(sent).toBe(12);
  });

  it('do not keep a coach from registering with a number that had enough codes', async () => {
    for (let times = 0; times < 3; times += 1) await ask(await somebody(), phone);
    const coach = await app.register({ role: 'coach', phone });
    expect(await codesTo(app, phone)).toHaveLength(3);
    expect(await expectStatus(coach.http.get('/users/me'), 200)).toMatchObject({ phone, phone_verified: false });
  });

  it('bound what all accounts together can cost, also those that are made for it (trust 42)', async () => {
    await app.database.query('DELETE FROM phone_code_sendings');
    await ask(person, phone);
    await ask(await somebody(), aNumber());
    // Everybody's row has both of them.
    await app.database.query(
      `UPDATE phone_code_sendings SET sent_at = sent_at || array_fill($1::timestamptz, ARRAY[597])
       WHERE cardinality(sent_at) = 2`,
      [NOW],
    );
    expect((await ask(await somebody(), aNumber())).status).toBe(204);
    expect(await ask(await somebody(), aNumber())).toMatchObject({
      status: 429,
      body: { detail: 'otp_rate_limited', retry_after: 3_600 },
    });
    const unlucky = aNumber();
    const coach = await app.register({ role: 'coach', phone: unlucky });
    expect(await codesTo(app, unlucky)).toEqual([]);
    expect((await app.http.get('/metrics')).text).toContain('mycoach_phone_codes_refused_total{of="everybody"} 2');
    await after(HOUR_MS);
    expect((await ask(coach, unlucky)).status).toBe(204);
    await app.database.query('DELETE FROM phone_code_sendings');
  });

  it('give three tries for a code, however many come at once', async () => {
    const code = await askForCode(app, person, phone);
    const answers = await Promise.all(Array.from({ length: 12 }, () => confirm(person, notThe(code))));
    expect(count(answers)).toEqual({ invalid_otp: 3, otp_max_attempts: 9 });
    const left = answers.map(({ body }) => body.attempts_left).filter((tries) => tries !== undefined);
    expect(left.sort()).toEqual([0, 1, 2]);
    expect((await confirm(person, code)).body).toMatchObject({ detail: 'otp_max_attempts' });
  });

  it('say after three tries when a new code can be had', async () => {
    for (let times = 0; times < 2; times += 1) await ask(person, phone);
    await after(60_000);
    const code = await askForCode(app, person, phone);
    for (let times = 0; times < 3; times += 1) await confirm(person, notThe(code));
    expect((await confirm(person, code)).body).toMatchObject({ detail: 'otp_max_attempts', retry_after: 3_540 });
  });

  it('let a code be used once, however often it comes at once', async () => {
    const code = await askForCode(app, person, phone);
    const answers = await Promise.all(Array.from({ length: 6 }, () => confirm(person, code)));
    expect(count(answers)).toEqual({ 200: 1, invalid_otp: 5 });
  });

  it('leave a number with one of two who prove it at once', async () => {
    for (let times = 0; times < 2; times += 1) {
      const number = aNumber();
      const pair = await crowd(app, 2);
      const codes: string[] = [];
      for (const who of pair) codes.push(await askForCode(app, who, number));
      const answers = await Promise.all(pair.map((who, at) => confirm(who, codes[at] ?? '')));
      expect(count(answers)).toEqual({ 200: 1, phone_already_exists: 1 });
      const { rows } = await app.database.query<{ phone_verified_at: Date | null }>(
        'SELECT phone_verified_at FROM users WHERE phone = $1',
        [number],
      );
      expect(rows).toEqual([{ phone_verified_at: new Date(NOW) }]);
    }
  });

  it('are forgotten: sendings after a day, codes 30 days after they expired', async () => {
    await app.database.query('DELETE FROM phone_codes; DELETE FROM phone_code_sendings');
    await provePhone(app, await somebody(), aNumber());
    await askForCode(app, person, phone);
    // Of two numbers, two people and everybody.
    expect([await rowsOf('phone_codes'), await rowsOf('phone_code_sendings')]).toEqual([1, 5]);
    const purge = (): Promise<unknown> =>
      Promise.resolve(expectStatus(app.http.post('/sandbox/jobs/purge_expired_tokens/run'), 200));
    await after(DAY_MS - 1);
    await purge();
    expect(await rowsOf('phone_code_sendings')).toBe(5);
    await after(DAY_MS);
    await purge();
    expect(await rowsOf('phone_code_sendings')).toBe(0);
    await after(30 * DAY_MS + 600_000 - 1);
    await purge();
    expect(await rowsOf('phone_codes')).toBe(1);
    await after(30 * DAY_MS + 600_000);
    await purge();
    expect(await rowsOf('phone_codes')).toBe(0);
  });
});
