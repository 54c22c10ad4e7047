import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Client } from 'pg';
import { AppConfig } from 'src/config/app-config';

const RECONNECT_MS = 250;

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
  private connected = false;
  private stopped = false;
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly config: AppConfig) {}

  get isConnected(): boolean {
    return this.connected;
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
      connectionString: this.config.databaseUrl ?? undefined,
      application_name: 'mycoach-listen',
      connectionTimeoutMillis: 2_000,
      keepAlive: true,
    });
    this.client = client;
    client.on('error', () => undefined);
    client.on('end', () => this.lost(client));
    client.on('notification', ({ channel, payload }) => void this.dispatch(channel, payload ?? ''));
    try {
      await client.connect();
      for (const channel of this.handlers.keys()) await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
      this.connected = true;
      for (const handler of this.reconnected) await handler();
    } catch (error) {
      this.logger.warn({ err: error }, 'cannot listen to the database, trying again');
      await client.end().catch(() => undefined);
      this.lost(client);
    }
  }

  private lost(client: Client): void {
    if (client !== this.client) return;
    this.connected = false;
    this.client = null;
    if (this.stopped) return;
    this.timer = setTimeout(() => void this.connect(), RECONNECT_MS);
    this.timer.unref();
  }

  private async dispatch(channel: string, payload: string): Promise<void> {
    try {
      await this.handlers.get(channel)?.(payload);
    } catch (error) {
      this.logger.error({ err: error, channel }, 'a notice of the database was not handled');
    }
  }
}
