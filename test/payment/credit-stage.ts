import { randomUUID } from 'node:crypto';
import { UnitOfWork } from 'src/common/transaction/unit-of-work';
import { CreditService } from 'src/modules/payment/credits/credit.service';
import { aCoach } from 'test/support/coaching';
import { befriend, packageOf, type WirePackage } from 'test/support/packages';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

export const AT = new Date('2026-03-02T06:00:00Z');
export const TODAY = '2026-03-02';

interface Payable {
  id: string;
  coachId: string;
  clientId: string;
}

/** How a session is given back. */
export function back(causedByCoach = false, today = TODAY): { causedByCoach: boolean; today: string } {
  return { causedByCoach, today };
}

/** A coach and a client who know each other, and what bookings do to the packages between them. */
export class CreditStage {
  private constructor(
    readonly app: TestApp,
    readonly credits: CreditService,
    readonly coach: TestPerson,
    readonly client: TestPerson,
  ) {}

  static async start(): Promise<CreditStage> {
    const app = await startTestApp();
    await app.setClock(AT.toISOString());
    const coach = await aCoach(app, { days: [], priceCents: null });
    const client = await app.register();
    await befriend(app, coach, client);
    return new CreditStage(app, app.nest.get(CreditService), coach, client);
  }

  async inOneAct<T>(work: () => Promise<T>): Promise<T> {
    return this.app.nest.get(UnitOfWork).run(work);
  }

  /** A row to point to: what becomes of the booking itself is not looked at here. */
  async aBooking(): Promise<Payable> {
    const booking = { id: randomUUID(), coachId: this.coach.id, clientId: this.client.id };
    await this.app.database.query(
      `INSERT INTO bookings (id, coach_id, client_id, scheduled_at, ends_at, duration_min, status, type, pricing_type,
         currency, policy_threshold_hours, policy_mode, policy_noshow_is_due, created_at, updated_at)
       VALUES ($1, $2, $3, '2026-03-03T09:00:00Z', '2026-03-03T10:00:00Z', 60, 'cancelled_by_client', 'individual',
         'per_session', 'EUR', 24, 'auto', true, now(), now())`,
      [booking.id, this.coach.id, this.client.id],
    );
    return booking;
  }

  /** A booking for which a session of the package is held. */
  async held(pack: WirePackage): Promise<Payable> {
    const booking = await this.aBooking();
    await this.credits.hold(pack.id, booking, AT);
    return booking;
  }

  async sums(pack: WirePackage): Promise<[status: string, remaining: number, bookable: number, used: number]> {
    const { status, sessions_remaining, sessions_bookable, sessions_used } = await packageOf(this.client, pack.id);
    return [status, sessions_remaining, sessions_bookable, sessions_used];
  }
}
