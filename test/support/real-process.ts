import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { keyedHash } from 'src/common/crypto/keyed-hash';
import { newApiKey, prefixOf } from 'src/modules/auth/keys/api-key.format';
import { eventually } from './eventually';
import { SECRETS } from './production-settings';

const ENTRY = join(__dirname, '..', '..', 'dist', 'main.js');
const READY_MS = 60_000;
const OUTPUT_SHOWN = 10_000;

/** One line of the log. */
export type LogLine = Record<string, unknown>;

/** A process of the built application as an operator starts it, with all that it prints. */
export interface RealProcess {
  url: string;
  port: number;
  child: ChildProcess;
  /** Everything it has printed, on both outputs. */
  output(): string;
  /** The lines of its log. */
  lines(): LogLine[];
  ended: Promise<number | null>;
  request(path: string, init?: RequestInit): Promise<Response>;
  /** Asks it to stop, and answers its exit code. */
  stop(): Promise<number | null>;
  /** Ends it as a crash would, if it still runs. */
  kill(): Promise<void>;
}

/** Each worker of the tests has so many of its own. */
const PORTS = 1_000;
const FIRST_PORT = 20_000 + (Number(process.env['JEST_WORKER_ID'] ?? 0) % 12) * PORTS;
let place = randomInt(PORTS);

/**
 * A port that nobody takes before it is used: below those that the system hands out, and apart from other workers. Else
 * whoever took it meanwhile would answer in the place of the process that was to have it.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    place = (place + 1) % PORTS;
    // Kept before the wait: whoever asks meanwhile moves on.
    const port = FIRST_PORT + place;
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port);
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}

export interface StartOptions {
  /** Answers 200 once the process is up; null for one that answers no HTTP. */
  readyPath?: string | null;
  nodeArguments?: string[];
  /** None where the variables name files that hold them. */
  secrets?: Readonly<Record<string, string>>;
  /** How long it may take to be up. */
  patienceMs?: number;
}

export async function startProcess(
  variables: Record<string, string>,
  { readyPath = '/livez', nodeArguments = [], secrets = SECRETS, patienceMs = READY_MS }: StartOptions = {},
): Promise<RealProcess> {
  const port = variables['PORT'] === undefined ? await freePort() : Number(variables['PORT']);
  const child = spawn(process.execPath, [...nodeArguments, ENTRY], {
    cwd: tmpdir(),
    env: {
      PATH: process.env['PATH'] ?? '',
      NODE_ENV: 'test',
      LOG_LEVEL: 'info',
      ...secrets,
      ...variables,
      PORT: String(port),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => printed.push(String(chunk)));
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const url = `http://127.0.0.1:${port}`;
  const running: RealProcess = {
    url,
    port,
    child,
    ended,
    output: () => printed.join(''),
    lines: () => linesOf(printed.join('')),
    request: (path, init) => fetch(`${url}${path}`, init),
    async stop() {
      child.kill('SIGTERM');
      const code = await ended;
      // Whoever reads of an exit code wants to know why.
      if (code) process.stderr.write(running.output().slice(-OUTPUT_SHOWN));
      return code;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
  if (readyPath !== null) await untilReady(running, readyPath, patienceMs);
  return running;
}

async function untilReady(running: RealProcess, path: string, withinMs: number): Promise<void> {
  const status = (): Promise<number> =>
    running.request(path).then(
      (answer) => answer.status,
      () => 0,
    );
  try {
    await eventually(
      () => (running.child.exitCode === null ? status() : Promise.reject(new Error('it has ended'))),
      (found) => found === 200,
      { withinMs },
    );
  } catch (error) {
    await running.kill();
    throw new Error(`The process did not start: ${String(error)}\n${running.output()}`, { cause: error });
  }
}

function linesOf(printed: string): LogLine[] {
  return printed
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as LogLine);
}

export interface KeyHolder {
  id: string;
  email: string;
  key: string;
}

/** Somebody with an account and a key, written straight to the tables: hashing a password takes its time. */
export async function keyHolder(database: Pool, role: 'client' | 'coach' = 'client'): Promise<KeyHolder> {
  const holder = { id: randomUUID(), email: `holder-${randomUUID()}@example.com`, key: newApiKey() };
  await database.query(
    `INSERT INTO users (id, email, first_name, last_name, role, status, email_verified_at, locale, timezone, country,
       created_at, updated_at)
     VALUES ($1, $2, 'Camille', 'Martin', $3, 'active', now(), 'en', 'Europe/Paris', 'FR', now(), now())`,
    [holder.id, holder.email, role],
  );
  await database.query('INSERT INTO api_keys (user_id, key_hash, key_prefix, created_at) VALUES ($1, $2, $3, now())', [
    holder.id,
    keyedHash(SECRETS.API_KEY_PEPPER, holder.key),
    prefixOf(holder.key),
  ]);
  return holder;
}
