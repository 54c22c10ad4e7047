import { Injectable } from '@nestjs/common';
import { DAY_MS } from 'src/common/clock/durations';
import { type Kept, RetentionJob } from 'src/common/jobs/retention';
import { ConsentRepository } from './consent.repository';

/**
 * After an erasure, the proof without the person stays five years (rules §17.2). The database refuses to let go sooner,
 * and some days more spare us leap years and clocks that differ.
 */
const CONSENTS_KEPT_DAYS = 1_830;

/** Lets go of consents of people who were erased long ago. */
@Injectable()
export class ConsentRetentionJob extends RetentionJob {
  constructor(private readonly consents: ConsentRepository) {
    super();
  }

  protected kept(): readonly Kept[] {
    return [
      {
        oldest: () => this.consents.firstDetached(),
        forMs: CONSENTS_KEPT_DAYS * DAY_MS,
        letGoUntil: (end, limit) => this.consents.deleteDetachedUntil(end, limit),
      },
    ];
  }
}
