import { Injectable } from '@nestjs/common';
import type { JobPayload } from './job-queue';

export type JobHandler = (payload: JobPayload) => Promise<void>;

/** Who works off which job. Modules register at init. */
@Injectable()
export class JobRegistry {
  private readonly handlers = new Map<string, JobHandler>();

  register(task: string, handler: JobHandler): void {
    if (this.handlers.has(task)) throw new Error(`Two handlers for the job "${task}"`);
    this.handlers.set(task, handler);
  }

  entries(): [string, JobHandler][] {
    return [...this.handlers.entries()];
  }
}
