import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';
import { KeyRegister } from './common/crypto/key-register.service';
import { type ColumnRotation, type KeyCount, KeyRotation } from './common/crypto/key-rotation.service';
import { AppConfig, processEnvironment } from './config/app-config';
import { CommandRefused, withDatabase } from './database/command-database';

const USAGE = 'Usage: npm run keys:rotate [-- --check | --forget FIELD_ENCRYPTION_KEYS:k1]';
const FORGETTABLE = /^(FIELD_ENCRYPTION_KEYS|TOKEN_ENCRYPTION_KEYS):([A-Za-z0-9_-]{1,32})$/;

interface Tools {
  rotation: KeyRotation;
  register: KeyRegister;
}

/**
 * The whole application, because each module knows what it keeps encrypted; it claims no jobs and answers nobody. It is
 * there to say which keys are missing, so it starts without them.
 */
async function withTools<T>(work: (tools: Tools) => Promise<T>): Promise<T> {
  const variables = Object.assign(processEnvironment(), { ROLE: 'api' });
  return withDatabase(new AppConfig(variables), async (url) => {
    const context = await NestFactory.createApplicationContext(
      AppModule.forRoot(new AppConfig(variables, url, false)),
      {
        logger: ['error', 'warn'],
        abortOnError: false,
      },
    );
    try {
      return await work({ rotation: context.get(KeyRotation), register: context.get(KeyRegister) });
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
async function check({ rotation, register }: Tools): Promise<boolean> {
  let isDone = true;
  for await (const count of rotation.count()) {
    say(toldCount(count));
    isDone = isDone && [...count.counts.keys()].every((id) => id === count.current);
  }
  await tellOfTravellers(rotation);
  await tellOfNeeds(register);
  return isDone;
}

/** Answers whether every value is encrypted with the first key of its ring now. */
async function rotate({ rotation, register }: Tools): Promise<boolean> {
  let isDone = true;
  for await (const column of rotation.rotate(progress())) {
    for (const line of toldRotation(column)) say(line);
    isDone = isDone && column.unopened === 0 && column.left === 0;
  }
  await tellOfTravellers(rotation);
  for (const { ring, keyId } of await rotation.release()) say(`${ring}: ${keyId} is needed no more`);
  await tellOfNeeds(register);
  return isDone;
}

async function tellOfTravellers(rotation: KeyRotation): Promise<void> {
  for (const { keyId, count } of await rotation.travelling())
    say(`jobs and dead letters: ${keyId} ${String(count)}, until they are delivered or removed`);
}

/** What a process does not start without. */
async function tellOfNeeds(register: KeyRegister): Promise<void> {
  for (const { ring, keyId } of await register.all()) say(`${ring}: ${keyId} is needed`);
}

/** For a key that is lost for good: answers whether processes start without it from now on. */
function forget(key: string): (tools: Tools) => Promise<boolean> {
  const [, ring, keyId = ''] = FORGETTABLE.exec(key) ?? [];
  if (ring !== 'FIELD_ENCRYPTION_KEYS' && ring !== 'TOKEN_ENCRYPTION_KEYS') throw new CommandRefused(USAGE);
  return async ({ register }) => {
    const isForgotten = await register.forget(ring, keyId);
    say(`${ring}: ${keyId} ${isForgotten ? 'is asked for no more; what it encrypted stays shut' : 'is not known'}`);
    return isForgotten;
  };
}

async function main(): Promise<void> {
  const options = { check: { type: 'boolean' }, forget: { type: 'string' } } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  if (positionals.length > 0 || (values.check && values.forget !== undefined)) throw new CommandRefused(USAGE);
  const act = values.forget === undefined ? (values.check ? check : rotate) : forget(values.forget);
  const isDone = await withTools(act);
  if (!isDone) process.exitCode = 1;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
