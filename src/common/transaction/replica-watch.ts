import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Pool } from 'pg';
import { AppConfig } from 'src/config/app-config';
import { directOptions, replicaOptions } from 'src/database/connection';

const BEAT_MS = 500;
const ANSWER_MS = 1_000;
const WATCH = { application_name: 'mycoach-replica-watch', max: 1, connectionTimeoutMillis: ANSWER_MS };

const WRITTEN = 'SELECT pg_current_wal_lsn() AS position';
/** How many of these positions, which are in order, the replica has passed. A server that follows nobody passes none. */
const PASSED = `SELECT count(*)::int AS passed FROM unnest($1::pg_lsn[]) AS mark (position)
                WHERE pg_is_in_recovery() AND position <= pg_last_wal_replay_lsn()`;

/** Where the primary had come to at a moment. */
interface Mark {
  position: string;
  atMs: number;
}

/**
 * How old the state is that the replica shows. The primary is asked again and again how far it has written, and the
 * replica which of these marks it has passed: whatever was committed before the youngest of them it shows. The replica's
 * own word on its lag is not enough: cut off from the primary it believes that nothing happens any more.
 */
@Injectable()
export class ReplicaWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(ReplicaWatch.name);
  private marks: Mark[] = [];
  private knownUntilMs = Number.NEGATIVE_INFINITY;
  private wasNear: boolean | null = null;
  private timer: NodeJS.Timeout | null = null;
  private pools: { primary: Pool; replica: Pool } | null = null;

  constructor(private readonly config: AppConfig) {}

  /** Whether it shows everything that was committed before the bound of the configuration. */
  get isNear(): boolean {
    return this.lagMs <= this.config.replicaMaxLagMs;
  }

  /** At most so much is missing; infinite when nothing is known. */
  get lagMs(): number {
    return performance.now() - this.knownUntilMs;
  }

  onApplicationBootstrap(): void {
    if (this.config.replicaUrl === null || !this.config.servesHttp) return;
    const primary = new Pool({ ...directOptions(this.config), ...WATCH, query_timeout: ANSWER_MS });
    const replica = new Pool({ ...replicaOptions(this.config), ...WATCH, query_timeout: ANSWER_MS });
    // A connection that is lost is seen by the next beat.
    for (const pool of [primary, replica]) pool.on('error', () => undefined);
    this.pools = { primary, replica };
    void this.beat();
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    const { pools } = this;
    this.pools = null;
    await Promise.all([pools?.primary.end(), pools?.replica.end()]);
  }

  /** It failed somebody: nothing is known until it has answered again. */
  doubt(): void {
    this.knownUntilMs = Number.NEGATIVE_INFINITY;
    this.marks = [];
  }

  private async beat(): Promise<void> {
    try {
      await this.look();
    } catch {
      // Not known is not near: time tells.
    }
    if (this.pools === null) return;
    this.tellChange();
    this.timer = setTimeout(() => void this.beat(), BEAT_MS).unref();
  }

  private async look(): Promise<void> {
    if (!this.pools) return;
    const { primary, replica } = this.pools;
    const atMs = performance.now();
    const written = await primary.query<{ position: string }>(WRITTEN);
    const youngest = this.marks.filter((mark) => atMs - mark.atMs < this.config.replicaMaxLagMs);
    this.marks = [...youngest, ...written.rows.map(({ position }) => ({ position, atMs }))];
    const asked = this.marks;
    const { rows } = await replica.query<{ passed: number }>(PASSED, [asked.map(({ position }) => position)]);
    const passed = rows[0]?.passed ?? 0;
    const last = asked[passed - 1];
    // Whoever doubted it meanwhile has thrown these marks away.
    if (!last || asked !== this.marks) return;
    this.knownUntilMs = last.atMs;
    this.marks = asked.slice(passed - 1);
  }

  private tellChange(): void {
    const { isNear } = this;
    if (isNear === this.wasNear) return;
    this.wasNear = isNear;
    if (isNear) this.logger.log('the replica is read');
    else this.logger.warn('the replica is away or too far behind: everything is read from the primary');
  }
}
