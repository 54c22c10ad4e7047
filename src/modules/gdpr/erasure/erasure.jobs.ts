import { Injectable, Logger } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { DAY_MS } from 'src/common/clock/durations';
import { Failures } from 'src/common/jobs/failures';
import { JobRegistry } from 'src/common/jobs/job-registry';
import { Periodic } from 'src/common/jobs/periodic';
import { Schedule } from 'src/common/jobs/schedule';
import { DeletionRequestService } from './deletion-request.service';
import { ErasureService, FILE_RECEIPT } from './erasure.service';
import { ReceiptService } from './receipt.service';

const BATCH = 100;
const TWO_DAYS_MS = 2 * DAY_MS;

/** Erases whose 30 days are over, and files what tells of it. */
@Injectable()
export class AnonymiseAccountsJob extends Periodic('anonymise_accounts', Schedule.dailyAt(3, 0)) {
  private readonly logger = new Logger(AnonymiseAccountsJob.name);

  constructor(
    private readonly erasures: ErasureService,
    private readonly deletions: DeletionRequestService,
    private readonly receipts: ReceiptService,
    private readonly clock: Clock,
    private readonly registry: JobRegistry,
  ) {
    super();
  }

  override onModuleInit(): void {
    super.onModuleInit();
    this.registry.register(FILE_RECEIPT, ({ userId }) => this.receipts.file(String(userId)));
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
