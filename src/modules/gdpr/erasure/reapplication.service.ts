import { Injectable, Logger } from '@nestjs/common';
import { Failures } from 'src/common/jobs/failures';
import { ReceiptStore } from 'src/common/storage/storage';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { AccountClosureService } from 'src/modules/auth/closure/account-closure.service';
import { UserService } from 'src/modules/auth/user.service';
import { ErasureRepository } from './erasure.repository';
import { ErasureService } from './erasure.service';
import { type FiledReceipt, readReceipt } from './receipt.format';
import { ReceiptRepository } from './receipt.repository';

/** What became of the receipts. */
export interface Reapplication {
  /** People whom the backup had brought back. */
  erased: number;
  /** Erased in the backup too, or not in it. */
  settled: number;
  /** Names of files that are no receipts. */
  unreadable: string[];
}

/** After a backup was restored that is older than some erasures: erases those people again, before anybody is served. */
@Injectable()
export class ReapplicationService {
  private readonly logger = new Logger(ReapplicationService.name);

  constructor(
    private readonly store: ReceiptStore,
    private readonly users: UserService,
    private readonly closure: AccountClosureService,
    private readonly requests: ErasureRepository,
    private readonly receipts: ReceiptRepository,
    private readonly erasures: ErasureService,
  ) {}

  /**
   * Running it again changes nothing. One who cannot be erased keeps nobody else from it.
   *
   * @throws ServiceUnavailable when the store is away
   * @throws AggregateError at the end, when somebody could not be erased
   */
  async reapply(): Promise<Reapplication> {
    const done: Reapplication = { erased: 0, settled: 0, unreadable: [] };
    const failures = new Failures(this.logger, 'somebody could not be erased again');
    for await (const name of this.store.names()) {
      const text = (await this.store.get(name))?.toString() ?? '';
      const receipt = readReceipt(text);
      if (!receipt) done.unreadable.push(name);
      else
        await failures.catch({ userId: receipt.userId }, async () => {
          if (await this.again(receipt)) done.erased += 1;
          else done.settled += 1;
        });
    }
    failures.throwAny();
    return done;
  }

  /** False when there is nobody to erase. @throws Error when there is, and he was not */
  private async again(receipt: FiledReceipt): Promise<boolean> {
    if (!(await this.reopen(receipt))) return false;
    if (await this.erasures.erase(receipt.userId)) return true;
    throw new Error('Somebody is back and was not erased: the clock is behind his receipt, or another process has him');
  }

  @Transactional()
  private async reopen({ userId, requestedAt, erasedAt }: FiledReceipt): Promise<boolean> {
    const user = await this.users.findContact(userId);
    if (!user) return false;
    if (user.status === 'deleted') {
      await this.receipts.insert({ userId, requestedAt, erasedAt, parts: [] });
      return false;
    }
    await this.closure.close(userId, null);
    await this.requests.reopen(userId, requestedAt, erasedAt);
    return true;
  }
}
