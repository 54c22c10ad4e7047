import { ApiProperty } from '@nestjs/swagger';
import { PublicUserResponse } from 'src/modules/auth/user.response';
import { BookingResponse } from 'src/modules/booking/booking.response';
import { hoursOf } from './dashboard.rules';
import type { Dashboard } from './dashboard.service';

export class LowPackageResponse {
  client: PublicUserResponse;
  /** Over the active packages of this client. */
  @ApiProperty({ type: 'integer' })
  sessions_remaining: number;
}

/** Weeks run from Monday to Sunday and months from their first day, in the zone of the coach. */
export class DashboardResponse {
  /** Done sessions that began this week. */
  @ApiProperty({ type: 'integer' })
  sessions_week_done: number;
  /** Confirmed sessions of this week that are not judged yet. */
  @ApiProperty({ type: 'integer' })
  sessions_week_planned: number;
  @ApiProperty({ type: 'integer' })
  active_clients: number;
  /** Hours of the done sessions that began this month, to the hundredth. */
  hours_month: number;
  /** What was paid this month in the currency of the coach. */
  @ApiProperty({ type: 'integer' })
  revenue_month_cents: number;
  /** ISO 4217. */
  currency: string;
  @ApiProperty({ type: [BookingResponse], maxItems: 3, description: 'Confirmed, earliest first' })
  next_bookings: BookingResponse[];
  /** Requests that wait for an answer. */
  @ApiProperty({ type: 'integer' })
  pending_count: number;
  @ApiProperty({ type: [BookingResponse], maxItems: 3, description: 'Nearest start first' })
  pending_bookings: BookingResponse[];
  @ApiProperty({ type: [LowPackageResponse], maxItems: 10, description: 'At most two sessions left, fewest first' })
  low_packages: LowPackageResponse[];

  static from(dashboard: Dashboard): DashboardResponse {
    return {
      sessions_week_done: dashboard.weekDone,
      sessions_week_planned: dashboard.weekPlanned,
      active_clients: dashboard.activeClients,
      hours_month: hoursOf(dashboard.monthMinutes),
      revenue_month_cents: dashboard.revenueCents,
      currency: dashboard.currency,
      next_bookings: dashboard.next.map((booking) => BookingResponse.from(booking)),
      pending_count: dashboard.pending.total,
      pending_bookings: dashboard.pending.rows.map((booking) => BookingResponse.from(booking)),
      low_packages: dashboard.lowPackages.map(({ client, remaining }) => ({
        client: PublicUserResponse.from(client),
        sessions_remaining: remaining,
      })),
    };
  }
}
