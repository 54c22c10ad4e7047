import { Injectable } from '@nestjs/common';
import { Database } from 'src/common/transaction/database';
import { type CancellationPolicy, DEFAULT_POLICY } from 'src/modules/coach/coach.types';
import { StoredCancellationPolicy } from 'src/modules/coach/entities/cancellation-policy.entity';

@Injectable()
export class CancellationPolicyRepository {
  constructor(private readonly database: Database) {}

  /** The default where none is stored. */
  async find(coachId: string): Promise<CancellationPolicy> {
    return (await this.database.repository(StoredCancellationPolicy).findOneBy({ coachId })) ?? DEFAULT_POLICY;
  }

  async save(coachId: string, policy: CancellationPolicy, now: Date): Promise<void> {
    const { thresholdHours, mode, noshowIsDue, clientMessage } = policy;
    const row = { coachId, thresholdHours, mode, noshowIsDue, clientMessage, updatedAt: now };
    await this.database.repository(StoredCancellationPolicy).upsert(row, ['coachId']);
  }
}
