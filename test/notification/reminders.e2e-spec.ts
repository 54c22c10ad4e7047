import { book, expectStatus, type WireBooking } from 'test/support/coaching';
import { startServer } from 'test/support/server-process';
import { startTestApp, type TestApp } from 'test/support/test-app';
import { DAY_BEFORE, HOUR_BEFORE, JOB, NOW, ReminderStage, secondsTo, START } from './reminder-stage';
import { plain } from './stories/wording';

describe('the reminders', () => {
  let app: TestApp;
  let stage: ReminderStage;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    stage = await ReminderStage.of(app);
  });

  describe('of a request', () => {
    it('reach the coach two hours before it lapses, to the second, and once', async () => {
      const booking = await book(stage.client, stage.coach.id, START);
      await stage.clear();
      await app.advance(22 * 3600 - 1);
      expect(await stage.told()).toEqual([]);
      expect(await app.advance(1)).toEqual([{ name: JOB, at: '2026-03-03T04:00:00Z' }]);
      expect(await stage.told()).toEqual(['coach booking_validation_reminder']);
      const [push] = await app.messages();
      expect(push?.data).toEqual({
        type: 'booking_validation_reminder',
        deep_link: `mycoach://bookings/${booking.id}`,
        booking_id: booking.id,
        expires_at: '2026-03-03T06:00:00Z',
      });
      expect(plain(push?.body ?? '')).toContain('avant l’échéance : mardi 3 mars 2026 à 07:00.');
      await app.advance(2 * 3600 - 1);
      expect(await stage.told()).toEqual(['coach booking_validation_reminder']);
    });

    it('do not come for one that is no older than that', async () => {
      await app.setClock('2026-03-02T07:00:00Z');
      await book(stage.client, stage.coach.id, '2026-03-02T09:00:00Z');
      await stage.clear();
      await app.advance(2 * 3600 - 1);
      expect(await stage.told()).toEqual([]);
    });

    it('come for one that is a second older', async () => {
      await app.setClock('2026-03-02T06:59:59Z');
      await book(stage.client, stage.coach.id, '2026-03-02T09:00:00Z');
      await stage.clear();
      await app.advance(1);
      expect(await stage.told()).toEqual(['coach booking_validation_reminder']);
    });

    it('do not come once it is answered or withdrawn', async () => {
      await stage.confirm(await book(stage.client, stage.coach.id, START));
      const withdrawn = await book(stage.client, stage.coach.id, '2026-03-05T11:00:00Z');
      await expectStatus(stage.client.http.delete(`/bookings/${withdrawn.id}`), 200);
      await stage.clear();
      await app.advance(24 * 3600);
      expect(await stage.told()).toEqual([]);
    });
  });

  describe('of a session', () => {
    it('reach both a day and an hour before it, to the second, and never after', async () => {
      await stage.aSession();
      await app.advance(secondsTo(NOW, DAY_BEFORE) - 1);
      expect(await stage.told()).toEqual([]);
      expect(await app.advance(1)).toEqual([{ name: JOB, at: DAY_BEFORE }]);
      expect(await stage.told()).toEqual(['client reminder_day_before', 'coach reminder_day_before']);
      await stage.clear();
      await app.advance(secondsTo(DAY_BEFORE, HOUR_BEFORE) - 1);
      expect(await stage.told()).toEqual([]);
      await app.advance(1);
      expect(await stage.told()).toEqual(['client reminder_hour_before', 'coach reminder_hour_before']);
      await stage.clear();
      await app.advance(12 * 3600);
      expect(await stage.told()).toEqual([]);
    });

    it('say day, time and with whom in the words and the zone of their reader', async () => {
      const { id } = await stage.aSession();
      await app.advance(secondsTo(NOW, DAY_BEFORE));
      const [toClient] = await app.messages({ user_id: stage.client.id });
      expect(plain(toClient?.body ?? '')).toMatch(
        /^Reminder of your session with Inès: Thursday,? 5 March 2026 at 09:00 \(Thu,? 10:00 /,
      );
      expect(toClient?.data).toEqual({
        type: 'reminder_day_before',
        deep_link: `mycoach://bookings/${id}`,
        booking_id: id,
      });
      const [toCoach] = await app.messages({ user_id: stage.coach.id });
      expect(plain(toCoach?.body ?? '')).toBe('Rappel de votre séance avec Zoé : jeudi 5 mars 2026 à 10:00.');
    });

    it('do not come at a mark that lies before the confirmation', async () => {
      await app.setClock('2026-03-04T09:00:00.001Z');
      await stage.aSession();
      await app.advance(22 * 3600);
      expect(await stage.told()).toEqual([]);
      await app.setClock(HOUR_BEFORE);
      await stage.runJob();
      expect(await stage.told()).toEqual(['client reminder_hour_before', 'coach reminder_hour_before']);
    });

    it('come at a mark that is the very moment of the confirmation', async () => {
      await app.setClock(DAY_BEFORE);
      await stage.aSession();
      await stage.runJob();
      expect(await stage.told()).toEqual(['client reminder_day_before', 'coach reminder_day_before']);
    });

    it('are of the new time alone when it was moved', async () => {
      const booking = await stage.aSession();
      const moved = await expectStatus<WireBooking>(
        stage.coach.http.post(`/bookings/${booking.id}/reschedule`).send({ scheduled_at: '2026-03-06T09:00:00Z' }),
        201,
      );
      await stage.clear();
      await app.advance(secondsTo(NOW, START) - 1);
      expect(await stage.told()).toEqual([]);
      await app.advance(1);
      expect(await stage.told()).toEqual(['client reminder_day_before', 'coach reminder_day_before']);
      const [push] = await app.messages();
      expect(push?.data?.['booking_id']).toBe(moved.id);
    });

    it('do not come once it is cancelled', async () => {
      const { id } = await stage.aSession();
      await app.advance(secondsTo(NOW, DAY_BEFORE));
      await stage.clear();
      await expectStatus(stage.coach.http.delete(`/bookings/${id}`), 200);
      await stage.clear();
      await app.advance(24 * 3600);
      expect(await stage.told()).toEqual([]);
    });

    it('are made up for after a stop, but not from the start of the session on', async () => {
      await stage.aSession();
      await app.setClock('2026-03-05T08:59:59.999Z');
      await stage.runJob();
      expect(await stage.told()).toEqual([
        'client reminder_day_before',
        'client reminder_hour_before',
        'coach reminder_day_before',
        'coach reminder_hour_before',
      ]);
      await app.setClock(NOW);
      await stage.aSession('2026-03-05T11:00:00Z');
      await app.setClock('2026-03-05T11:00:00Z');
      await stage.runJob();
      expect(await stage.told()).toEqual([]);
      expect(await app.advance(3600)).toEqual([]);
    });

    it('that could not leave before the start do not leave at all', async () => {
      await stage.aSession();
      await app.setClock(HOUR_BEFORE);
      await stage.runJobAlone();
      await app.setClock(START);
      expect(await stage.told()).toEqual([]);
      expect(await stage.remindersIn(stage.client)).toContain('reminder_hour_before');
    });

    it('come once, however many processes find them, and however often', async () => {
      await stage.aSession();
      await app.setClock(DAY_BEFORE);
      const server = await startServer({ ROLE: 'api', DATABASE_URL: app.databaseUrl });
      try {
        const other = (): Promise<number> =>
          fetch(`${server.url}/sandbox/jobs/${JOB}/run`, { method: 'POST' }).then(({ status }) => status);
        const answers = await Promise.all([other(), stage.runJobAlone(), other(), stage.runJobAlone(), other()]);
        expect(answers.filter((answer) => answer === 200)).toHaveLength(3);
      } finally {
        await server.stop();
      }
      await stage.runJob();
      expect(await stage.told()).toEqual(['client reminder_day_before', 'coach reminder_day_before']);
    }, 60_000);
  });

  it('tell the time of the clock on the wall when it changes between reminder and session', async () => {
    // In Paris and in London the clocks go forward on Sunday, 29 March 2026, at 01:00Z: 10:00 in Paris is 08:00Z.
    await app.setClock('2026-03-26T06:00:00Z');
    await stage.aSession('2026-03-29T08:00:00Z');
    await app.advance(secondsTo('2026-03-26T06:00:00Z', '2026-03-28T08:00:00Z'));
    const [toCoach] = await app.messages({ user_id: stage.coach.id });
    expect(plain(toCoach?.body ?? '')).toContain('dimanche 29 mars 2026 à 10:00');
    const [toClient] = await app.messages({ user_id: stage.client.id });
    expect(plain(toClient?.body ?? '')).toContain('29 March 2026 at 09:00');
  });
});
