import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';

const ENTRY = join(__dirname, '..', '..', 'dist', 'main.js');
const READY_MS = 30_000;

/** A real process of the built application, for what only several processes can show. */
export interface ServerProcess {
  url: string;
  child: ChildProcess;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
  /** Asks it to stop, and answers its exit code. */
  stop(): Promise<number | null>;
}

export async function startServer(variables: Record<string, string>): Promise<ServerProcess> {
  const child = spawn(process.execPath, [ENTRY], {
    env: {
      PATH: process.env['PATH'] ?? '',
      NODE_ENV: 'test',
      PORT: '0',
      RATE_LIMIT_FACTOR: '10000',
      LOG_LEVEL: 'error',
      ...variables,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  const url = await readyUrl(child);
  return {
    url,
    child,
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    async stop() {
      child.kill('SIGTERM');
      const [code] = (await exited) as [number | null];
      return code;
    },
  };
}

/** The process prints where it listens. */
async function readyUrl(child: ChildProcess): Promise<string> {
  const errors: string[] = [];
  child.stderr?.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
  const lines = createInterface({ input: child.stdout ?? process.stdin });
  return new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => {
      // Nobody could stop it later: the caller never hears of it.
      child.kill('SIGKILL');
      reject(new Error(`not ready in time: ${errors.join('')}`));
    }, READY_MS);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`ended with ${String(code)}: ${errors.join('')}`));
    });
    lines.on('line', (line) => {
      const found = /Swagger UI\s+(\S+)\/docs/.exec(line)?.[1];
      if (!found) return;
      clearTimeout(timer);
      resolve(found);
    });
  });
}
