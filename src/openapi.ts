import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';
import { AppConfig } from './config/app-config';
import { readEnvironment } from './config/environment';
import { openApiDocument } from './docs.setup';

/** Prints the OpenAPI document of this build. Nothing is started: no database, no port. */
async function main(): Promise<void> {
  const config = new AppConfig(readEnvironment({ NODE_ENV: 'test' }, () => ''));
  const app = await NestFactory.create(AppModule.forRoot(config), {
    preview: true,
    logger: false,
    abortOnError: false,
  });
  process.stdout.write(`${JSON.stringify(openApiDocument(app), null, 2)}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
