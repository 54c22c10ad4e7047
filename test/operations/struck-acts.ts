import { comingHour } from 'test/support/coming-hour';
import { type KeyHolder, keyHolder } from 'test/support/real-process';
import type { Act, StruckProcess } from './struck-process';

const nothing = (): Promise<void> => Promise.resolve();

/** A coach, his client, and what they do that must not be half done. */
export class StruckActs {
  private startsUsed = 0;

  private constructor(
    private readonly struck: StruckProcess,
    readonly coach: KeyHolder,
    private readonly client: KeyHolder,
    private readonly pricingId: string,
  ) {}

  static async of(struck: StruckProcess): Promise<StruckActs> {
    const coach = await keyHolder(struck.database, 'coach');
    const client = await keyHolder(struck.database);
    await struck.done(coach, '/coaches/profile', {});
    for (const day_of_week of [0, 1, 2, 3, 4, 5, 6])
      await struck.done(coach, '/coaches/availability', { day_of_week, start_time: '06:00', end_time: '22:00' });
    const pack = { type: 'package', name: 'Five', session_count: 5, price_cents: 20_000, is_public: true };
    const { body } = await struck.done(coach, '/coaches/pricing', pack);
    const acts = new StruckActs(struck, coach, client, String(body['id']));
    await acts.takeOn(client, { name: 'Many', sessions_total: 200, price_cents: 1 });
    return acts;
  }

  readonly booking: Act = {
    prepare: () =>
      Promise.resolve({
        person: this.client,
        path: '/bookings',
        body: { coach_id: this.coach.id, scheduled_at: this.nextStart() },
      }),
    effects: ({ body }) =>
      this.struck.counted(
        `SELECT count(*)::int AS n FROM bookings b JOIN bookings same USING (client_id, scheduled_at)
         JOIN seats s ON s.booking_id = same.id
         JOIN package_movements m ON m.booking_id = same.id AND m.kind = 'hold'
         JOIN booking_transitions t ON t.booking_id = same.id JOIN notifications n ON n.data->>'booking_id' = same.id::text
         WHERE b.id = $1 AND n.type = 'booking_requested'`,
        [body['id']],
      ),
    cleanUp: async ({ body }) => {
      await this.struck.done(this.client, `/bookings/${String(body['id'])}`, undefined, 'DELETE');
    },
  };

  readonly purchase: Act = {
    prepare: async () => ({
      person: await keyHolder(this.struck.database),
      path: '/packages/purchase',
      body: { pricing_id: this.pricingId, payment_method: 'card' },
    }),
    effects: ({ body }) =>
      this.struck.counted(
        `SELECT count(*)::int AS n FROM packages k JOIN packages same USING (client_id)
         JOIN payments y ON y.client_id = k.client_id AND y.status = 'pending' AND y.package_id = same.id
         WHERE k.id = $1 AND same.status = 'awaiting_payment'`,
        [(body['package'] as { id: string }).id],
      ),
    cleanUp: nothing,
  };

  readonly payment: Act = {
    prepare: async () => {
      const sold = { name: 'One', sessions_total: 1, price_cents: 5_000, status: 'awaiting_payment' };
      const { body } = await this.struck.done(this.coach, this.dealings(this.client, 'packages'), sold);
      const paid = { amount_cents: 5_000, package_id: body['id'], status: 'paid' };
      return { person: this.coach, path: this.dealings(this.client, 'payments'), body: paid };
    },
    effects: ({ body }) =>
      this.struck.counted(
        `SELECT count(*)::int AS n FROM payments y JOIN payments same USING (package_id)
         JOIN packages k ON k.id = same.package_id AND k.status = 'active' AND k.balance = 1
         JOIN package_movements m ON m.package_id = k.id AND m.kind = 'purchase'
         WHERE y.id = $1 AND same.status = 'paid'`,
        [body['id']],
      ),
    cleanUp: nothing,
  };

  readonly offer: Act = {
    prepare: async () => {
      const scheduled_at = this.nextStart();
      const holder = await this.struck.done(this.client, '/bookings', { coach_id: this.coach.id, scheduled_at });
      const other = await keyHolder(this.struck.database);
      const { body } = await this.struck.done(other, `/waitlist/${this.coach.id}/${scheduled_at}`);
      await this.struck.done(this.client, `/bookings/${String(holder.body['id'])}`, undefined, 'DELETE');
      await this.takeOn(other, { name: 'One', sessions_total: 1, price_cents: 1 });
      return { person: other, path: `/waitlist/${String(body['id'])}/confirm` };
    },
    effects: ({ body }) =>
      this.struck.counted(
        `SELECT count(*)::int AS n FROM waitlist_entries w JOIN bookings b USING (client_id, coach_id)
         JOIN seats s ON s.booking_id = b.id JOIN package_movements m ON m.booking_id = b.id AND m.kind = 'hold'
         WHERE w.id = $1 AND w.status = 'confirmed' AND w.booking_id = b.id`,
        [(body['entry'] as { id: string }).id],
      ),
    cleanUp: nothing,
  };

  private async takeOn(client: KeyHolder, sold: object): Promise<void> {
    await this.struck.database.query(
      `INSERT INTO relations (coach_id, client_id, status, allow_unit_booking, created_at, updated_at)
       VALUES ($1, $2, 'active', false, now(), now())`,
      [this.coach.id, client.id],
    );
    await this.struck.done(this.coach, this.dealings(client, 'packages'), sold);
  }

  private dealings({ id }: KeyHolder, kind: 'packages' | 'payments'): string {
    return `/coaches/clients/${id}/${kind}`;
  }

  /** Another hour each time, from the third day on. */
  private nextStart(): string {
    this.startsUsed += 1;
    return comingHour(3 + Math.floor(this.startsUsed / 12), 7 + (this.startsUsed % 12));
  }
}
