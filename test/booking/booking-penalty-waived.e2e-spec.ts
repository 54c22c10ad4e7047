import { expectStatus } from 'test/support/coaching';
import { expectInvariants } from 'test/support/invariants';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { creditsOf, historyOf, movementsOf, paymentsOf } from './dealings';
import { days, LATE, NOW, PenaltyStage, SLOT, THRESHOLD } from './penalty-stage';

describe('a penalty', () => {
  let app: TestApp;
  let stage: PenaltyStage;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    stage = await PenaltyStage.of(app);
  });
  afterEach(() => expectInvariants(app.database));

  const preview = (person: TestPerson): Promise<Record<string, unknown>> =>
    expectStatus(person.http.get(`/bookings/${stage.booking.id}/cancellation-preview`), 200);

  describe('waived', () => {
    it('gives a used session back, and an exhausted package is active again', async () => {
      await stage.packaged();
      await stage.cancelLate();
      expect(await creditsOf(stage.coach, stage.client)).toEqual([0, 0, 'exhausted']);
      expect(await stage.judge('waive-penalty', 200, { reason: 'He was ill' })).toMatchObject({
        status: 'cancelled_late_by_client',
        late_cancel_waived: true,
        penalty_due: false,
        session_deducted: false,
      });
      expect(await creditsOf(stage.coach, stage.client)).toEqual([1, 1, 'active']);
      expect(await movementsOf(app, stage.booking.id)).toEqual(['hold', 'consume', 'restore']);
      expect((await historyOf(stage.client, stage.booking)).at(-1)).toEqual({
        to: 'cancelled_late_by_client',
        actor_role: 'coach',
        reason: 'He was ill',
      });
    });

    it('lets go what was still held', async () => {
      await stage.packaged({ mode: 'manual' });
      await stage.cancelLate();
      await stage.judge('waive-penalty');
      expect(await movementsOf(app, stage.booking.id)).toEqual(['hold', 'release']);
      expect(await creditsOf(stage.coach, stage.client)).toEqual([1, 1, 'active']);
    });

    it('cancels what is owed, and leaves what was paid', async () => {
      await stage.confirmed();
      await stage.cancelLate();
      await stage.judge('waive-penalty');
      expect(await paymentsOf(app, stage.booking.id)).toEqual([['cancelled', 5_000]]);
      await app.setClock(NOW);
      await stage.confirmed({}, '2026-03-05T11:00:00Z');
      await app.setClock('2026-03-05T10:00:00Z');
      await expectStatus(stage.client.http.delete(`/bookings/${stage.booking.id}`), 200);
      await expectStatus(
        stage.coach.http
          .post(`/coaches/clients/${stage.client.id}/payments`)
          .send({ booking_id: stage.booking.id, amount_cents: 5_000, payment_method: 'card', status: 'paid' }),
        200,
      );
      await stage.judge('waive-penalty');
      expect(await paymentsOf(app, stage.booking.id)).toEqual([['paid', 5_000]]);
    });

    it('is waived once, at any later time', async () => {
      await stage.confirmed();
      await stage.cancelLate();
      await app.setClock(days(300));
      await stage.judge('waive-penalty');
      expect(await stage.judge('waive-penalty', 422)).toMatchObject({ detail: 'already_waived' });
    });

    it('needs one that arose', async () => {
      await stage.confirmed();
      expect(await stage.judge('waive-penalty', 422)).toMatchObject({ detail: 'no_penalty_to_waive' });
      await expectStatus(stage.coach.http.delete(`/bookings/${stage.booking.id}`), 200);
      expect(await stage.judge('waive-penalty', 422)).toMatchObject({ detail: 'no_penalty_to_waive' });
    });

    it('keeps its reason encrypted, up to 200 characters', async () => {
      await stage.confirmed();
      await stage.cancelLate();
      expect(await stage.judge('waive-penalty', 422, { reason: 'x'.repeat(201) })).toMatchObject({
        errors: [{ field: 'reason', code: 'too_long' }],
      });
      await stage.judge('waive-penalty', 200, { reason: 'x'.repeat(200) });
      const { rows } = await app.database.query<{ waive_reason: string }>(
        'SELECT waive_reason FROM bookings WHERE id = $1',
        [stage.booking.id],
      );
      expect(rows[0]?.waive_reason).toMatch(/^test:/);
      expect(rows[0]?.waive_reason).not.toContain('xxx');
    });
  });

  describe('is told before', () => {
    const all = {
      allowed: true,
      threshold_hours: 24,
      free_until: '2026-03-04T09:00:00Z',
      currency: 'EUR',
      client_message: 'A day ahead, please',
    };

    it('in all the words of the answer, to each party for itself', async () => {
      await stage.confirmed({ client_message: 'A day ahead, please' });
      await app.setClock(LATE);
      expect(await preview(stage.client)).toEqual({
        ...all,
        booking_id: stage.booking.id,
        resulting_status: 'cancelled_late_by_client',
        late: true,
        penalty: 'payment',
        penalty_cents: 5_000,
        session_returned: false,
      });
      expect(await preview(stage.coach)).toEqual({
        ...all,
        booking_id: stage.booking.id,
        resulting_status: 'cancelled_by_coach_late',
        late: true,
        penalty: 'none',
        penalty_cents: null,
        session_returned: false,
      });
    });

    it.each([
      ['auto', THRESHOLD, 'none', true],
      ['auto', LATE, 'session', false],
      ['manual', THRESHOLD, 'none', true],
      ['manual', LATE, 'to_decide', false],
    ])('as it will be: %s at %s', async (mode, moment, penalty, returned) => {
      await stage.packaged({ mode }, 3);
      await app.setClock(moment);
      const told = await preview(stage.client);
      expect(told).toMatchObject({ penalty, penalty_cents: null, session_returned: returned });
      const done = await expectStatus(stage.client.http.delete(`/bookings/${stage.booking.id}`), 200);
      expect(done).toMatchObject({
        status: told['resulting_status'],
        penalty_due: penalty !== 'none',
        session_deducted: penalty === 'session',
      });
      const [, bookable] = await creditsOf(stage.coach, stage.client);
      expect(bookable).toBe(returned ? 3 : 2);
    });

    it('and that it is no longer possible', async () => {
      await stage.confirmed();
      await app.setClock(SLOT);
      expect(await preview(stage.client)).toMatchObject({ allowed: false, resulting_status: null, penalty: 'none' });
      expect(await preview(stage.coach)).toMatchObject({ allowed: false, resulting_status: null });
    });

    it('changes nothing', async () => {
      await stage.confirmed();
      await preview(stage.client);
      expect(await historyOf(stage.client, stage.booking)).toHaveLength(2);
      expect(await expectStatus(stage.client.http.get(`/bookings/${stage.booking.id}`), 200)).toMatchObject({
        status: 'confirmed',
      });
    });
  });
});
