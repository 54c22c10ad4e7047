import { Logger } from '@nestjs/common';
import {
  circuitBreaker,
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  handleWhen,
  type IBackoff,
  isBrokenCircuitError,
} from 'cockatiel';
import type { Metrics } from 'src/common/metrics/metrics';
import { DeliveryFailure } from './delivery-failure';
import { ProviderPaused } from './provider-paused';

/** So many messages in a row that could not be sent: it is the provider, not the messages. */
const FAILURES = 5;
const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 300_000;
/** Whoever answers a byte now and then never runs into the timeouts of a silence. */
const PATIENCE_MS = 30_000;

/** What became of a message that reached somebody who answers. */
type Answered<T> = { sent: T } | { refusal: DeliveryFailure };

/**
 * Stands before a provider. When it fails for one message after another it is left alone for a while, and a single
 * message tries whether it is back. A message that fails again and again proves nothing by that, and one that is refused
 * for good, or by somebody behind the provider, proves that the provider is there.
 */
export class ProviderGuard {
  private readonly logger = new Logger(ProviderGuard.name);
  private readonly policy: CircuitBreakerPolicy;
  /** Messages that failed since the last one that did not. */
  private readonly failing = new Set<string>();
  private readonly counted = new WeakSet<Error>();
  private pausedUntil = 0;

  constructor(
    private readonly channel: string,
    private readonly metrics: Metrics,
    private readonly patienceMs = PATIENCE_MS,
  ) {
    this.policy = circuitBreaker(
      handleWhen((error) => this.counted.has(error)),
      { breaker: new ConsecutiveBreaker(FAILURES), halfOpenAfter: { next: () => this.pauseOf(FIRST_PAUSE_MS) } },
    );
    this.policy.onStateChange((state) => this.tell(state));
    metrics.providerIs(channel, false);
  }

  /**
   * @param messageId the same for every attempt of one message
   * @throws ProviderPaused while the provider is left alone
   * @throws DeliveryFailure
   */
  async run<T>(messageId: string, send: () => Promise<T>): Promise<T> {
    const answered = await this.policy
      .execute(() => this.attempt(messageId, send))
      .catch((error: unknown) => {
        if (!isBrokenCircuitError(error)) throw error;
        throw new ProviderPaused(Math.max(0, this.pausedUntil - performance.now()));
      });
    this.failing.clear();
    if ('refusal' in answered) throw answered.refusal;
    return answered.sent;
  }

  private async attempt<T>(messageId: string, send: () => Promise<T>): Promise<Answered<T>> {
    try {
      return { sent: await this.inTime(send()) };
    } catch (error) {
      // Anything else is a fault of ours, and says nothing about the provider.
      if (!(error instanceof DeliveryFailure)) throw error;
      if (error.isFinal || !error.blamesProvider) return { refusal: error };
      const isNews = this.policy.state === CircuitState.HalfOpen || !this.failing.has(messageId);
      if (isNews) this.counted.add(error);
      this.failing.add(messageId);
      throw error;
    }
  }

  private async inTime<T>(sending: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new DeliveryFailure('too slow', false)), this.patienceMs);
    });
    return Promise.race([sending, tooLate]).finally(() => clearTimeout(timer));
  }

  /** Asked for whenever a pause begins: each that follows on another is twice as long. */
  private pauseOf(ms: number): IBackoff<unknown> {
    this.pausedUntil = performance.now() + ms;
    return { duration: ms, next: () => this.pauseOf(Math.min(ms * 2, LONGEST_PAUSE_MS)) };
  }

  private tell(state: CircuitState): void {
    const isPaused = state !== CircuitState.Closed;
    this.metrics.providerIs(this.channel, isPaused);
    if (state === CircuitState.Open)
      this.logger.warn({ channel: this.channel }, 'a provider fails and is left alone for a while');
    else if (!isPaused) this.logger.log({ channel: this.channel }, 'a provider is back');
  }
}
