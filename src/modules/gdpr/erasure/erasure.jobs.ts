import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { Clock } from 'src/common/clock/clock';
import { Failures } from 'src/common/jobs/failures';
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
  private readonly logger = new Logger(AnonymiseAccountsJob.name);

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

  /** A store of receipts that is away, or an account that cannot be settled, keeps nobody from being erased. */
  async run(): Promise<number> {
    const failures = new Failures(this.logger, 'a part of the work of the night was not done');
    const since = new Date(this.clock.nowMs() - TWO_DAYS_MS);
    let erased = 0;
    await failures.catch({ part: 'settle' }, () => this.deletions.settleSince(since));
    await failures.catch({ part: 'file receipts' }, () => this.receipts.fileLeft());
    await failures.catch({ part: 'erase' }, async () => {
      erased = await this.erasures.eraseDue(BATCH);
    });
    failures.throwAny();
    return erased;
  }
}
