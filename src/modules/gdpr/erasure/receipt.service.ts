import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { ReceiptStore } from 'src/common/storage/storage';
import type { ErasureReceipt } from 'src/modules/gdpr/entities/erasure-receipt.entity';
import { receiptName, receiptText } from './receipt.format';
import { ReceiptRepository } from './receipt.repository';

const BATCH = 100;

/** Keeps receipts beside the database too: a backup of it is older than they are. */
@Injectable()
export class ReceiptService {
  constructor(
    private readonly receipts: ReceiptRepository,
    private readonly store: ReceiptStore,
    private readonly clock: Clock,
  ) {}

  /** Running it twice writes the same again. @throws ServiceUnavailable */
  async file(userId: string): Promise<void> {
    const receipt = await this.receipts.find(userId);
    if (receipt) await this.put(receipt);
  }

  /** Those whose job was given up, because the store was away for too long. @throws ServiceUnavailable */
  async fileLeft(): Promise<void> {
    let left = await this.receipts.unfiled(BATCH);
    while (left.length > 0) {
      for (const userId of left) await this.file(userId);
      left = await this.receipts.unfiled(BATCH);
    }
  }

  private async put(receipt: ErasureReceipt): Promise<void> {
    await this.store.put(receiptName(receipt.userId), Buffer.from(receiptText(receipt)));
    await this.receipts.markFiled(receipt.userId, this.clock.now());
  }
}
