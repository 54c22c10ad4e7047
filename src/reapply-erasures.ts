import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';
import { createLogger, NestLogger } from './common/logging/logger';
import { AppConfig, processEnvironment } from './config/app-config';
import { CommandRefused, withDatabase } from './database/command-database';
import { type Reapplication, ReapplicationService } from './modules/gdpr/erasure/reapplication.service';

/** The whole application, because every module erases its own; it serves nobody and works off no jobs. */
async function reapply(): Promise<Reapplication> {
  const variables = { ...processEnvironment(), ROLE: 'api' as const };
  return withDatabase(new AppConfig(variables), async (url) => {
    const config = new AppConfig(variables, url);
    const app = await NestFactory.createApplicationContext(AppModule.forRoot(config), {
      logger: new NestLogger(createLogger('warn')),
      abortOnError: false,
    });
    try {
      return await app.get(ReapplicationService).reapply();
    } finally {
      await app.close();
    }
  });
}

/** Erases people again whom a restored backup has brought back. To be run before anybody is served. */
async function main(): Promise<void> {
  const { erased, settled, unreadable } = await reapply();
  process.stdout.write(`Erased again: ${String(erased)}. Nothing to do for: ${String(settled)}.\n`);
  if (unreadable.length > 0) throw new CommandRefused(`These are no receipts: ${unreadable.join(', ')}`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
