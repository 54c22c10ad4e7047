import 'reflect-metadata';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type DynamicModule, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Presets, SingleBar } from 'cli-progress';
import { AuditModule } from 'src/common/audit/audit.module';
import { ClockModule } from 'src/common/clock/clock.module';
import { DomainError } from 'src/common/errors/domain.error';
import { TransactionModule } from 'src/common/transaction/transaction.module';
import { AppConfig, processEnvironment } from 'src/config/app-config';
import { ConfigModule } from 'src/config/config.module';
import { CommandRefused, withDatabase } from 'src/database/command-database';
import { dataSourceOptions } from 'src/database/data-source';
import { GymImportModule } from 'src/modules/gym/import/gym-import.module';
import { GymImportService, type ImportReport } from 'src/modules/gym/import/gym-import.service';

const USAGE = 'Usage: npm run seed:gyms -- file.csv';

/** What each fault is called by somebody at a terminal. */
const FAULTS: Record<string, string> = {
  line_incomplete: 'a value is missing',
  line_invalid_number: 'a number cannot be read',
  line_out_of_range: 'a value is outside its limits',
  import_format_unknown: 'The first line must name the columns chain_name,name,address,zip_code,city,country,lat,lng',
  unsupported_media_type: 'This is no text in UTF-8',
  service_unavailable: 'The database does not answer',
};

/** As much of the application as an import needs: no routes, no jobs, no ticks. */
@Module({})
class ImportCommandModule {
  static forRoot(config: AppConfig): DynamicModule {
    return {
      module: ImportCommandModule,
      imports: [
        ConfigModule.forRoot(config),
        TypeOrmModule.forRoot({ ...dataSourceOptions(config), manualInitialization: true }),
        TransactionModule,
        ClockModule,
        AuditModule,
        GymImportModule,
      ],
    };
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    const found = await stat(path);
    if (found.isFile()) return found.size;
  } catch {
    // Told below.
  }
  throw new CommandRefused(`There is no file ${path}`);
}

/** The file as it is read, shown by a bar where somebody looks at a terminal. */
async function* watched(path: string, bytes: number): AsyncGenerator<Buffer> {
  const bar = process.stdout.isTTY
    ? new SingleBar({ format: '{bar} {percentage}% of {total} bytes', clearOnComplete: true }, Presets.shades_classic)
    : null;
  bar?.start(bytes, 0);
  try {
    for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
      yield piece;
      bar?.increment(piece.length);
    }
  } finally {
    bar?.stop();
  }
}

async function importFile(config: AppConfig, path: string): Promise<ImportReport> {
  const bytes = await sizeOf(path);
  return withDatabase(config, async (url) => {
    const own = new AppConfig(processEnvironment(), url);
    const context = await NestFactory.createApplicationContext(ImportCommandModule.forRoot(own), {
      logger: ['error', 'warn'],
      abortOnError: false,
    });
    try {
      return await context.get(GymImportService).import(watched(path, bytes));
    } catch (error) {
      if (error instanceof DomainError) throw new CommandRefused(FAULTS[error.code] ?? error.code, { cause: error });
      throw error;
    } finally {
      await context.close();
    }
  });
}

function told({ created, updated, unchanged, repeated, faulty, faults }: ImportReport): string {
  const lines = faults.map(({ line, code }) => `line ${String(line)}: ${FAULTS[code] ?? code}`);
  const more = faulty - faults.length;
  return [
    ...lines,
    ...(more > 0 ? [`and ${String(more)} more lines like these`] : []),
    `created ${String(created)}, updated ${String(updated)}, unchanged ${String(unchanged)}, ` +
      `repeated ${String(repeated)}, left out ${String(faulty)}`,
    '',
  ].join('\n');
}

async function main(): Promise<void> {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [path] = positionals;
  if (path === undefined || positionals.length > 1) throw new CommandRefused(USAGE);
  process.stdout.write(told(await importFile(new AppConfig(processEnvironment()), path)));
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
