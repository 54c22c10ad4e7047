import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { Periodic } from 'src/common/jobs/periodic';
import { Schedule } from 'src/common/jobs/schedule';
import { workOff } from 'src/common/jobs/work-off';
import { BookingAnswerService } from './booking-answer.service';
import { BookingOutcomeService } from './booking-outcome.service';
import { BookingPenaltyService } from './booking-penalty.service';
import { BookingReminderService } from './booking-reminder.service';
import { DueBookingRepository } from './due-booking.repository';

/** So many are looked for at once; each has a transaction of its own, under the usual locks. */
const BATCH = 100;

/** T4: requests that nobody answered in time give their seat back. */
@Injectable()
export class RejectExpiredBookingsJob extends Periodic('auto_reject_expired_bookings', Schedule.everyMinute()) {
  constructor(
    private readonly due: DueBookingRepository,
    private readonly answers: BookingAnswerService,
    private readonly clock: Clock,
  ) {
    super();
  }

  async nextDue(): Promise<Date | null> {
    return this.due.nextLapse();
  }

  async run(): Promise<number> {
    return workOff(
      () => this.due.lapsedIds(this.clock.now(), BATCH),
      (id) => this.answers.expire(id),
    );
  }
}

/** T13: sessions that nobody spoke about for two days count as done. */
@Injectable()
export class CompleteBookingsJob extends Periodic('auto_complete_bookings', Schedule.dailyAt(4, 0)) {
  constructor(
    private readonly due: DueBookingRepository,
    private readonly outcomes: BookingOutcomeService,
    private readonly clock: Clock,
  ) {
    super();
  }

  async nextDue(): Promise<Date | null> {
    return this.due.nextOverdue();
  }

  async run(): Promise<number> {
    return workOff(
      () => this.due.overdueIds(this.clock.now(), BATCH),
      (id) => this.outcomes.completeOverdue(id),
    );
  }
}

/** Rules §3.3: what the coach left undecided for 30 days is waived. */
@Injectable()
export class SettlePenaltiesJob extends Periodic('settle_undecided_penalties', Schedule.dailyAt(4, 10)) {
  constructor(
    private readonly due: DueBookingRepository,
    private readonly penalties: BookingPenaltyService,
    private readonly clock: Clock,
  ) {
    super();
  }

  async nextDue(): Promise<Date | null> {
    return this.due.nextUndecided();
  }

  async run(): Promise<number> {
    return workOff(
      () => this.due.undecidedIds(this.clock.now(), BATCH),
      (id) => this.penalties.settle(id),
    );
  }
}

/** The part of `send_session_reminders` that finds what is due; what waited for the end of the night is another's. */
@Injectable()
export class SessionRemindersJob extends Periodic('send_session_reminders', Schedule.everyMinute()) {
  constructor(
    private readonly due: DueBookingRepository,
    private readonly reminders: BookingReminderService,
    private readonly clock: Clock,
  ) {
    super();
  }

  async nextDue(): Promise<Date | null> {
    return this.due.nextReminder();
  }

  async run(): Promise<number> {
    return workOff(
      () => this.due.remindableIds(this.clock.now(), BATCH),
      (id) => this.reminders.remind(id),
    );
  }
}
