import { randomUUID } from 'node:crypto';
import type { DomainEvent } from 'src/common/events/domain-event';
import { EventBus } from 'src/common/events/event-bus';
import { UnitOfWork } from 'src/common/transaction/unit-of-work';
import type { BookingFact } from 'src/modules/booking/booking.events';
import type { TestApp, TestPerson } from 'test/support/test-app';

/** Publishes as a service does: inside one act, all or nothing. */
export async function publish(app: TestApp, ...events: DomainEvent[]): Promise<void> {
  await app.nest.get(UnitOfWork).run(async () => {
    for (const event of events) await app.nest.get(EventBus).publish(event);
  });
}

/** A session at 10:30 in Paris. */
export function sessionOf(client: TestPerson, coach: TestPerson): BookingFact {
  return {
    bookingId: randomUUID(),
    clientId: client.id,
    coachId: coach.id,
    type: 'individual',
    previousStatus: null,
    scheduledAt: new Date('2026-03-03T09:30:00Z'),
    durationMin: 60,
    gymName: null,
    coachTimezone: 'Europe/Paris',
    at: new Date('2026-03-01T12:00:00Z'),
  };
}
