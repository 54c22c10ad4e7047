import { given } from 'src/common/http/changes';
import { Check, ClockTime, Flag, Nullable, Optional, Whole } from 'src/common/http/fields';
import { minuteOf } from './availability.rules';

/** Compares the two ends where both are clock times: what is none has its own fault, and makes no number here. */
export function endsAfterStart(end: unknown, request: object): boolean {
  const { start_time: start } = request as { start_time?: unknown };
  return typeof start !== 'string' || typeof end !== 'string' || !(minuteOf(start) >= minuteOf(end));
}

export class CreateAvailabilityDto {
  /** 0 = Monday … 6 = Sunday. */
  @Whole(0, 6)
  day_of_week: number;

  @ClockTime()
  start_time: string;

  /** After the start, on the same day. */
  @ClockTime()
  @Check('invalid_time_range', endsAfterStart)
  end_time: string;

  /** Seats of each slot. */
  @Optional()
  @Whole(1, 50)
  max_slots: number = 1;

  /** The profile's unless given. */
  @Nullable()
  @Whole(1, 365)
  booking_horizon_days?: number | null;

  @Optional()
  @Flag()
  active: boolean = true;
}

export class UpdateAvailabilityDto {
  /** 0 = Monday … 6 = Sunday. */
  @Optional()
  @Whole(0, 6)
  day_of_week?: number;

  @Optional()
  @ClockTime()
  start_time?: string;

  /** After the start, on the same day. */
  @Optional()
  @ClockTime()
  @Check('invalid_time_range', endsAfterStart)
  end_time?: string;

  /** Seats of each slot. */
  @Optional()
  @Whole(1, 50)
  max_slots?: number;

  /** Null = the profile's. */
  @Nullable()
  @Whole(1, 365)
  booking_horizon_days?: number | null;

  @Optional()
  @Flag()
  active?: boolean;
}

/** What a coach decides about a range. */
export interface AvailabilityTerms {
  dayOfWeek: number;
  startMinute: number;
  endMinute: number;
  maxSlots: number;
  bookingHorizonDays: number | null;
  active: boolean;
}

/** The terms that a request names. */
export function termsIn(dto: UpdateAvailabilityDto): Partial<AvailabilityTerms> {
  return given<AvailabilityTerms>({
    dayOfWeek: dto.day_of_week,
    startMinute: dto.start_time === undefined ? undefined : minuteOf(dto.start_time),
    endMinute: dto.end_time === undefined ? undefined : minuteOf(dto.end_time),
    maxSlots: dto.max_slots,
    bookingHorizonDays: dto.booking_horizon_days,
    active: dto.active,
  });
}
