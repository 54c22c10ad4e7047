import { Check, Instant, Nullable, Optional, Text } from 'src/common/http/fields';
import { PageQuery } from 'src/common/paging/page';
import { InstantOrDay } from 'src/common/paging/range';
import { isTimeOff } from './time-off.rules';

/** Judged where both ends are instants: what is none has its own fault. */
function isWithinLimits(end: unknown, request: object): boolean {
  const { starts_at: start } = request as { starts_at?: unknown };
  return !(start instanceof Date) || !(end instanceof Date) || isTimeOff({ startsAt: start, endsAt: end });
}

export class CreateTimeOffDto {
  @Instant()
  starts_at: Date;

  /** After the start and after now; at most 366 days after the start. */
  @Instant()
  @Check('invalid_date_range', isWithinLimits)
  ends_at: Date;

  /** Nobody else reads it. */
  @Nullable()
  @Text({ max: 200, multiline: true })
  reason?: string | null;
}

export class ListTimeOffQuery extends PageQuery {
  /** Without `from` and `to`: what has not ended yet. */
  @Optional()
  @InstantOrDay()
  from?: string;

  @Optional()
  @InstantOrDay()
  to?: string;
}
