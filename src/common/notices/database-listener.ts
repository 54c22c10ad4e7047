import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Client } from 'pg';
import { AppConfig } from 'src/config/app-config';

const RECONNECT_MS = 250;
const ANSWER_MS = 2_000;
/** A connection can be dead without saying so: what is asked this often shows that notices still come through. */
const BEAT_MS = 400;
/** The product promises that a revoked key is refused within a second, so silence longer than that is no proof. */
const TRUSTED_MS = 1_000;

export type NoticeHandler = (payload: string) => void | Promise<void>;

/**
 * Hears NOTIFY of the database on a connection of its own, so that what one process changes the others know within
 * milliseconds. While the connection is away nothing can be heard: caches ask `isConnected` and stop trusting
 * themselves, and every `onReconnect` starts them afresh.
 */
@Injectable()
export class DatabaseListener implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(DatabaseListener.name);
  private readonly handlers = new Map<string, NoticeHandler>();
  private readonly reconnected: (() => void | Promise<void>)[] = [];
  private client: Client | null = null;
  /** Every notice sent before this moment has arrived. */
  private heardUntilMs = Number.NEGATIVE_INFINITY;
  private stopped = false;
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly config: AppConfig) {}

  /** Whether every notice older than a second has arrived. */
  get isConnected(): boolean {
    return performance.now() - this.heardUntilMs < TRUSTED_MS;
  }

  on(channel: string, handler: NoticeHandler): void {
    this.handlers.set(channel, handler);
  }

  onReconnect(handler: () => void | Promise<void>): void {
    this.reconnected.push(handler);
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.connect();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    if (this.timer) clearTimeout(this.timer);
    await this.client?.end().catch(() => undefined);
  }

  private async connect(): Promise<void> {
    const client = new Client({
      connectionString: this.config.directDatabaseUrl ?? undefined,
      application_name: 'mycoach-listen',
      connectionTimeoutMillis: ANSWER_MS,
      query_timeout: ANSWER_MS,
      keepAlive: true,
    });
    this.client = client;
    client.on('error', () => undefined);
    client.on('end', () => this.lost(client));
    client.on('notification', ({ channel, payload }) => void this.dispatch(channel, payload ?? ''));
    try {
      await client.connect();
      for (const channel of this.handlers.keys()) await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
      this.heardUntilMs = performance.now();
      for (const handler of this.reconnected) await handler();
      this.timer = setTimeout(() => void this.beat(client), BEAT_MS).unref();
    } catch (error) {
      this.logger.warn({ err: error }, 'cannot listen to the database, trying again');
      await client.end().catch(() => undefined);
      this.lost(client);
    }
  }

  /** Notices come in order with answers: an answer says that nothing sent before the question is still on its way. */
  private async beat(client: Client): Promise<void> {
    const askedAtMs = performance.now();
    try {
      await client.query('SELECT 1');
      if (client !== this.client || this.stopped) return;
      this.heardUntilMs = askedAtMs;
      this.timer = setTimeout(() => void this.beat(client), BEAT_MS).unref();
    } catch {
      await client.end().catch(() => undefined);
      this.lost(client);
    }
  }

  private lost(client: Client): void {
    if (client !== this.client) return;
    this.heardUntilMs = Number.NEGATIVE_INFINITY;
    this.client = null;
    if (this.timer) clearTimeout(this.timer);
    if (this.stopped) return;
    this.timer = setTimeout(() => void this.connect(), RECONNECT_MS).unref();
  }

  private async dispatch(channel: string, payload: string): Promise<void> {
    try {
      await this.handlers.get(channel)?.(payload);
    } catch (error) {
      this.logger.error({ err: error, channel }, 'a notice of the database was not handled');
    }
  }
}
