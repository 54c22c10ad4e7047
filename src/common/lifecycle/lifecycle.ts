import { Injectable } from '@nestjs/common';

/**
 * How far this process is on its way out. First it is stopping: it says that it is not ready and takes no more jobs, but
 * answers whoever comes, because its balancer has not heard yet. Then it is leaving: every answer asks its connection
 * not to come back.
 */
@Injectable()
export class Lifecycle {
  private stopping = false;
  private leaving = false;
  private readonly onStop: (() => void)[] = [];
  private readonly onLeave: (() => void)[] = [];

  get isStopping(): boolean {
    return this.stopping;
  }

  get isLeaving(): boolean {
    return this.leaving;
  }

  onStopping(handler: () => void): void {
    this.onStop.push(handler);
  }

  onLeaving(handler: () => void): void {
    this.onLeave.push(handler);
  }

  beginStopping(): void {
    if (this.stopping) return;
    this.stopping = true;
    for (const handler of this.onStop) handler();
  }

  beginLeaving(): void {
    this.beginStopping();
    if (this.leaving) return;
    this.leaving = true;
    for (const handler of this.onLeave) handler();
  }
}
