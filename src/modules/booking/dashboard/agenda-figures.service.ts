import { Injectable } from '@nestjs/common';
import type { Rows } from 'src/common/paging/page';
import { BookingRepository } from 'src/modules/booking/booking.repository';
import type { BookingStatus } from 'src/modules/booking/booking.state';
import type { Booking } from 'src/modules/booking/booking.types';
import { DashboardRepository, type SessionTally } from './dashboard.repository';
import { monthAround, weekAround } from './dashboard.rules';

/** How many bookings of a kind are shown. */
const SHOWN = 3;

/** What a coach has on his agenda, counted, with the bookings that come first. */
export interface AgendaFigures extends SessionTally {
  /** Confirmed ones that have not begun, earliest first. */
  next: Booking[];
  /** Requests that wait for the coach, nearest start first. */
  pending: Rows<Booking>;
}

/** What the dashboard takes from the bookings. */
@Injectable()
export class AgendaFiguresService {
  constructor(
    private readonly tallies: DashboardRepository,
    private readonly bookings: BookingRepository,
  ) {}

  /** Week and month are those of the coach's zone. */
  async of(coachId: string, timezone: string, now: Date): Promise<AgendaFigures> {
    const tally = await this.tallies.tally(coachId, weekAround(now, timezone), monthAround(now, timezone));
    const { rows: next } = await this.first(coachId, 'confirmed', now, 'upcoming');
    const pending = await this.first(coachId, 'pending_coach_validation', now);
    return { ...tally, next, pending };
  }

  private async first(coachId: string, status: BookingStatus, now: Date, bucket?: 'upcoming'): Promise<Rows<Booking>> {
    const filter = { personId: coachId, as: 'coach', statuses: [status], bucket, from: null, to: null, now } as const;
    return this.bookings.page({ ...filter, earliestFirst: true }, { offset: 0, limit: SHOWN });
  }
}
