import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { Clock } from 'src/common/clock/clock';
import { JobRegistry } from 'src/common/jobs/job-registry';
import { type PeriodicJob, PeriodicJobs } from 'src/common/jobs/periodic-jobs';
import { Schedule } from 'src/common/jobs/schedule';
import { DeletionRequestService } from './deletion-request.service';
import { ErasureService, FILE_RECEIPT } from './erasure.service';
import { ReceiptService } from './receipt.service';

const BATCH = 100;
const TWO_DAYS_MS = 2 * 86_400_000;
const AT_THREE = Schedule.dailyAt(3, 0);

/** Erases whose 30 days are over, and files what tells of it. */
@Injectable()
export class AnonymiseAccountsJob implements PeriodicJob, OnModuleInit {
  readonly name = 'anonymise_accounts';
  readonly schedule = AT_THREE;

  constructor(
    private readonly erasures: ErasureService,
    private readonly deletions: DeletionRequestService,
    private readonly receipts: ReceiptService,
    private readonly clock: Clock,
    private readonly jobs: PeriodicJobs,
    private readonly registry: JobRegistry,
  ) {}

  onModuleInit(): void {
    this.jobs.register(this);
    this.registry.register(FILE_RECEIPT, ({ userId }) => this.receipts.file(String(userId)));
  }

  @Cron(AT_THREE.cron, { timeZone: 'UTC' })
  async tick(): Promise<void> {
    await this.jobs.tick(this);
  }

  async nextDue(): Promise<Date | null> {
    return this.erasures.nextDue();
  }

  async run(): Promise<number> {
    await this.deletions.settleSince(new Date(this.clock.nowMs() - TWO_DAYS_MS));
    await this.receipts.fileLeft();
    return this.erasures.eraseDue(BATCH);
  }
}
