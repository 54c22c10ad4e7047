import { Injectable } from '@nestjs/common';
import { DAY_MS } from 'src/common/clock/durations';
import { DeadLetterRepository } from 'src/common/jobs/dead-letter.repository';
import { type Kept, RetentionJob } from 'src/common/jobs/retention';

/** What nobody has sent again in a month is of no use to its reader any more. */
const KEPT_MS = 30 * DAY_MS;

/** Throws away what was parked long ago. */
@Injectable()
export class DeadLetterRetentionJob extends RetentionJob {
  constructor(private readonly letters: DeadLetterRepository) {
    super();
  }

  protected kept(): readonly Kept[] {
    return [
      {
        oldest: () => this.letters.oldest(),
        forMs: KEPT_MS,
        letGoUntil: (end, limit) => this.letters.deleteUntil(end, limit),
      },
    ];
  }
}
