import { Injectable } from '@nestjs/common';

/** The currency of a booking of these two people (users.id), or null when it is none of theirs. */
export type BookingCurrency = (bookingId: string, coachId: string, clientId: string) => Promise<string | null>;

/** What payments must know of a booking. Bookings stand above: they register here, at module init. */
@Injectable()
export class BookingCurrencies {
  private source: BookingCurrency = () => Promise.resolve(null);

  register(source: BookingCurrency): void {
    this.source = source;
  }

  /** ISO 4217, or null for a booking that is missing or of somebody else. */
  async find(bookingId: string, coachId: string, clientId: string): Promise<string | null> {
    return this.source(bookingId, coachId, clientId);
  }
}
