import { Injectable, type OnModuleInit } from '@nestjs/common';
import { BookingCurrencies } from 'src/modules/payment/booking-currencies';
import { BookingRepository } from './booking.repository';

/** Tells the payments below in which currency a booking is to be paid. */
@Injectable()
export class BookingCurrency implements OnModuleInit {
  constructor(
    private readonly currencies: BookingCurrencies,
    private readonly bookings: BookingRepository,
  ) {}

  onModuleInit(): void {
    this.currencies.register(async (bookingId, coachId, clientId) => {
      const booking = await this.bookings.findById(bookingId);
      return booking?.coachId === coachId && booking.clientId === clientId ? booking.currency : null;
    });
  }
}
