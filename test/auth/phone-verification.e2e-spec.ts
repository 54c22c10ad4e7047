import { expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { aNumber, askForCode, codesTo, notThe, provePhone } from './phone-codes';

const NOW = '2026-03-02T09:00:00Z';
const MINUTE_MS = 60_000;

interface Me {
  phone: string | null;
  phone_verified: boolean;
  profile_completion_pct: number;
}

describe('proving a phone number by a code (trust 19)', () => {
  let app: TestApp;
  let person: TestPerson;
  let phone: string;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    await app.setClock(NOW);
    person = await app.register();
    phone = aNumber();
  });

  const me = (who = person): PromiseLike<Me> => expectStatus<Me>(who.http.get('/users/me'), 200);
  const ask = (who: TestPerson, body: object, status: number) =>
    expectStatus(who.http.post('/auth/verify-phone/request').send(body), status);
  const confirm = (code: unknown, status: number, who = person) =>
    expectStatus(who.http.post('/auth/verify-phone/confirm').send({ code }), status);
  const after = (ms: number): Promise<void> => app.setClock(new Date(Date.parse(NOW) + ms).toISOString());

  it('takes a request, a message and an answer, in capitals or small letters', async () => {
    const code = await askForCode(app, person, phone);
    expect(code).toMatch(/^[0-9a-z]{6}$/);
    expect(await me()).toMatchObject({ phone, phone_verified: false });
    expect(await confirm(` ${code.toUpperCase()} `, 200)).toEqual({ verified: true });
    expect(await me()).toMatchObject({ phone, phone_verified: true });
  });

  it('goes to the number of the account where none is named', async () => {
    await expectStatus(person.http.patch('/users/me').send({ phone }), 200);
    await ask(person, {}, 204);
    await confirm((await codesTo(app, phone))[0], 200);
    expect(await me()).toMatchObject({ phone, phone_verified: true });
  });

  it('replaces the number of the account by the one that is named, proved or not', async () => {
    await provePhone(app, person, phone);
    const other = aNumber();
    await ask(person, { phone: other }, 204);
    expect(await me()).toMatchObject({ phone: other, phone_verified: false });
  });

  it('is asked of a coach who registers with a number, and of nobody else', async () => {
    const coach = await app.register({ role: 'coach', phone });
    const [code] = await codesTo(app, phone);
    expect(await confirm(code, 200, coach)).toEqual({ verified: true });
    const ofClient = aNumber();
    await app.register({ phone: ofClient });
    expect(await codesTo(app, ofClient)).toEqual([]);
  });

  it('is worth ten points to a coach', async () => {
    const coach = await app.register({ role: 'coach' });
    const before = (await me(coach)).profile_completion_pct;
    await ask(coach, { phone }, 204);
    expect((await me(coach)).profile_completion_pct).toBe(before);
    await confirm((await codesTo(app, phone))[0], 200, coach);
    expect((await me(coach)).profile_completion_pct).toBe(before + 10);
  });

  it('cannot be had without a number, nor for one that is proved already', async () => {
    expect(await ask(person, {}, 400)).toMatchObject({ detail: 'phone_missing' });
    await provePhone(app, person, phone);
    for (const body of [{}, { phone }])
      expect(await ask(person, body, 400)).toMatchObject({ detail: 'phone_already_verified' });
    expect(await ask(person, { phone: '0612345678' }, 422)).toMatchObject({
      errors: [{ field: 'phone', code: 'invalid_phone' }],
    });
    expect(await codesTo(app, phone)).toHaveLength(1);
  });

  it('holds ten minutes, to the millisecond, and says so whatever was typed', async () => {
    const code = await askForCode(app, person, phone);
    await after(10 * MINUTE_MS);
    expect(await confirm(code, 400)).toMatchObject({ detail: 'otp_expired' });
    const wrong = await confirm(notThe(code), 400);
    expect(wrong).toMatchObject({ detail: 'otp_expired' });
    expect(wrong).not.toHaveProperty('attempts_left');
    await after(10 * MINUTE_MS - 1);
    await confirm(code, 200);
  });

  it('can be guessed at three times; each try is kept, though it is refused', async () => {
    const code = await askForCode(app, person, phone);
    for (const attemptsLeft of [2, 1, 0])
      expect(await confirm(notThe(code), 400)).toMatchObject({ detail: 'invalid_otp', attempts_left: attemptsLeft });
    for (const typed of [notThe(code), code]) {
      const answer = await person.http.post('/auth/verify-phone/confirm').send({ code: typed });
      expect(answer.status).toBe(429);
      expect(answer.body).toMatchObject({ detail: 'otp_max_attempts', retry_after: 1 });
      expect(answer.headers['retry-after']).toBe('1');
    }
    expect(await me()).toMatchObject({ phone_verified: false });
    const fresh = await askForCode(app, person, phone);
    expect(await confirm(notThe(fresh), 400)).toMatchObject({ attempts_left: 2 });
    await confirm(fresh, 200);
  });

  it('works with the third try', async () => {
    const code = await askForCode(app, person, phone);
    await confirm(notThe(code), 400);
    await confirm(notThe(code), 400);
    await confirm(code, 200);
  });

  it('works once, and no more when a newer code was sent or the number was changed', async () => {
    const used = await askForCode(app, person, phone);
    await confirm(used, 200);
    expect(await confirm(used, 400)).toMatchObject({ detail: 'invalid_otp', attempts_left: 0 });
    const other = aNumber();
    const old = await askForCode(app, person, other);
    const fresh = await askForCode(app, person, other);
    if (old !== fresh) expect(await confirm(old, 400)).toMatchObject({ detail: 'invalid_otp', attempts_left: 2 });
    await expectStatus(person.http.patch('/users/me').send({ phone: aNumber() }), 200);
    expect(await confirm(fresh, 400)).toMatchObject({ detail: 'invalid_otp', attempts_left: 0 });
    expect(await me()).toMatchObject({ phone_verified: false });
  });

  it('is of one person: nobody else can use the code', async () => {
    const code = await askForCode(app, person, phone);
    const stranger = await app.register();
    expect(await confirm(code, 400, stranger)).toMatchObject({ detail: 'invalid_otp', attempts_left: 0 });
    await askForCode(app, stranger, phone);
    expect(await confirm(code, 400, stranger)).toMatchObject({ detail: 'invalid_otp', attempts_left: 2 });
    await confirm(code, 200);
  });

  it('refuses what no code can be, without counting it', async () => {
    const code = await askForCode(app, person, phone);
    for (const typed of ['12345', '1234567', 'abc 12', 'àbc123', ''])
      expect(await confirm(typed, 422)).toMatchObject({ detail: 'validation_error', errors: [{ field: 'code' }] });
    expect(await confirm(123456, 422)).toMatchObject({ errors: [{ field: 'code', code: 'invalid_type' }] });
    expect(await confirm(notThe(code), 400)).toMatchObject({ attempts_left: 2 });
  });

  it('takes the number from those who only named it, with its points', async () => {
    const namesake = await app.register({ phone });
    expect(await me(namesake)).toMatchObject({ phone, profile_completion_pct: 10 });
    await provePhone(app, person, phone);
    expect(await me(namesake)).toMatchObject({ phone: null, phone_verified: false, profile_completion_pct: 0 });
    expect(await me()).toMatchObject({ phone, phone_verified: true });
  });

  it('is refused for a number that another account has proved, at the request and at the confirmation', async () => {
    const late = await app.register();
    const code = await askForCode(app, late, phone);
    await provePhone(app, person, phone);
    expect(await confirm(code, 409, late)).toMatchObject({ detail: 'phone_already_exists' });
    expect(await ask(late, { phone }, 409)).toMatchObject({ detail: 'phone_already_exists' });
    expect(await me(late)).toMatchObject({ phone: null, phone_verified: false });
    expect(await codesTo(app, phone)).toHaveLength(2);
  });

  it('opens with a key only, and in the language of the caller', async () => {
    for (const path of ['request', 'confirm'])
      expect((await app.http.post(`/auth/verify-phone/${path}`).send({ code: 'abc123' })).status).toBe(401);
    const answer = await person.http
      .post('/auth/verify-phone/confirm')
      .set('Accept-Language', 'fr')
      .send({ code: 'abc123' });
    expect((answer.body as { message: string }).message).toBe(
      'Ce code n’est pas le bon. Veuillez vérifier le dernier message reçu.',
    );
  });
});
