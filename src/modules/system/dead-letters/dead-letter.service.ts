import { Injectable } from '@nestjs/common';
import { AuditLog } from 'src/common/audit/audit-log';
import { type DeadLetter, DeadLetterRepository } from 'src/common/jobs/dead-letter.repository';
import { DeadLetters } from 'src/common/jobs/dead-letters';
import type { Rows } from 'src/common/paging/page';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import type { ListDeadLettersQuery } from './dead-letter.dto';
import { DeadLetterNotFound } from './dead-letter.errors';

/** What an administrator does about messages that could not be delivered. */
@Injectable()
export class DeadLetterService {
  constructor(
    private readonly parked: DeadLetters,
    private readonly letters: DeadLetterRepository,
    private readonly audit: AuditLog,
  ) {}

  /** Newest first. */
  async page(query: ListDeadLettersQuery): Promise<Rows<DeadLetter>> {
    return this.letters.page(query.channel ?? null, query);
  }

  /**
   * Has a message sent again, as if for the first time. Of two who ask at once one is told that it is not there.
   *
   * @throws DeadLetterNotFound
   */
  @Transactional()
  async replay(id: string): Promise<void> {
    if (!(await this.parked.replay(id))) throw new DeadLetterNotFound();
    await this.audit.write('dead_letter.replayed', { type: 'dead_letter', id });
  }

  /** @throws DeadLetterNotFound */
  @Transactional()
  async discard(id: string): Promise<void> {
    if (!(await this.letters.take(id))) throw new DeadLetterNotFound();
    await this.audit.write('dead_letter.discarded', { type: 'dead_letter', id });
  }
}
