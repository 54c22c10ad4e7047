import { expectStatus } from 'test/support/coaching';
import { expectInvariants } from 'test/support/invariants';
import { startTestApp, type TestApp } from 'test/support/test-app';
import { creditsOf, historyOf, paymentsOf, setPolicy } from './dealings';
import { days, PenaltyStage, SLOT } from './penalty-stage';

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

  const settle = async (): Promise<number> =>
    (
      await expectStatus<{ processed_count: number }>(
        app.http.post('/sandbox/jobs/settle_undecided_penalties/run'),
        200,
      )
    ).processed_count;

  describe('in auto mode', () => {
    it('falls at once: its price is owed, due in two weeks', async () => {
      await stage.confirmed();
      expect(await stage.cancelLate()).toMatchObject({
        status: 'cancelled_late_by_client',
        penalty_due: true,
        session_deducted: false,
        late_cancel_waived: false,
      });
      expect(await paymentsOf(app, stage.booking.id)).toEqual([['pending', 5_000]]);
      expect((await historyOf(stage.client, stage.booking)).at(-1)).toMatchObject({ reason: 'payment' });
    });

    it('is of the policy that the booking was made under', async () => {
      await stage.confirmed();
      await setPolicy(stage.coach, { mode: 'manual', threshold_hours: 1 });
      expect(await stage.cancelLate()).toMatchObject({ penalty_due: true });
      expect(await paymentsOf(app, stage.booking.id)).toEqual([['pending', 5_000]]);
    });

    it('leaves nothing to apply', async () => {
      await stage.confirmed();
      await stage.cancelLate();
      expect(await stage.judge('apply-penalty', 422)).toMatchObject({ detail: 'no_penalty_to_apply' });
    });

    it('costs nothing where the session did not', async () => {
      stage = await PenaltyStage.of(app, { priceCents: 0 });
      await stage.confirmed();
      expect(await stage.cancelLate()).toMatchObject({ penalty_due: true });
      expect(await paymentsOf(app, stage.booking.id)).toEqual([]);
      expect(await stage.judge('waive-penalty')).toMatchObject({ late_cancel_waived: true, penalty_due: false });
    });
  });

  describe('in manual mode', () => {
    it('waits for the coach, who applies it to the package', async () => {
      await stage.packaged({ mode: 'manual' });
      expect(await stage.cancelLate()).toMatchObject({ penalty_due: true, session_deducted: false });
      expect(await creditsOf(stage.coach, stage.client)).toEqual([1, 0, 'active']);
      expect(await stage.judge('apply-penalty')).toMatchObject({
        status: 'cancelled_late_by_client',
        penalty_due: true,
        session_deducted: true,
      });
      expect(await creditsOf(stage.coach, stage.client)).toEqual([0, 0, 'exhausted']);
      expect(await historyOf(stage.client, stage.booking)).toEqual([
        { to: 'pending_coach_validation', actor_role: 'client', reason: null },
        { to: 'confirmed', actor_role: 'coach', reason: null },
        { to: 'cancelled_late_by_client', actor_role: 'client', reason: 'to_decide' },
        { to: 'cancelled_late_by_client', actor_role: 'coach', reason: 'session' },
      ]);
    });

    it('waits for the coach, who applies it to a no-show at its price', async () => {
      await stage.confirmed({ mode: 'manual' });
      await app.setClock(SLOT);
      await expectStatus(stage.coach.http.post(`/bookings/${stage.booking.id}/no-show`), 200);
      expect(await paymentsOf(app, stage.booking.id)).toEqual([]);
      await stage.judge('apply-penalty');
      expect(await paymentsOf(app, stage.booking.id)).toEqual([['pending', 5_000]]);
    });

    it('is applied once, also when the coach presses ten times', async () => {
      await stage.confirmed({ mode: 'manual' });
      await stage.cancelLate();
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => stage.coach.http.post(`/bookings/${stage.booking.id}/apply-penalty`)),
      );
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(answers.filter(({ status }) => status === 422)).toHaveLength(9);
      expect(await paymentsOf(app, stage.booking.id)).toEqual([['pending', 5_000]]);
    });

    it('is not there to apply without a penalty, without a price, or once it is waived', async () => {
      await stage.confirmed({ mode: 'manual' });
      expect(await stage.judge('apply-penalty', 422)).toMatchObject({ detail: 'no_penalty_to_apply' });
      await stage.cancelLate();
      await stage.judge('waive-penalty');
      expect(await stage.judge('apply-penalty', 422)).toMatchObject({ detail: 'no_penalty_to_apply' });
      stage = await PenaltyStage.of(app, { priceCents: 0 });
      await stage.confirmed({ mode: 'manual' });
      await stage.cancelLate();
      expect(await stage.judge('apply-penalty', 422)).toMatchObject({ detail: 'no_penalty_to_apply' });
    });

    it('is waived by the daily job when 30 days have passed without a word', async () => {
      await stage.packaged({ mode: 'manual' });
      await stage.cancelLate();
      const row = () => expectStatus(stage.client.http.get(`/bookings/${stage.booking.id}`), 200);
      await app.setClock(new Date(new Date(days(30)).getTime() - 1).toISOString());
      await settle();
      expect(await row()).toMatchObject({ penalty_due: true, late_cancel_waived: false });
      await app.setClock(days(30));
      expect(await settle()).toBeGreaterThan(0);
      expect(await settle()).toBe(0);
      expect(await row()).toMatchObject({ penalty_due: false, late_cancel_waived: true });
      expect(await creditsOf(stage.coach, stage.client)).toEqual([1, 1, 'active']);
      expect((await historyOf(stage.client, stage.booking)).at(-1)).toEqual({
        to: 'cancelled_late_by_client',
        actor_role: 'system',
        reason: 'none',
      });
    });

    it('meets the job at ten past four', async () => {
      await stage.confirmed({ mode: 'manual' });
      await stage.cancelLate();
      const jobs = await app.advance(31 * 86_400);
      expect(jobs).toContainEqual({ name: 'settle_undecided_penalties', at: '2026-04-04T04:10:00Z' });
    });

    it('that was applied or fell by itself is left alone by the job', async () => {
      await stage.confirmed({ mode: 'manual' });
      await stage.cancelLate();
      await stage.judge('apply-penalty');
      await app.setClock(days(40));
      expect(await settle()).toBe(0);
      expect(await paymentsOf(app, stage.booking.id)).toEqual([['pending', 5_000]]);
    });
  });

  it('is the coach’s to decide: the client is forbidden', async () => {
    await stage.confirmed({ mode: 'manual' });
    await stage.cancelLate();
    for (const name of ['apply-penalty', 'waive-penalty'] as const)
      expect(await stage.judge(name, 403, {}, stage.client)).toMatchObject({ detail: 'forbidden' });
  });
});
