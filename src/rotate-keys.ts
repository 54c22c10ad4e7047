import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';
import { type ColumnRotation, type KeyCount, KeyRotation } from './common/crypto/key-rotation.service';
import { AppConfig, processEnvironment } from './config/app-config';
import { CommandRefused, withDatabase } from './database/command-database';

const USAGE = 'Usage: npm run keys:rotate [-- --check]';

/** The whole application, because each module knows what it keeps encrypted; it claims no jobs and answers nobody. */
async function withRotation<T>(work: (rotation: KeyRotation) => Promise<T>): Promise<T> {
  const variables = Object.assign(processEnvironment(), { ROLE: 'api' });
  return withDatabase(new AppConfig(variables), async (url) => {
    const context = await NestFactory.createApplicationContext(AppModule.forRoot(new AppConfig(variables, url)), {
      logger: ['error', 'warn'],
      abortOnError: false,
    });
    try {
      return await work(context.get(KeyRotation));
    } finally {
      await context.close();
    }
  });
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Rows so far, where somebody looks at a terminal. */
function progress(): (rows: number) => void {
  let seen = 0;
  return (rows) => {
    seen += rows;
    if (process.stderr.isTTY) process.stderr.write(`\r${String(seen)} rows\r`);
  };
}

function toldRotation({ table, column, rotated, unopened, unopenedRows, left }: ColumnRotation): string[] {
  return [
    `${table}.${column}: ${String(rotated)} encrypted anew`,
    ...(unopened > 0 ? [`  ${String(unopened)} could not be opened, of ${unopenedRows.join(', ')}`] : []),
    ...(left > 0
      ? [`  ${String(left)} came back with another key: is there a process that still writes with it?`]
      : []),
  ];
}

function toldCount({ ring, table, column, current, counts }: KeyCount): string {
  const told = [...counts].map(([id, count]) => `${id === current ? `${id} (current)` : id || '?'} ${String(count)}`);
  return `${table}.${column}: ${told.join(', ') || 'none'}    ${ring}`;
}

/** Answers whether only the first keys are in use. */
async function check(rotation: KeyRotation): Promise<boolean> {
  let isDone = true;
  for await (const count of rotation.count()) {
    say(toldCount(count));
    isDone = isDone && [...count.counts.keys()].every((id) => id === count.current);
  }
  await tellOfTravellers(rotation);
  return isDone;
}

/** Answers whether every value is encrypted with the first key of its ring now. */
async function rotate(rotation: KeyRotation): Promise<boolean> {
  let isDone = true;
  for await (const column of rotation.rotate(progress())) {
    for (const line of toldRotation(column)) say(line);
    isDone = isDone && column.unopened === 0 && column.left === 0;
  }
  await tellOfTravellers(rotation);
  return isDone;
}

async function tellOfTravellers(rotation: KeyRotation): Promise<void> {
  for (const { keyId, count } of await rotation.travelling())
    say(`jobs and dead letters: ${keyId} ${String(count)}, until they are delivered or removed`);
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ options: { check: { type: 'boolean' } }, allowPositionals: true });
  if (positionals.length > 0) throw new CommandRefused(USAGE);
  const isDone = await withRotation(values.check === true ? check : rotate);
  if (!isDone) process.exitCode = 1;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
