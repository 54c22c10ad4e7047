import { Injectable } from '@nestjs/common';
import { Periodic } from 'src/common/jobs/periodic';
import { Schedule } from 'src/common/jobs/schedule';
import { workOff } from 'src/common/jobs/work-off';
import { batches } from 'src/common/paging/batches';
import { PackageLifetimeService } from './packages/package-lifetime.service';
import { PaymentService } from './payments/payment.service';

const BATCH = 100;
const AT_TWO = Schedule.dailyAt(2, 0);

/** Packages past their last day expire, those near it are warned of, and those never paid for are given up. */
@Injectable()
export class ExpirePackagesJob extends Periodic('expire_packages', AT_TWO) {
  constructor(private readonly lifetimes: PackageLifetimeService) {
    super();
  }

  async nextDue(): Promise<Date | null> {
    return this.lifetimes.firstDue();
  }

  async run(): Promise<number> {
    let done = 0;
    for await (const ids of batches<string>(BATCH, (last) => this.lifetimes.dueIds(last, BATCH)))
      for (const id of ids) if (await this.lifetimes.tend(id)) done += 1;
    return done;
  }
}

/** Payments that were not recorded by their due moment are late. */
@Injectable()
export class MarkLatePaymentsJob extends Periodic('mark_late_payments', AT_TWO) {
  constructor(private readonly payments: PaymentService) {
    super();
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
