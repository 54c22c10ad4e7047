import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { AppConfig } from 'src/config/app-config';
import type { LimitState } from './limit-state';

const WINDOW_SECONDS = 60;
/** Requests a minute (contract §1.6). */
const A_MINUTE = { key: 300, ip: 120 } as const;
const REDIS_ANSWER_MS = 300;

export type RequestCounterName = keyof typeof A_MINUTE;

/**
 * The general request limits: kept by each process for itself, and by all together in Redis when `REDIS_URL` is set.
 * While Redis is away each process counts for itself: a limit that is a little too generous for some seconds serves
 * people better than an outage.
 */
export class RequestCounters implements OnApplicationShutdown {
  private readonly logger = new Logger(RequestCounters.name);
  private readonly limiters: Record<RequestCounterName, RateLimiterAbstract>;

  private constructor(
    config: AppConfig,
    private readonly redis: Redis | null,
  ) {
    redis?.on('error', (error: Error) => this.logger.warn({ err: error }, 'the counters of Redis are out of reach'));
    this.limiters = {
      key: this.limiter('key', config.rateLimitFactor),
      ip: this.limiter('ip', config.rateLimitFactor),
    };
  }

  /** The client of Redis is loaded only where there is a Redis. */
  static async of(config: AppConfig): Promise<RequestCounters> {
    if (!config.redisUrl) return new RequestCounters(config, null);
    const { Redis: Client } = await import('ioredis');
    const redis = new Client(config.redisUrl, {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      connectTimeout: 1_000,
      commandTimeout: REDIS_ANSWER_MS,
      retryStrategy: (attempt) => Math.min(attempt * 100, 1_000),
    });
    return new RequestCounters(config, redis);
  }

  onApplicationShutdown(): void {
    this.redis?.disconnect();
  }

  async hit(name: RequestCounterName, subject: string): Promise<LimitState> {
    const limiter = this.limiters[name];
    const limit = limiter.points;
    try {
      const state = await limiter.consume(subject);
      return { allowed: true, limit, remaining: state.remainingPoints, reset: secondsOf(state) };
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) return { allowed: false, limit, remaining: 0, reset: secondsOf(refusal) };
      throw refusal;
    }
  }

  /** Where the subject stands, without counting; allowed is whether one more request would be. */
  async look(name: RequestCounterName, subject: string): Promise<LimitState> {
    const limiter = this.limiters[name];
    const limit = limiter.points;
    const state = await limiter.get(subject);
    if (state === null) return { allowed: true, limit, remaining: limit, reset: WINDOW_SECONDS };
    const remaining = Math.max(0, state.remainingPoints);
    return { allowed: remaining > 0, limit, remaining, reset: secondsOf(state) };
  }

  private limiter(name: RequestCounterName, factor: number): RateLimiterAbstract {
    const window = { points: Math.ceil(A_MINUTE[name] * factor), duration: WINDOW_SECONDS, keyPrefix: `limit:${name}` };
    const own = new RateLimiterMemory(window);
    if (!this.redis) return own;
    return new RateLimiterRedis({
      ...window,
      storeClient: this.redis,
      rejectIfRedisNotReady: true,
      insuranceLimiter: own,
    });
  }
}

function secondsOf({ msBeforeNext }: RateLimiterRes): number {
  return Math.max(1, Math.ceil(msBeforeNext / 1_000));
}
