import { Injectable, Logger } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { Failures } from 'src/common/jobs/failures';
import { JobQueue } from 'src/common/jobs/job-queue';
import { batches } from 'src/common/paging/batches';
import { type PersonalDataPart, PersonalDataParts } from 'src/common/personal-data/personal-data';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { UserService } from 'src/modules/auth/user.service';
import { ErasureRepository } from './erasure.repository';
import { erasureOrder } from './erasure.rules';
import { ReceiptRepository } from './receipt.repository';

export const FILE_RECEIPT = 'gdpr.file_receipt';

/** What a step found: work left, none left, or nobody to erase, because somebody else has him or he stays. */
type Step = 'more' | 'done' | 'not_ours';

/**
 * Erases people whose date has come. Every part is a transaction of its own that also notes it as done: a process that
 * dies is followed by one that goes on where it was, and doing a part twice changes nothing.
 */
@Injectable()
export class ErasureService {
  private readonly logger = new Logger(ErasureService.name);

  constructor(
    private readonly parts: PersonalDataParts,
    private readonly requests: ErasureRepository,
    private readonly receipts: ReceiptRepository,
    private readonly users: UserService,
    private readonly jobs: JobQueue,
    private readonly clock: Clock,
  ) {}

  /**
   * Everybody whose date has come; answers how many were erased. One who cannot be erased keeps nobody else waiting,
   * and the failure is thrown at the end.
   */
  async eraseDue(batch: number): Promise<number> {
    const failures = new Failures(this.logger, 'somebody could not be erased');
    let erased = 0;
    for await (const ids of batches<string>(batch, (last) => this.requests.due(this.clock.now(), last, batch)))
      for (const userId of ids)
        await failures.catch({ userId }, async () => {
          if (await this.erase(userId)) erased += 1;
        });
    failures.throwAny();
    return erased;
  }

  /** False when there is nobody to erase, or another process does it. */
  async erase(userId: string): Promise<boolean> {
    const parts = erasureOrder(this.parts.all());
    for (const part of parts) {
      let step = await this.step(userId, part);
      while (step === 'more') step = await this.step(userId, part);
      if (step === 'not_ours') return false;
    }
    return this.finish(
      userId,
      parts.map(({ name }) => name),
    );
  }

  async nextDue(): Promise<Date | null> {
    return this.requests.first();
  }

  @Transactional()
  private async step(userId: string, part: PersonalDataPart): Promise<Step> {
    const now = this.clock.now();
    const request = await this.requests.take(userId);
    if (!request || now < request.effectiveAt) return 'not_ours';
    if (request.doneParts.includes(part.name)) return 'done';
    const user = await this.users.findContact(userId);
    if (!user) return 'not_ours';
    const outcome = await part.erase({ userId, locale: user.locale, timezone: user.timezone }, now);
    await this.requests.note(userId, now, outcome === 'done' ? part.name : null);
    return outcome;
  }

  /** The account is nobody's by now: what is left is the receipt. */
  @Transactional()
  private async finish(userId: string, parts: string[]): Promise<boolean> {
    const request = await this.requests.take(userId);
    if (!request) return false;
    const user = await this.users.findContact(userId);
    if (user?.status !== 'deleted') throw new Error('An account was erased and still is somebody’s');
    await this.receipts.insert({ userId, requestedAt: request.requestedAt, erasedAt: this.clock.now(), parts });
    await this.requests.close(userId);
    await this.jobs.add(FILE_RECEIPT, { userId });
    return true;
  }
}
