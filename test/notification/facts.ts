import { randomUUID } from 'node:crypto';
import type { RequestFact } from 'src/modules/booking/requests/request.events';
import type { PackageFact, PaymentFact } from 'src/modules/payment/payment.events';
import type { WaitlistFact } from 'src/modules/waitlist/waitlist.events';
import type { TestPerson } from 'test/support/test-app';

/** What happened between a coach and a client, as events tell it. */

export function packOf(coach: TestPerson, client: TestPerson, at: Date): PackageFact {
  return {
    packageId: randomUUID(),
    coachId: coach.id,
    clientId: client.id,
    title: 'Dix séances',
    sessions: 10,
    priceCents: 45_050,
    currency: 'EUR',
    at,
  };
}

export function paymentOf(coach: TestPerson, client: TestPerson, at: Date, packageId: string | null): PaymentFact {
  return {
    paymentId: randomUUID(),
    coachId: coach.id,
    clientId: client.id,
    packageId,
    bookingId: null,
    amountCents: 45_050,
    currency: 'EUR',
    at,
  };
}

export function requestOf(coach: TestPerson, client: TestPerson, at: Date): RequestFact {
  return { requestId: randomUUID(), clientId: client.id, coachId: coach.id, at };
}

/** Somebody who waits for 10:30 in Paris. */
export function entryOf(coach: TestPerson, client: TestPerson, at: Date): WaitlistFact {
  return {
    entryId: randomUUID(),
    coachId: coach.id,
    clientId: client.id,
    scheduledAt: new Date('2026-03-03T09:30:00Z'),
    coachTimezone: 'Europe/Paris',
    at,
  };
}
