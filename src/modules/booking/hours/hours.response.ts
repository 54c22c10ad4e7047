import { ApiProperty } from '@nestjs/swagger';
import { PackageResponse } from 'src/modules/payment/packages/package.response';
import type { HoursSummary } from './hours.service';

export class HoursSummaryResponse {
  @ApiProperty({ format: 'uuid' })
  client_id: string;
  @ApiProperty({ type: PackageResponse, nullable: true, description: 'The one that the next session is taken from' })
  active_package: PackageResponse | null;
  /** Had and left. */
  @ApiProperty({ type: 'integer' })
  sessions_total_all_time: number;
  /** Done sessions, and missed ones that count. */
  @ApiProperty({ type: 'integer' })
  sessions_done: number;
  /** Left in active packages. */
  @ApiProperty({ type: 'integer' })
  sessions_remaining: number;
  /** Of these, what no booking holds. */
  @ApiProperty({ type: 'integer' })
  sessions_bookable: number;
  /** Those whose payment is pending or late. */
  @ApiProperty({ type: 'integer' })
  sessions_due: number;
  /** Requested or confirmed. */
  @ApiProperty({ type: 'integer' })
  sessions_pending: number;
  @ApiProperty({ type: 'integer' })
  minutes_done: number;
  /** An active package is there, and at most two sessions are left. */
  alert_low_sessions: boolean;

  static from(summary: HoursSummary): HoursSummaryResponse {
    return {
      client_id: summary.clientId,
      active_package: summary.activePackage && PackageResponse.from(summary.activePackage),
      sessions_total_all_time: summary.total,
      sessions_done: summary.done,
      sessions_remaining: summary.remaining,
      sessions_bookable: summary.bookable,
      sessions_due: summary.due,
      sessions_pending: summary.pending,
      minutes_done: summary.minutesDone,
      alert_low_sessions: summary.isLow,
    };
  }
}
