import { promote, proveEmail, registerProved } from 'test/auth/links';
import { expectStatus } from 'test/support/coaching';
import { expectInvariants } from 'test/support/invariants';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { leave, mailsTo, returnToken, statusOf } from './leaving';

const NOW = '2026-03-02T06:00:00Z';
const DAY = 86_400;

describe('asking to be erased', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
  });
  beforeEach(() => app.setClock(NOW));
  afterAll(() => app.close());
  afterEach(() => expectInvariants(app.database));

  describe('and thinking better of it', () => {
    const restore = (body: object = {}, person?: TestPerson) =>
      (person ?? app).http.post('/users/me/restore').send(body);

    it('works with the key until the last millisecond of the thirty days, and not from then on', async () => {
      const [early, late] = await Promise.all([registerProved(app), registerProved(app)]);
      for (const person of [early, late]) await leave(person);
      await app.setClock('2026-04-01T05:59:59.999Z');
      expect(await expectStatus(restore({}, early), 200)).toMatchObject({ id: early.id, status: 'active' });
      await early.http.get('/bookings').expect(200);
      await app.setClock('2026-04-01T06:00:00Z');
      expect(await expectStatus(restore({}, late), 422)).toMatchObject({ detail: 'no_deletion_requested' });
    });

    it('works once with the token of the mail, without a key, and tells of it', async () => {
      const person = await registerProved(app, { locale: 'en-GB' });
      await leave(person);
      const token = await returnToken(app, person);
      expect(await expectStatus(restore({ token }), 200)).toMatchObject({ id: person.id, status: 'active' });
      expect(await expectStatus(restore({ token }), 400)).toMatchObject({ detail: 'token_invalid' });
      expect((await mailsTo(app, person))[0]).toContain('You kept your MyCoach account');
    });

    it.each([
      ['unknown', 'nothing-like-it', 400, 'token_invalid'],
      ['missing, and the key too', undefined, 422, 'validation_error'],
    ])('is refused when the token is %s', async (_, token, status, detail) => {
      expect(await expectStatus(restore({ token }), status)).toMatchObject({ detail });
    });

    it('is refused with a token that is thirty days old', async () => {
      const person = await registerProved(app);
      await leave(person);
      const token = await returnToken(app, person);
      await app.setClock('2026-04-01T06:00:00Z');
      expect(await expectStatus(restore({ token }), 400)).toMatchObject({ detail: 'token_invalid' });
    });

    it('is refused to somebody who never asked, and a token of another kind opens nothing', async () => {
      const person = await registerProved(app);
      expect(await expectStatus(restore({}, person), 422)).toMatchObject({ detail: 'no_deletion_requested' });
      await leave(person);
      const token = await returnToken(app, person);
      const reset = { token, new_password: 'Another-Horse-7' };
      expect(await expectStatus(app.http.post('/auth/reset-password').send(reset), 400)).toMatchObject({
        detail: 'token_invalid',
      });
    });

    it('succeeds once for those who try at the same time', async () => {
      const person = await registerProved(app);
      await leave(person);
      const token = await returnToken(app, person);
      const answers = await Promise.all([restore({ token }), restore({ token }), restore({}, person)]);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(await statusOf(app, person)).toBe('active');
    });

    it('gives back an account that was never proved as it was', async () => {
      const person = await app.register();
      await leave(person);
      expect(await expectStatus(restore({}, person), 200)).toMatchObject({ status: 'unverified' });
    });

    it('makes it active when its address was proved meanwhile', async () => {
      const person = await app.register();
      await leave(person);
      await proveEmail(app, person);
      expect(await statusOf(app, person)).toBe('deletion_pending');
      expect(await expectStatus(restore({}, person), 200)).toMatchObject({ status: 'active' });
    });

    it('lifts no suspension: neither one from before nor one from meanwhile', async () => {
      const [before, meanwhile, admin] = [await registerProved(app), await registerProved(app), await app.register()];
      await promote(app, admin);
      const suspend = (person: TestPerson) =>
        expectStatus(admin.http.post(`/admin/users/${person.id}/suspend`).send({ reason: 'x' }), 200);
      await suspend(before);
      await leave(before);
      await leave(meanwhile);
      await suspend(meanwhile);
      for (const person of [before, meanwhile]) {
        expect(await expectStatus(restore({}, person), 200)).toMatchObject({ status: 'suspended' });
        await expectStatus(admin.http.post(`/admin/users/${person.id}/reactivate`).send({}), 200);
        expect(await statusOf(app, person)).toBe('active');
      }
    });

    it('can be asked for anew, with new dates and a new mail', async () => {
      const person = await registerProved(app);
      await leave(person);
      const first = await returnToken(app, person);
      await expectStatus(restore({}, person), 200);
      await app.advance(DAY);
      expect(await leave(person)).toMatchObject({ effective_at: '2026-04-02T06:00:00Z' });
      expect(await returnToken(app, person)).not.toBe(first);
      expect(await expectStatus(restore({ token: first }), 400)).toMatchObject({ detail: 'token_invalid' });
    });
  });
});
