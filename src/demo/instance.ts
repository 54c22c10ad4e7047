import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const ENTRY = join(__dirname, '..', 'main.js');

/** A fresh server of this build with an empty database, gone with the demo. */
export interface Instance {
  url: string;
  stop(): Promise<void>;
}

export async function startInstance(variables: NodeJS.ProcessEnv): Promise<Instance> {
  const dataDir = await mkdtemp(join(tmpdir(), 'mycoach-demo-'));
  const child = spawn(process.execPath, [ENTRY], {
    env: { ...variables, NODE_ENV: 'development', PORT: '0', DATA_DIR: dataDir, DATABASE_URL: '', LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    return { url: await addressOf(child), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function addressOf(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('the server has no output');
  const lines = createInterface({ input: child.stdout });
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the server ended with ${String(code)}`)));
    lines.on('line', (line) => {
      const url = /Swagger UI\s+(\S+)\/docs/.exec(line)?.[1];
      if (url) resolve(url);
    });
  });
}
