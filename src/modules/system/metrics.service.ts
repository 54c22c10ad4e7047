import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { isOneOf } from 'src/common/crypto/keyed-hash';
import { Metrics } from 'src/common/metrics/metrics';
import { Database } from 'src/common/transaction/database';
import { ReadReplica } from 'src/common/transaction/read-replica';
import { AppConfig } from 'src/config/app-config';
import { MetricsTokenInvalid } from './system.errors';
import { SystemRepository } from './system.repository';

const PATIENCE_MS = 500;
const UNREF = { ref: false };

/** The figures of this process in the text format of Prometheus. */
@Injectable()
export class MetricsService {
  constructor(
    private readonly metrics: Metrics,
    private readonly config: AppConfig,
    private readonly database: Database,
    private readonly replica: ReadReplica,
    private readonly system: SystemRepository,
  ) {}

  /**
   * For callers of the public port: open in development, in production with the bearer `METRICS_TOKEN` only.
   *
   * @throws MetricsTokenInvalid
   */
  async textFor(authorization: string | undefined): Promise<string> {
    if (this.config.isProduction && !this.isToken(authorization)) throw new MetricsTokenInvalid();
    return this.text();
  }

  /** For the port that the outside does not reach. */
  async text(): Promise<string> {
    this.metrics.poolIs(this.database.poolState());
    this.metrics.replicaIs(this.replica.lagSeconds);
    // The figures are wanted most when the database is away: what it does not say in time is left as it was.
    const [queue, channels] = await Promise.all([
      inTime(this.system.queueState()),
      inTime(this.system.channelStates()),
    ]);
    if (queue) this.metrics.queueIs(queue);
    if (channels) this.metrics.messagesAre(channels);
    return this.metrics.registry.metrics();
  }

  private isToken(authorization: string | undefined): boolean {
    const given = /^Bearer (.+)$/.exec(authorization ?? '')?.[1];
    return given !== undefined && isOneOf(this.config.metricsTokens, given);
  }
}

async function inTime<T>(figures: Promise<T>): Promise<T | null> {
  return Promise.race([figures.catch(() => null), pause(PATIENCE_MS, null, UNREF)]);
}
