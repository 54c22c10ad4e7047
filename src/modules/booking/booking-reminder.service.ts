import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import type { DomainEvent } from 'src/common/events/domain-event';
import { EventBus } from 'src/common/events/event-bus';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { AnswerReminderDue, type BookingFact, SessionReminderDue } from './booking.events';
import { BookingLocks } from './booking-locks.service';
import { factOf } from './booking-facts';
import { BookingRepository } from './booking.repository';
import { dueReminders, nextMark, type ReminderKind } from './reminder.rules';

/** Says when people are to be reminded of a booking. How, and whether at night, is decided by who tells them. */
@Injectable()
export class BookingReminderService {
  constructor(
    private readonly locks: BookingLocks,
    private readonly bookings: BookingRepository,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /** By the job: publishes what is due and sets the next mark. False when somebody was faster. */
  @Transactional()
  async remind(id: string): Promise<boolean> {
    const held = await this.locks.holdForSystem(id);
    const now = this.clock.now();
    const since = held?.booking.remindAt;
    if (!held || !since || since > now) return false;
    const { booking, coachTimezone } = held;
    const fact = factOf(booking, booking.status, coachTimezone, now);
    for (const kind of dueReminders(booking, since, now))
      await this.events.publish(reminderOf(kind, fact, booking.expiresAt));
    await this.bookings.setReminder(id, nextMark(booking, now));
    return true;
  }
}

function reminderOf(kind: ReminderKind, fact: BookingFact, expiresAt: Date | null): DomainEvent {
  return kind === 'answer' && expiresAt
    ? new AnswerReminderDue(fact, expiresAt)
    : new SessionReminderDue(fact, kind === 'day_before' ? 'day' : 'hour');
}
