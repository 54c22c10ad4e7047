import { Logger } from '@nestjs/common';
import { DeliveryFailure } from 'src/common/outbound/delivery-failure';
import { endingOf, errorCodeOf } from './ending.rules';
import type { JobHandler } from './job-registry';

const logger = new Logger('BestEffort');

/**
 * For jobs that ask a provider for what nobody can mend once it has failed for good: such a job ends, and leaves nothing
 * in the queue, neither a row that somebody has to look at nor the secrets that it carried. A fault of ours stays there,
 * as with every other job.
 */
export function bestEffort(task: string, handler: JobHandler): JobHandler {
  return async (payload, run) => {
    try {
      await handler(payload, run);
    } catch (error) {
      if (!(error instanceof DeliveryFailure) || endingOf(error, run, 0).outcome !== 'dead') throw error;
      logger.warn({ job: task, attempt: run.attempt, code: errorCodeOf(error) }, 'a job was given up');
    }
  };
}
