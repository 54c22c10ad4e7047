import 'reflect-metadata';
import { setTimeout as pause } from 'node:timers/promises';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from './app.module';
import { setupApp } from './app.setup';
import { AppConfig, processEnvironment } from './config/app-config';
import { EnvironmentInvalid } from './config/environment-faults';
import { DatabaseRefused } from './database/database-refused';
import { batchedOutput, createLogger, NestLogger } from './common/logging/logger';
import { closeConnections, type FarewellTimes } from './common/lifecycle/http-farewell';
import { Lifecycle } from './common/lifecycle/lifecycle';
import { giveBackStartupMemory } from './common/lifecycle/startup-memory';
import { type EmbeddedServer, startEmbeddedServer } from './database/embedded/embedded-server';
import { migrate } from './database/migrate';
import { seed } from './database/seed';

/** A supervisor waits ten seconds before it kills. */
const SHUTDOWN_MS = 9_500;
/** How long a balancer may take to see that this process is no longer ready. */
const DRAIN_MS = 1_500;
/** What is left of the ten seconds for requests that run, with time to hand back jobs and close the database. */
const FAREWELL: FarewellTimes = { idleMs: 1_000, requestMs: 5_500 };

/** Slow senders and readers are cut off; kept-alive connections outlive the idle time of the balancer before us. */
const PATIENCE = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 70_000,
  /** Node looks every half minute, which would let ten seconds become forty. */
  connectionsCheckingInterval: 1_000,
};
/** Nothing came and nothing was taken for so long. In a sandbox a request may move the clock by a year first. */
const SILENCE_MS = 30_000;

interface Prepared {
  config: AppConfig;
  embedded: EmbeddedServer | null;
}

/** Outside production the process looks after its own database: starts one if none is given, migrates and seeds it. */
async function prepare(): Promise<Prepared> {
  const variables = processEnvironment();
  const embedded =
    variables.DATABASE_URL || variables.NODE_ENV === 'production'
      ? null
      : await startEmbeddedServer({ dataDir: new AppConfig(variables).dataDir });
  const config = new AppConfig(variables, embedded?.url ?? variables.DATABASE_URL ?? null);
  if (!config.isProduction && config.directDatabaseUrl) {
    await migrate(config.directDatabaseUrl);
    await seed(config.directDatabaseUrl, { samples: true });
  }
  return { config, embedded };
}

async function start(): Promise<void> {
  const { config, embedded } = await prepare();
  const logger = createLogger(config.logLevel, batchedOutput());
  const app = await NestFactory.create<NestExpressApplication>(AppModule.forRoot(config), {
    bodyParser: false,
    // Providers sign the bytes that they send, which nobody can tell from what was read of them.
    rawBody: true,
    logger: new NestLogger(logger),
    abortOnError: false,
  });
  stopOnSignal(app, embedded, logger.error.bind(logger));
  if (config.servesHttp) {
    setupApp(app, config, logger);
    // Before it listens: Node reads the interval then.
    Object.assign(app.getHttpServer(), PATIENCE, config.isProduction && { timeout: SILENCE_MS });
    await app.init();
    // Before anybody can be kept waiting by it.
    giveBackStartupMemory();
    await app.listen(config.port);
    if (!config.isProduction) await welcome(app, config);
  } else {
    await app.init();
    giveBackStartupMemory();
  }
}

type Report = (fields: object, text: string) => void;

function stopOnSignal(app: NestExpressApplication, embedded: EmbeddedServer | null, report: Report): void {
  let stopping = false;
  const stop = async (code: number, drainMs: number): Promise<void> => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => {
      report({}, 'the process could not stop in time');
      process.exit(code || 1);
    }, SHUTDOWN_MS).unref();
    const lifecycle = app.get(Lifecycle);
    lifecycle.beginStopping();
    try {
      await pause(drainMs);
      lifecycle.beginLeaving();
      if (!(await closeConnections(app.getHttpServer(), FAREWELL))) report({}, 'requests were cut off at the end');
      await app.close();
      await embedded?.stop();
      process.exit(code);
    } catch (error) {
      report({ err: error }, 'the process could not stop cleanly');
      process.exit(1);
    }
  };
  process.once('SIGTERM', () => void stop(0, DRAIN_MS));
  process.once('SIGINT', () => void stop(0, 0));
  // A state that nobody foresaw is left to the supervisor: drain, then end.
  for (const event of ['unhandledRejection', 'uncaughtException'] as const)
    process.on(event, (error: unknown) => {
      report({ err: error }, event);
      void stop(1, 0);
    });
}

async function welcome(app: NestExpressApplication, config: AppConfig): Promise<void> {
  const url = (await app.getUrl()).replace('[::1]', 'localhost').replace('127.0.0.1', 'localhost');
  process.stdout.write(
    [
      '',
      `  MyCoach is ready (${config.environment})`,
      '',
      `  Swagger UI   ${url}/docs`,
      `  Mailbox      ${url}/sandbox/messages     what would have been sent`,
      `  Health       ${url}/health`,
      '  Demo         npm run demo                 a session booked, step by step',
      '  Admin        npm run admin:create -- --email you@example.com',
      '',
      '',
    ].join('\n'),
  );
}

function explain(error: unknown): string {
  if (error instanceof EnvironmentInvalid || error instanceof DatabaseRefused) return error.message;
  if (!(error instanceof Error)) return String(error);
  const { code, port } = error as { code?: unknown; port?: unknown };
  if (code === 'EADDRINUSE') return `Port ${String(port)} is taken by another program: set PORT to a free one.`;
  return error.stack ?? error.message;
}

start().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
});
