import { PeriodicJobs } from 'src/common/jobs/periodic-jobs';
import { aCoach, book, expectStatus, type WireBooking } from 'test/support/coaching';
import { startServer } from 'test/support/server-process';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

const NOW = '2026-03-02T06:00:00Z';
/** Thursday, 10:00 in Paris, 09:00 in London, 04:00 in New York. */
const START = '2026-03-05T09:00:00Z';
const JOB = 'send_session_reminders';

const DAY_BEFORE = '2026-03-04T09:00:00Z';
const HOUR_BEFORE = '2026-03-05T08:00:00Z';
const secondsTo = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 1_000;
const plain = (text: string): string => text.replace(/[\u00a0\u202f\u2009]/g, ' ');

describe('the reminders', () => {
  let app: TestApp;
  let coach: TestPerson;
  let client: TestPerson;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    // Days pass here: what other tests booked would come up too.
    await app.database.query(`
      DELETE FROM seats; DELETE FROM engagements; DELETE FROM notifications;
      UPDATE bookings SET status = 'cancelled_by_coach', expires_at = NULL, remind_at = NULL
      WHERE status IN ('pending_coach_validation', 'confirmed')`);
    await app.setClock(NOW);
    coach = await aCoach(app);
    client = await app.register({ first_name: 'Zoé', locale: 'en-GB', timezone: 'Europe/London' });
  });

  const confirm = ({ id }: WireBooking) => expectStatus(coach.http.post(`/bookings/${id}/confirm`), 200);
  const clear = async (): Promise<void> => {
    await app.messages();
    await app.http.delete('/sandbox/messages').expect(204);
  };
  /** What left since the mailbox was cleared, as `<who> <type>`. */
  const told = async (): Promise<string[]> =>
    (await app.messages())
      .map(({ user_id, channel, data }) => {
        const who = user_id === client.id ? 'client' : user_id === coach.id ? 'coach' : 'somebody';
        return `${who} ${channel === 'push' ? (data?.['type'] ?? '') : channel}`;
      })
      .sort();
  const inboxOf = async (person: TestPerson): Promise<{ type: string; created_at: string }[]> => {
    const page = await expectStatus<{ items: { type: string; created_at: string }[] }>(
      person.http.get('/notifications'),
      200,
    );
    return page.items;
  };
  const remindersIn = async (person: TestPerson): Promise<string[]> =>
    (await inboxOf(person)).filter(({ type }) => type.startsWith('reminder_')).map(({ type }) => type);
  const runJob = () => expectStatus(app.http.post(`/sandbox/jobs/${JOB}/run`), 200);
  const aSession = async (startsAt = START): Promise<WireBooking> => {
    const booking = await book(client, coach.id, startsAt);
    await confirm(booking);
    await clear();
    return booking;
  };
  /** Somebody for whom ten in the morning in Paris is night. */
  const fromNewYork = async (): Promise<void> => {
    client = await app.register({ first_name: 'Ana', locale: 'en-US', timezone: 'America/New_York' });
  };

  describe('of a request', () => {
    it('reach the coach two hours before it lapses, to the second, and once', async () => {
      const booking = await book(client, coach.id, START);
      await clear();
      await app.advance(22 * 3600 - 1);
      expect(await told()).toEqual([]);
      expect(await app.advance(1)).toEqual([{ name: JOB, at: '2026-03-03T04:00:00Z' }]);
      expect(await told()).toEqual(['coach booking_validation_reminder']);
      const [push] = await app.messages();
      expect(push?.data).toEqual({
        type: 'booking_validation_reminder',
        deep_link: `mycoach://bookings/${booking.id}`,
        booking_id: booking.id,
        expires_at: '2026-03-03T06:00:00Z',
      });
      expect(plain(push?.body ?? '')).toContain('avant l’échéance : mardi 3 mars 2026 à 07:00.');
      await app.advance(2 * 3600 - 1);
      expect(await told()).toEqual(['coach booking_validation_reminder']);
    });

    it('do not come for one that is no older than that', async () => {
      await app.setClock('2026-03-02T07:00:00Z');
      await book(client, coach.id, '2026-03-02T09:00:00Z');
      await clear();
      await app.advance(2 * 3600 - 1);
      expect(await told()).toEqual([]);
    });

    it('come for one that is a second older', async () => {
      await app.setClock('2026-03-02T06:59:59Z');
      await book(client, coach.id, '2026-03-02T09:00:00Z');
      await clear();
      await app.advance(1);
      expect(await told()).toEqual(['coach booking_validation_reminder']);
    });

    it('do not come once it is answered or withdrawn', async () => {
      await confirm(await book(client, coach.id, START));
      const withdrawn = await book(client, coach.id, '2026-03-05T11:00:00Z');
      await expectStatus(client.http.delete(`/bookings/${withdrawn.id}`), 200);
      await clear();
      await app.advance(24 * 3600);
      expect(await told()).toEqual([]);
    });
  });

  describe('of a session', () => {
    it('reach both a day and an hour before it, to the second, and never after', async () => {
      await aSession();
      await app.advance(secondsTo(NOW, DAY_BEFORE) - 1);
      expect(await told()).toEqual([]);
      expect(await app.advance(1)).toEqual([{ name: JOB, at: DAY_BEFORE }]);
      expect(await told()).toEqual(['client reminder_day_before', 'coach reminder_day_before']);
      await clear();
      await app.advance(secondsTo(DAY_BEFORE, HOUR_BEFORE) - 1);
      expect(await told()).toEqual([]);
      await app.advance(1);
      expect(await told()).toEqual(['client reminder_hour_before', 'coach reminder_hour_before']);
      await clear();
      await app.advance(12 * 3600);
      expect(await told()).toEqual([]);
    });

    it('say day, time and with whom in the words and the zone of their reader', async () => {
      const { id } = await aSession();
      await app.advance(secondsTo(NOW, DAY_BEFORE));
      const [toClient] = await app.messages({ user_id: client.id });
      expect(plain(toClient?.body ?? '')).toMatch(
        /^Reminder of your session with Inès: Thursday,? 5 March 2026 at 09:00 \(Thu,? 10:00 /,
      );
      expect(toClient?.data).toEqual({
        type: 'reminder_day_before',
        deep_link: `mycoach://bookings/${id}`,
        booking_id: id,
      });
      const [toCoach] = await app.messages({ user_id: coach.id });
      expect(plain(toCoach?.body ?? '')).toBe('Rappel de votre séance avec Zoé : jeudi 5 mars 2026 à 10:00.');
    });

    it('do not come at a mark that lies before the confirmation', async () => {
      await app.setClock('2026-03-04T09:00:00.001Z');
      await aSession();
      await app.advance(22 * 3600);
      expect(await told()).toEqual([]);
      await app.setClock(HOUR_BEFORE);
      await runJob();
      expect(await told()).toEqual(['client reminder_hour_before', 'coach reminder_hour_before']);
    });

    it('come at a mark that is the very moment of the confirmation', async () => {
      await app.setClock(DAY_BEFORE);
      await aSession();
      await runJob();
      expect(await told()).toEqual(['client reminder_day_before', 'coach reminder_day_before']);
    });

    it('are of the new time alone when it was moved', async () => {
      const booking = await aSession();
      const moved = await expectStatus<WireBooking>(
        coach.http.post(`/bookings/${booking.id}/reschedule`).send({ scheduled_at: '2026-03-06T09:00:00Z' }),
        201,
      );
      await clear();
      await app.advance(secondsTo(NOW, START) - 1);
      expect(await told()).toEqual([]);
      await app.advance(1);
      expect(await told()).toEqual(['client reminder_day_before', 'coach reminder_day_before']);
      const [push] = await app.messages();
      expect(push?.data?.['booking_id']).toBe(moved.id);
    });

    it('do not come once it is cancelled', async () => {
      const { id } = await aSession();
      await app.advance(secondsTo(NOW, DAY_BEFORE));
      await clear();
      await expectStatus(coach.http.delete(`/bookings/${id}`), 200);
      await clear();
      await app.advance(24 * 3600);
      expect(await told()).toEqual([]);
    });

    it('are made up for after a stop, but not from the start of the session on', async () => {
      await aSession();
      await app.setClock('2026-03-05T08:59:59.999Z');
      await runJob();
      expect(await told()).toEqual([
        'client reminder_day_before',
        'client reminder_hour_before',
        'coach reminder_day_before',
        'coach reminder_hour_before',
      ]);
      await app.setClock(NOW);
      await aSession('2026-03-05T11:00:00Z');
      await app.setClock('2026-03-05T11:00:00Z');
      await runJob();
      expect(await told()).toEqual([]);
      expect(await app.advance(3600)).toEqual([]);
    });

    it('that could not leave before the start do not leave at all', async () => {
      await aSession();
      await app.setClock(HOUR_BEFORE);
      // The job alone: what it gives to send waits, as it does while the way out is shut.
      await app.nest.get(PeriodicJobs).get(JOB)?.run();
      await app.setClock(START);
      expect(await told()).toEqual([]);
      expect(await remindersIn(client)).toContain('reminder_hour_before');
    });

    it('come once, however many processes find them, and however often', async () => {
      await aSession();
      await app.setClock(DAY_BEFORE);
      const server = await startServer({ ROLE: 'api', DATABASE_URL: app.databaseUrl });
      try {
        const other = (): Promise<number> =>
          fetch(`${server.url}/sandbox/jobs/${JOB}/run`, { method: 'POST' }).then(({ status }) => status);
        const jobs = app.nest.get(PeriodicJobs);
        const answers = await Promise.all([other(), jobs.get(JOB)?.run(), other(), jobs.get(JOB)?.run(), other()]);
        expect(answers.filter((answer) => answer === 200)).toHaveLength(3);
      } finally {
        await server.stop();
      }
      await runJob();
      expect(await told()).toEqual(['client reminder_day_before', 'coach reminder_day_before']);
    }, 60_000);
  });

  describe('at night', () => {
    /** 07:00 in New York. */
    const MORNING = '2026-03-04T12:00:00Z';

    it('wait until 07:00 where their reader lives, to the second, and stand in no inbox before', async () => {
      await fromNewYork();
      await aSession();
      await app.advance(secondsTo(NOW, DAY_BEFORE));
      expect(await told()).toEqual(['coach reminder_day_before']);
      await app.advance(secondsTo(DAY_BEFORE, MORNING) - 1);
      expect(await told()).toEqual(['coach reminder_day_before']);
      expect(await remindersIn(client)).toEqual([]);
      const unread = (): PromiseLike<{ unread_count: number }> =>
        expectStatus(client.http.get('/notifications/unread-count'), 200);
      const before = await unread();
      expect(await app.advance(1)).toEqual([{ name: JOB, at: MORNING }]);
      expect(await told()).toEqual(['client reminder_day_before', 'coach reminder_day_before']);
      expect((await inboxOf(client))[0]).toMatchObject({ type: 'reminder_day_before', created_at: MORNING });
      expect(await unread()).toEqual({ unread_count: before.unread_count + 1 });
      await app.advance(3600);
      expect(await told()).toHaveLength(2);
    });

    it('do not wait in the last hour', async () => {
      await fromNewYork();
      await aSession();
      await app.advance(secondsTo(NOW, MORNING));
      await clear();
      await app.advance(secondsTo(MORNING, HOUR_BEFORE));
      expect(await told()).toEqual(['client reminder_hour_before', 'coach reminder_hour_before']);
    });

    it('are dropped when the session is cancelled before the morning', async () => {
      await fromNewYork();
      const { id } = await aSession();
      await app.advance(secondsTo(NOW, DAY_BEFORE));
      await expectStatus(coach.http.delete(`/bookings/${id}`), 200);
      await clear();
      await app.advance(6 * 3600);
      expect(await told()).toEqual([]);
      expect(await remindersIn(client)).toEqual([]);
    });

    it('are dropped when they would come at the start or after it', async () => {
      await fromNewYork();
      await aSession();
      // Half past three in New York, and nothing ran since the day before.
      await app.setClock('2026-03-05T08:30:00Z');
      await runJob();
      expect(await told()).toEqual([
        'client reminder_hour_before',
        'coach reminder_day_before',
        'coach reminder_hour_before',
      ]);
      await app.setClock('2026-03-05T08:45:00Z');
      await app.advance(24 * 3600);
      expect(await remindersIn(client)).toEqual(['reminder_hour_before']);
    });

    it('end an hour earlier on the morning when the clocks go forward', async () => {
      await fromNewYork();
      // In New York the clocks go forward on Sunday, 8 March 2026, at 07:00Z.
      await aSession('2026-03-09T10:00:00Z');
      await app.advance(secondsTo(NOW, '2026-03-08T10:59:59Z'));
      expect(await told()).toEqual(['coach reminder_day_before']);
      await app.advance(1);
      expect(await told()).toEqual(['client reminder_day_before', 'coach reminder_day_before']);
    });
  });

  it('tell the time of the clock on the wall when it changes between reminder and session', async () => {
    // In Paris and in London the clocks go forward on Sunday, 29 March 2026, at 01:00Z: 10:00 in Paris is 08:00Z.
    await app.setClock('2026-03-26T06:00:00Z');
    await aSession('2026-03-29T08:00:00Z');
    await app.advance(secondsTo('2026-03-26T06:00:00Z', '2026-03-28T08:00:00Z'));
    const [toCoach] = await app.messages({ user_id: coach.id });
    expect(plain(toCoach?.body ?? '')).toContain('dimanche 29 mars 2026 à 10:00');
    const [toClient] = await app.messages({ user_id: client.id });
    expect(plain(toClient?.body ?? '')).toContain('29 March 2026 at 09:00');
  });
});
