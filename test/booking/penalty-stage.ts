import { aCoach, book, type CoachOptions, expectStatus, type WireBooking } from 'test/support/coaching';
import type { TestApp, TestPerson } from 'test/support/test-app';
import { bond, confirm, sell, setPolicy } from './dealings';

export const NOW = '2026-03-02T06:00:00Z';
export const SLOT = '2026-03-05T09:00:00Z';
/** 24 hours before the session, the last moment without a penalty. */
export const THRESHOLD = '2026-03-04T09:00:00.000Z';
export const LATE = '2026-03-04T09:00:00.001Z';

/** The moment so many days later. */
export function days(count: number, from = LATE): string {
  return new Date(new Date(from).getTime() + count * 86_400_000).toISOString();
}

type Answer = Record<string, unknown>;

/** A coach with his policy, a client, and the session that the client may lose. */
export class PenaltyStage {
  private made?: WireBooking;

  private constructor(
    private readonly app: TestApp,
    readonly coach: TestPerson,
    readonly client: TestPerson,
  ) {}

  static async of(app: TestApp, options: CoachOptions = {}): Promise<PenaltyStage> {
    await app.setClock(NOW);
    return new PenaltyStage(app, await aCoach(app, options), await app.register());
  }

  get booking(): WireBooking {
    if (!this.made) throw new Error('no booking');
    return this.made;
  }

  /** A session under this policy. */
  async confirmed(policy: Record<string, unknown> = {}, startsAt = SLOT): Promise<void> {
    await setPolicy(this.coach, policy);
    this.made = await book(this.client, this.coach.id, startsAt);
    await confirm(this.coach, this.made);
  }

  /** The same, paid by a package. */
  async packaged(policy: Record<string, unknown> = {}, sessions = 1): Promise<void> {
    await bond(this.app, this.coach, this.client);
    await sell(this.coach, this.client, sessions);
    await this.confirmed(policy);
  }

  async cancelLate(): Promise<Answer> {
    await this.app.setClock(LATE);
    return expectStatus(this.client.http.delete(`/bookings/${this.booking.id}`), 200);
  }

  async judge(
    name: 'apply-penalty' | 'waive-penalty',
    status = 200,
    body: Record<string, unknown> = {},
    person = this.coach,
  ): Promise<Answer> {
    return expectStatus(person.http.post(`/bookings/${this.booking.id}/${name}`).send(body), status);
  }
}
