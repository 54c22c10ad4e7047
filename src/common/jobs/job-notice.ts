import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';

/** What the library's own functions say, to which its workers listen: so many of each lane look into the queue. */
export const TELL: Statement = {
  name: 'job_notice',
  text: `SELECT pg_notify('jobs:insert', json_build_object('count', $1::int)::text)`,
};
/** More often than this the workers need not be told. */
const GAP_MS = 20;

/**
 * Tells the processes that work off jobs that there are new ones. Said after the commit, and once for all that come at
 * nearly the same time: PostgreSQL has one lock for the notices of all transactions, which a transaction that says one
 * itself holds while it is written to disk (ADR 0003). A notice that is lost costs a second: the workers look by
 * themselves that often.
 */
@Injectable()
export class JobNotice {
  private readonly logger = new Logger(JobNotice.name);
  private untold = 0;
  private isTelling = false;

  constructor(private readonly database: Database) {}

  /** @param jobs how many are new */
  ring(jobs: number): void {
    this.untold += jobs;
    if (!this.isTelling) void this.tell();
  }

  private async tell(): Promise<void> {
    this.isTelling = true;
    while (this.untold > 0) {
      const jobs = this.untold;
      this.untold = 0;
      await this.database.query(TELL, [jobs]).catch((error: unknown) => {
        this.logger.debug({ err: error }, 'the workers were not told of new jobs');
      });
      await pause(GAP_MS, undefined, { ref: false });
    }
    this.isTelling = false;
  }
}
