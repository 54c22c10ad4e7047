import { Injectable } from '@nestjs/common';
import type { PageQuery, Rows } from 'src/common/paging/page';
import { Database } from 'src/common/transaction/database';
import { Certification } from 'src/modules/coach/entities/certification.entity';
import { IsNull } from 'typeorm';
import type { CertificationClaim } from './certification.dto';

/** What an admin decided, or that nobody has yet. */
export type Verdict = Pick<Certification, 'verified' | 'reviewedAt' | 'rejectionReason'>;

export const AWAITING_REVIEW: Verdict = { verified: false, reviewedAt: null, rejectionReason: null };

@Injectable()
export class CertificationRepository {
  constructor(private readonly database: Database) {}

  /** Newest first. */
  async findByCoach(coachId: string): Promise<Certification[]> {
    return this.database
      .repository(Certification)
      .find({ where: { coachId }, order: { createdAt: 'DESC', id: 'ASC' } });
  }

  /** Those that nobody has judged, oldest first. */
  async pending({ offset, limit }: PageQuery): Promise<Rows<Certification>> {
    const [rows, total] = await this.database.repository(Certification).findAndCount({
      where: { reviewedAt: IsNull() },
      order: { createdAt: 'ASC', id: 'ASC' },
      skip: offset,
      take: limit,
    });
    return { rows, total };
  }

  /** Locked, so that a change and a verdict follow one another. */
  async lock(id: string): Promise<Certification | null> {
    return this.find({ id });
  }

  /** The same, of this coach only. */
  async lockOwned(coachId: string, id: string): Promise<Certification | null> {
    return this.find({ id, coachId });
  }

  async insert(coachId: string, claim: CertificationClaim, now: Date): Promise<Certification> {
    const repository = this.database.repository(Certification);
    const row = repository.create({ coachId, ...claim, ...AWAITING_REVIEW, createdAt: now, updatedAt: now });
    await repository.insert(row);
    return row;
  }

  async update(
    certification: Certification,
    changes: Partial<CertificationClaim> & Verdict,
    now: Date,
  ): Promise<Certification> {
    const written = { ...changes, updatedAt: now };
    await this.database.repository(Certification).update({ id: certification.id }, written);
    return Object.assign(certification, written);
  }

  async delete({ id }: Certification): Promise<void> {
    await this.database.repository(Certification).delete({ id });
  }

  private find(where: { id: string; coachId?: string }): Promise<Certification | null> {
    return this.database.repository(Certification).findOne({ where, lock: { mode: 'for_no_key_update' } });
  }
}
