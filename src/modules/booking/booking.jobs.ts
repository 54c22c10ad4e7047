import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { Clock } from 'src/common/clock/clock';
import { type PeriodicJob, PeriodicJobs } from 'src/common/jobs/periodic-jobs';
import { Schedule } from 'src/common/jobs/schedule';
import { workOff } from 'src/common/jobs/work-off';
import { BookingAnswerService } from './booking-answer.service';
import { BookingOutcomeService } from './booking-outcome.service';
import { BookingPenaltyService } from './booking-penalty.service';
import { BookingReminderService } from './booking-reminder.service';
import { DueBookingRepository } from './due-booking.repository';

const BATCH = 100;
const EVERY_MINUTE = Schedule.everyMinute();
const AT_FOUR = Schedule.dailyAt(4, 0);
const AFTER_FOUR = Schedule.dailyAt(4, 10);

/** What time alone does to bookings: each row in a transaction of its own, under the usual locks. */
@Injectable()
export class BookingJobs implements OnModuleInit {
  /** T4: requests that nobody answered in time give their seat back. */
  private readonly autoReject: PeriodicJob = {
    name: 'auto_reject_expired_bookings',
    schedule: EVERY_MINUTE,
    nextDue: () => this.due.nextLapse(),
    run: () => this.each('lapsedIds', (id) => this.answers.expire(id)),
  };
  /** T13: sessions that nobody spoke about for two days count as done. */
  private readonly autoComplete: PeriodicJob = {
    name: 'auto_complete_bookings',
    schedule: AT_FOUR,
    nextDue: () => this.due.nextOverdue(),
    run: () => this.each('overdueIds', (id) => this.outcomes.completeOverdue(id)),
  };
  /** Rules §3.3: what the coach left undecided for 30 days is waived. */
  private readonly settlePenalties: PeriodicJob = {
    name: 'settle_undecided_penalties',
    schedule: AFTER_FOUR,
    nextDue: () => this.due.nextUndecided(),
    run: () => this.each('undecidedIds', (id) => this.penalties.settle(id)),
  };

  constructor(
    private readonly due: DueBookingRepository,
    private readonly answers: BookingAnswerService,
    private readonly outcomes: BookingOutcomeService,
    private readonly penalties: BookingPenaltyService,
    private readonly jobs: PeriodicJobs,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    for (const job of [this.autoReject, this.autoComplete, this.settlePenalties]) this.jobs.register(job);
  }

  @Cron(EVERY_MINUTE.cron, { timeZone: 'UTC' })
  async rejectExpired(): Promise<void> {
    await this.jobs.tick(this.autoReject);
  }

  @Cron(AT_FOUR.cron, { timeZone: 'UTC' })
  async completeOverdue(): Promise<void> {
    await this.jobs.tick(this.autoComplete);
  }

  @Cron(AFTER_FOUR.cron, { timeZone: 'UTC' })
  async settleUndecided(): Promise<void> {
    await this.jobs.tick(this.settlePenalties);
  }

  private async each(
    find: 'lapsedIds' | 'overdueIds' | 'undecidedIds',
    act: (id: string) => Promise<boolean>,
  ): Promise<number> {
    return workOff(() => this.due[find](this.clock.now(), BATCH), act);
  }
}

/** The part of `send_session_reminders` that finds what is due; what waited for the end of the night is another's. */
@Injectable()
export class SessionRemindersJob implements PeriodicJob, OnModuleInit {
  readonly name = 'send_session_reminders';
  readonly schedule = EVERY_MINUTE;

  constructor(
    private readonly due: DueBookingRepository,
    private readonly reminders: BookingReminderService,
    private readonly jobs: PeriodicJobs,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.register(this);
  }

  @Cron(EVERY_MINUTE.cron, { timeZone: 'UTC' })
  async tick(): Promise<void> {
    await this.jobs.tick(this);
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
