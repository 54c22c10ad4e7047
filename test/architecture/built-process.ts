import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ended, ROOT, runNode } from './sources';

const MAIN = join(ROOT, 'dist', 'main.js');
const PROBE = join(__dirname, 'process-probe.cjs');
const READY_MS = 30_000;

/** The built application in a process of its own, knowing nothing but the given variables. */
export interface BuiltProcess {
  get(path: string, init?: RequestInit): Promise<Response>;
  /** The files that it has loaded so far. */
  files(): Promise<string[]>;
  /** Asks it to stop, and answers its exit code. */
  stop(): Promise<number | null>;
}

/** Runs it where it is expected to refuse to start. */
export function refusal(variables: Record<string, string>): Promise<Ended> {
  return runNode([MAIN], { cwd: tmpdir(), env: variables });
}

export async function startBuilt(variables: Record<string, string>): Promise<BuiltProcess> {
  const child = spawn(process.execPath, ['--require', PROBE, MAIN], {
    // Away from the repository, so that no file of a developer is found by chance.
    cwd: tmpdir(),
    env: { PORT: '0', LOG_LEVEL: 'error', ...variables },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  const port = await portOf(child);
  return {
    get: (path, init) => fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual', ...init }),
    async files() {
      const answer = once(child, 'message') as Promise<[{ files: string[] }]>;
      child.send('files');
      const [{ files }] = await answer;
      return files;
    },
    async stop() {
      child.kill('SIGTERM');
      const [code] = await ended;
      return code;
    },
  };
}

async function portOf(child: ChildProcess): Promise<number> {
  const errors: string[] = [];
  child.stderr?.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
  const signal = AbortSignal.timeout(READY_MS);
  const first = await Promise.race([
    once(child, 'message', { signal }) as Promise<[{ port: number }]>,
    once(child, 'exit', { signal }).then(([code]) => Promise.reject(new Error(`ended with ${String(code)}`))),
  ]).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw new Error(`The process did not start: ${String(error)}\n${errors.join('')}`, { cause: error });
  });
  return first[0].port;
}
