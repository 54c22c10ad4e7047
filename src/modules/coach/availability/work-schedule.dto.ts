import { Check, ClockTime, Flag, Optional, Whole } from 'src/common/http/fields';
import { Items } from 'src/common/http/list-fields';
import { endsAfterStart } from './availability.dto';
import { inOrder, minuteOf, type WeeklyHours } from './availability.rules';

export class TimeSlotDto {
  @ClockTime()
  start_time: string;

  /** After the start, on the same day. */
  @ClockTime()
  @Check('invalid_time_range', endsAfterStart)
  end_time: string;
}

/** What has a fault of its own is no number here, and collides with nothing. */
function apart(slots: unknown): boolean {
  if (!Array.isArray(slots) || !slots.every((slot) => slot instanceof TimeSlotDto)) return true;
  const minutes = (time: unknown): number => (typeof time === 'string' ? minuteOf(time) : NaN);
  return inOrder(slots.map((slot) => ({ startMinute: minutes(slot.start_time), endMinute: minutes(slot.end_time) })));
}

export class WorkDayDto {
  /** 0 = Monday … 6 = Sunday. */
  @Whole(0, 6)
  day_of_week: number;

  @Flag()
  is_working_day: boolean;

  /** In order; one may begin when another ends. Those of a day off are not kept. */
  @Optional()
  @Items(TimeSlotDto, 12)
  @Check('overlapping_time_slots', apart)
  time_slots: TimeSlotDto[] = [];
}

function eachDayOnce(days: unknown): boolean {
  if (!Array.isArray(days)) return true;
  const named = days.map((day: unknown) => (day instanceof WorkDayDto ? day.day_of_week : day));
  return new Set(named).size === named.length;
}

export class WorkScheduleDto {
  /** The whole week: a day that is not named is a day off. */
  @Items(WorkDayDto, 7)
  @Check('invalid_value', eachDayOnce)
  days: WorkDayDto[];
}

/** The ranges that a week of the wire asks for. */
export function weekIn({ days }: WorkScheduleDto): WeeklyHours[] {
  return days
    .filter((day) => day.is_working_day)
    .flatMap((day) =>
      day.time_slots.map(({ start_time, end_time }) => ({
        dayOfWeek: day.day_of_week,
        startMinute: minuteOf(start_time),
        endMinute: minuteOf(end_time),
      })),
    );
}
