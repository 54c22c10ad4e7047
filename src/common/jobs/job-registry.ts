import { Injectable } from '@nestjs/common';
import type { JobPayload } from './job-queue';

export type JobHandler = (payload: JobPayload, run: JobRun) => Promise<void>;

/** Which run of a job this is. */
export interface JobRun {
  /** 1 for the first. */
  attempt: number;
  /** After this one it is not tried again. */
  isLast: boolean;
}

export const MESSAGE_CHANNELS = ['email', 'sms', 'push'] as const;
export type MessageChannel = (typeof MESSAGE_CHANNELS)[number];

/** A job that carries a message: when it fails for good it is kept as a dead letter. */
export interface MessageJob {
  channel: MessageChannel;
  /** What kind of message it is, and whom it is for; nothing that names a person. */
  describe(payload: JobPayload): Promise<{ type: string; userId: string | null }>;
  /**
   * The message has failed for good and is parked as a dead letter. Called in the transaction that parks it: what this
   * changes commits with the letter, and a failure here leaves the job to be parked later.
   *
   * @param errorCode of `DeliveryFailure`, else the name of what was thrown
   */
  parked?(payload: JobPayload, errorCode: string): Promise<void>;
  /** An administrator sends the letter again. Called in the transaction that adds the job anew and takes the letter away. */
  replayed?(payload: JobPayload): Promise<void>;
}

export interface RegisteredJob {
  handler: JobHandler;
  message: MessageJob | null;
}

/** Who works off which job. Modules register at init. */
@Injectable()
export class JobRegistry {
  private readonly jobs = new Map<string, RegisteredJob>();

  register(task: string, handler: JobHandler, message: MessageJob | null = null): void {
    if (this.jobs.has(task)) throw new Error(`Two handlers for the job "${task}"`);
    this.jobs.set(task, { handler, message });
  }

  entries(): [string, RegisteredJob][] {
    return [...this.jobs.entries()];
  }

  find(task: string): RegisteredJob | undefined {
    return this.jobs.get(task);
  }

  /** The jobs that carry messages, of one channel or of all. */
  messageTasks(channel?: MessageChannel): string[] {
    return this.entries().flatMap(([task, { message }]) =>
      message && (channel === undefined || message.channel === channel) ? [task] : [],
    );
  }
}
