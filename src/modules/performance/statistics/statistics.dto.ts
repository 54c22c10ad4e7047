import { Check, Day, Id, Optional, parseInstant } from 'src/common/http/fields';
import { InstantOrDay } from 'src/common/paging/range';

export class ProgressionQuery {
  @Optional()
  @InstantOrDay()
  from?: string;

  @Optional()
  @InstantOrDay()
  to?: string;

  /** A client of the caller, who shares performances with him; without it the caller himself. */
  @Optional()
  @Id()
  client_id?: string;
}

export class WeekQuery {
  /** A Monday; the one of this week, in the time zone of the caller. */
  @Optional()
  @Day()
  @Check('invalid_value', isMondayIfDay)
  week_start?: string;
}

/** What is no day at all has a fault of its own. */
function isMondayIfDay(value: unknown): boolean {
  const day = typeof value === 'string' ? parseInstant(`${value}T00:00:00Z`) : null;
  return day === null || day.getUTCDay() === 1;
}
