import { Injectable } from '@nestjs/common';

/** Whether this process is on its way out. */
@Injectable()
export class Lifecycle {
  private stopping = false;

  get isStopping(): boolean {
    return this.stopping;
  }

  /** From now on the process says that it is not ready, and asks kept-alive connections to go elsewhere. */
  beginStopping(): void {
    this.stopping = true;
  }
}
