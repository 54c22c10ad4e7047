import type { ChildProcess } from 'node:child_process';

/** A server from the moment it is spawned: made in the same tick, so that its end is never missed. */
export class ServerProcess {
  readonly pid: number | undefined;
  readonly ended: Promise<void>;
  private reason: string | null = null;

  constructor(child: ChildProcess) {
    this.pid = child.pid;
    this.ended = new Promise((resolve) => {
      child.once('error', (error) => {
        this.end(error.message);
        resolve();
      });
      child.once('exit', (code, signal) => {
        this.end(`it ended at once (${signal ?? `exit code ${String(code)}`})`);
        resolve();
      });
    });
  }

  /** Why it runs no more, or null while it runs. */
  get endedBecause(): string | null {
    return this.reason;
  }

  private end(reason: string): void {
    this.reason ??= reason;
  }
}
