import { Injectable } from '@nestjs/common';
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
  constructor(
    private readonly store: ReceiptStore,
    private readonly users: UserService,
    private readonly closure: AccountClosureService,
    private readonly requests: ErasureRepository,
    private readonly receipts: ReceiptRepository,
    private readonly erasures: ErasureService,
  ) {}

  /** Running it again changes nothing. @throws ServiceUnavailable when the store is away */
  async reapply(): Promise<Reapplication> {
    const done: Reapplication = { erased: 0, settled: 0, unreadable: [] };
    for await (const name of this.store.names()) {
      const text = (await this.store.get(name))?.toString() ?? '';
      const receipt = readReceipt(text);
      if (!receipt) done.unreadable.push(name);
      else if ((await this.reopen(receipt)) && (await this.erasures.erase(receipt.userId))) done.erased += 1;
      else done.settled += 1;
    }
    return done;
  }

  /** False when there is nobody to erase. */
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
