import type { Availability } from 'src/modules/coach/entities/availability.entity';
import { clockTime, type OfferedHours, type WeeklyRange, workWeek } from './availability.rules';

export class AvailabilityResponse {
  id: string;
  /** 0 = Monday … 6 = Sunday. */
  day_of_week: number;
  start_time: string;
  end_time: string;
  /** Seats of each slot. */
  max_slots: number;
  booking_horizon_days: number;
  active: boolean;

  static from({ hours, horizonDays }: OfferedHours<Availability>): AvailabilityResponse {
    return {
      id: hours.id,
      day_of_week: hours.dayOfWeek,
      start_time: clockTime(hours.startMinute),
      end_time: clockTime(hours.endMinute),
      max_slots: hours.maxSlots,
      booking_horizon_days: hours.bookingHorizonDays ?? horizonDays,
      active: hours.active,
    };
  }

  static listOf({ hours, horizonDays }: OfferedHours<Availability[]>): AvailabilityResponse[] {
    return hours.map((range) => AvailabilityResponse.from({ hours: range, horizonDays }));
  }
}

export class TimeSlotResponse {
  start_time: string;
  end_time: string;
}

export class WorkScheduleDayResponse {
  /** 0 = Monday … 6 = Sunday. */
  day_of_week: number;
  is_working_day: boolean;
  time_slots: TimeSlotResponse[];

  static weekOf(ranges: readonly WeeklyRange[]): WorkScheduleDayResponse[] {
    return workWeek(ranges).map((day) => ({
      day_of_week: day.dayOfWeek,
      is_working_day: day.ranges.length > 0,
      time_slots: day.ranges.map(({ start, end }) => ({ start_time: start, end_time: end })),
    }));
  }
}
