import { expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp } from 'test/support/test-app';
import { DAY_BEFORE, HOUR_BEFORE, JOB, NOW, ReminderStage, secondsTo } from './reminder-stage';

/** 07:00 in New York. */
const MORNING = '2026-03-04T12:00:00Z';

describe('the reminders at night', () => {
  let app: TestApp;
  let stage: ReminderStage;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    stage = await ReminderStage.withNewYorker(app);
  });

  it('wait until 07:00 where their reader lives, to the second, and stand in no inbox before', async () => {
    await stage.aSession();
    await app.advance(secondsTo(NOW, DAY_BEFORE));
    expect(await stage.told()).toEqual(['coach reminder_day_before']);
    await app.advance(secondsTo(DAY_BEFORE, MORNING) - 1);
    expect(await stage.told()).toEqual(['coach reminder_day_before']);
    expect(await stage.remindersIn(stage.client)).toEqual([]);
    const unread = (): PromiseLike<{ unread_count: number }> =>
      expectStatus(stage.client.http.get('/notifications/unread-count'), 200);
    const before = await unread();
    expect(await app.advance(1)).toEqual([{ name: JOB, at: MORNING }]);
    expect(await stage.told()).toEqual(['client reminder_day_before', 'coach reminder_day_before']);
    expect((await stage.inboxOf(stage.client))[0]).toMatchObject({ type: 'reminder_day_before', created_at: MORNING });
    expect(await unread()).toEqual({ unread_count: before.unread_count + 1 });
    await app.advance(3600);
    expect(await stage.told()).toHaveLength(2);
  });

  it('come also while one lies there that only a later release can tell', async () => {
    await stage.aSession();
    await app.advance(secondsTo(NOW, DAY_BEFORE));
    const { rows } = await app.database.query<{ id: string }>(
      `INSERT INTO notifications (user_id, type, fact, title, body, data, held_until, created_at)
       SELECT user_id, 'told_by_a_later_release', fact, title, body, data, held_until, created_at FROM notifications
       WHERE held_until IS NOT NULL RETURNING id`,
    );
    expect(rows).toHaveLength(1);
    await app.advance(secondsTo(DAY_BEFORE, MORNING));
    expect(await stage.told()).toEqual(['client reminder_day_before', 'coach reminder_day_before']);
    const { rows: held } = await app.database.query(
      'DELETE FROM notifications WHERE held_until IS NOT NULL RETURNING id',
    );
    expect(held).toEqual(rows);
  });

  it('do not wait in the last hour', async () => {
    await stage.aSession();
    await app.advance(secondsTo(NOW, MORNING));
    await stage.clear();
    await app.advance(secondsTo(MORNING, HOUR_BEFORE));
    expect(await stage.told()).toEqual(['client reminder_hour_before', 'coach reminder_hour_before']);
  });

  it('are dropped when the session is cancelled before the morning', async () => {
    const { id } = await stage.aSession();
    await app.advance(secondsTo(NOW, DAY_BEFORE));
    await expectStatus(stage.coach.http.delete(`/bookings/${id}`), 200);
    await stage.clear();
    await app.advance(6 * 3600);
    expect(await stage.told()).toEqual([]);
    expect(await stage.remindersIn(stage.client)).toEqual([]);
  });

  it('are dropped when they would come at the start or after it', async () => {
    await stage.aSession();
    // Half past three in New York, and nothing ran since the day before.
    await app.setClock('2026-03-05T08:30:00Z');
    await stage.runJob();
    expect(await stage.told()).toEqual([
      'client reminder_hour_before',
      'coach reminder_day_before',
      'coach reminder_hour_before',
    ]);
    await app.setClock('2026-03-05T08:45:00Z');
    await app.advance(24 * 3600);
    expect(await stage.remindersIn(stage.client)).toEqual(['reminder_hour_before']);
  });

  it('end an hour earlier on the morning when the clocks go forward (trust 55)', async () => {
    // In New York the clocks go forward on Sunday, 8 March 2026, at 07:00Z.
    await stage.aSession('2026-03-09T10:00:00Z');
    await app.advance(secondsTo(NOW, '2026-03-08T10:59:59Z'));
    expect(await stage.told()).toEqual(['coach reminder_day_before']);
    await app.advance(1);
    expect(await stage.told()).toEqual(['client reminder_day_before', 'coach reminder_day_before']);
  });
});
