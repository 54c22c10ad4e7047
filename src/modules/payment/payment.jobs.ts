import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { type PeriodicJob, PeriodicJobs } from 'src/common/jobs/periodic-jobs';
import { Schedule } from 'src/common/jobs/schedule';
import { workOff } from 'src/common/jobs/work-off';
import { PackageLifetimeService } from './packages/package-lifetime.service';
import { PaymentService } from './payments/payment.service';

const BATCH = 100;
const AT_TWO = Schedule.dailyAt(2, 0);

/** Packages past their last day expire, those near it are warned of, and those never paid for are given up. */
@Injectable()
export class ExpirePackagesJob implements PeriodicJob, OnModuleInit {
  readonly name = 'expire_packages';
  readonly schedule = AT_TWO;

  constructor(
    private readonly lifetimes: PackageLifetimeService,
    private readonly jobs: PeriodicJobs,
  ) {}

  onModuleInit(): void {
    this.jobs.register(this);
  }

  @Cron(AT_TWO.cron, { timeZone: 'UTC' })
  async tick(): Promise<void> {
    await this.jobs.tick(this);
  }

  async nextDue(): Promise<Date | null> {
    return this.lifetimes.firstDue();
  }

  async run(): Promise<number> {
    let done = 0;
    let ids = await this.lifetimes.dueIds(null, BATCH);
    while (ids.length > 0) {
      for (const id of ids) if (await this.lifetimes.tend(id)) done += 1;
      ids = await this.lifetimes.dueIds(ids.at(-1) ?? null, BATCH);
    }
    return done;
  }
}

/** Payments that were not recorded by their due moment are late. */
@Injectable()
export class MarkLatePaymentsJob implements PeriodicJob, OnModuleInit {
  readonly name = 'mark_late_payments';
  readonly schedule = AT_TWO;

  constructor(
    private readonly payments: PaymentService,
    private readonly jobs: PeriodicJobs,
  ) {}

  onModuleInit(): void {
    this.jobs.register(this);
  }

  @Cron(AT_TWO.cron, { timeZone: 'UTC' })
  async tick(): Promise<void> {
    await this.jobs.tick(this);
  }

  async nextDue(): Promise<Date | null> {
    return this.payments.firstOverdue();
  }

  async run(): Promise<number> {
    return workOff(
      () => this.payments.overdueIds(BATCH),
      (id) => this.payments.markLate(id),
    );
  }
}
