import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { Standings } from 'src/common/events/standings';
import { BookingRepository } from './booking.repository';
import { isLapsed } from './booking.rules';
import type { Booking } from './booking.types';

/**
 * Tells those who carry messages how a booking stands: `pending`, `confirmed` until it begins, `begun` until somebody
 * says how it went, `done`, `waived`, or `ended` in any other way.
 */
@Injectable()
export class BookingStanding implements OnModuleInit {
  constructor(
    private readonly standings: Standings,
    private readonly bookings: BookingRepository,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.standings.register('booking', async (id) => {
      const booking = await this.bookings.findById(id);
      return booking && stateOf(booking, this.clock.now());
    });
  }
}

function stateOf({ status, scheduledAt, expiresAt, lateCancelWaived }: Booking, now: Date): string {
  if (status === 'pending_coach_validation') return isLapsed(expiresAt, now) ? 'ended' : 'pending';
  if (status === 'confirmed') return now < scheduledAt ? 'confirmed' : 'begun';
  if (status === 'done') return 'done';
  return lateCancelWaived ? 'waived' : 'ended';
}
