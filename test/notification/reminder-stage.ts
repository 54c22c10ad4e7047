import { PeriodicJobs } from 'src/common/jobs/periodic-jobs';
import { aCoach, book, expectStatus, type WireBooking } from 'test/support/coaching';
import type { TestApp, TestPerson } from 'test/support/test-app';

export const NOW = '2026-03-02T06:00:00Z';
/** Thursday, 10:00 in Paris, 09:00 in London, 04:00 in New York. */
export const START = '2026-03-05T09:00:00Z';
export const JOB = 'send_session_reminders';

export const DAY_BEFORE = '2026-03-04T09:00:00Z';
export const HOUR_BEFORE = '2026-03-05T08:00:00Z';
export const secondsTo = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 1_000;

interface InboxLine {
  type: string;
  created_at: string;
}

/** A coach of Paris and a client, who have sessions and are reminded of them. */
export class ReminderStage {
  private constructor(
    private readonly app: TestApp,
    readonly coach: TestPerson,
    readonly client: TestPerson,
  ) {}

  /** @param client how the client registers; he lives in London where nothing else is said */
  static async of(app: TestApp, client: Record<string, unknown> = {}): Promise<ReminderStage> {
    // Days pass here: what other tests booked would come up too.
    await app.database.query(`
      DELETE FROM seats; DELETE FROM engagements; DELETE FROM notifications;
      UPDATE bookings SET status = 'cancelled_by_coach', expires_at = NULL, remind_at = NULL
      WHERE status IN ('pending_coach_validation', 'confirmed')`);
    await app.setClock(NOW);
    const londoner = { first_name: 'Zoé', locale: 'en-GB', timezone: 'Europe/London' };
    return new ReminderStage(app, await aCoach(app), await app.register({ ...londoner, ...client }));
  }

  /** Somebody for whom ten in the morning in Paris is night. */
  static async withNewYorker(app: TestApp): Promise<ReminderStage> {
    return ReminderStage.of(app, { first_name: 'Ana', locale: 'en-US', timezone: 'America/New_York' });
  }

  async confirm({ id }: WireBooking): Promise<void> {
    await expectStatus(this.coach.http.post(`/bookings/${id}/confirm`), 200);
  }

  async clear(): Promise<void> {
    await this.app.messages();
    await this.app.http.delete('/sandbox/messages').expect(204);
  }

  /** What left since the mailbox was cleared, as `<who> <type>`. */
  async told(): Promise<string[]> {
    const messages = await this.app.messages();
    return messages
      .map(({ user_id, channel, data }) => {
        const who = user_id === this.client.id ? 'client' : user_id === this.coach.id ? 'coach' : 'somebody';
        return `${who} ${channel === 'push' ? (data?.['type'] ?? '') : channel}`;
      })
      .sort();
  }

  async inboxOf(person: TestPerson): Promise<InboxLine[]> {
    return (await expectStatus<{ items: InboxLine[] }>(person.http.get('/notifications'), 200)).items;
  }

  async remindersIn(person: TestPerson): Promise<string[]> {
    const lines = await this.inboxOf(person);
    return lines.filter(({ type }) => type.startsWith('reminder_')).map(({ type }) => type);
  }

  async runJob(): Promise<void> {
    await expectStatus(this.app.http.post(`/sandbox/jobs/${JOB}/run`), 200);
  }

  /** The job alone: what it gives to send waits, as it does while the way out is shut. */
  async runJobAlone(): Promise<void> {
    await this.app.nest.get(PeriodicJobs).get(JOB)?.run();
  }

  /** Agreed upon. */
  async aSession(startsAt = START): Promise<WireBooking> {
    const booking = await book(this.client, this.coach.id, startsAt);
    await this.confirm(booking);
    await this.clear();
    return booking;
  }
}
