import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';
import type { ErasureReceipt } from 'src/modules/gdpr/entities/erasure-receipt.entity';

const COLUMNS = `user_id AS "userId", requested_at AS "requestedAt", erased_at AS "erasedAt", parts,
           filed_at AS "filedAt"`;
const INSERT: Statement = {
  name: 'erasure_receipt_insert',
  text: `INSERT INTO erasure_receipts (user_id, requested_at, erased_at, parts) VALUES ($1, $2, $3, $4)
         ON CONFLICT (user_id) DO NOTHING`,
};
const FIND: Statement = {
  name: 'erasure_receipt_find',
  text: `SELECT ${COLUMNS} FROM erasure_receipts WHERE user_id = $1`,
};
const FILED: Statement = {
  name: 'erasure_receipt_filed',
  text: 'UPDATE erasure_receipts SET filed_at = $2 WHERE user_id = $1',
};
const UNFILED: Statement = {
  name: 'erasure_receipt_unfiled',
  text: `SELECT user_id AS "userId" FROM erasure_receipts WHERE filed_at IS NULL ORDER BY erased_at LIMIT $1`,
};

/** What is left to tell that somebody was erased. */
@Injectable()
export class ReceiptRepository {
  constructor(private readonly database: Database) {}

  async insert({ userId, requestedAt, erasedAt, parts }: Omit<ErasureReceipt, 'filedAt'>): Promise<void> {
    await this.database.execute(INSERT, [userId, requestedAt, erasedAt, parts]);
  }

  async find(userId: string): Promise<ErasureReceipt | null> {
    return this.database.first<ErasureReceipt>(FIND, [userId]);
  }

  async markFiled(userId: string, at: Date): Promise<void> {
    await this.database.execute(FILED, [userId, at]);
  }

  /** Those that stand in the database alone, oldest first. */
  async unfiled(limit: number): Promise<string[]> {
    return this.database.values<string>(UNFILED, [limit]);
  }
}
