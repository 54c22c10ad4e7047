import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';

/** What the image and the compose file say, and the health checks that they name. */

export const ROOT = join(__dirname, '..', '..');

interface Healthcheck {
  test?: string[];
  disable?: boolean;
}

export interface Service {
  image: string;
  user?: string;
  read_only?: boolean;
  tmpfs?: string[];
  cap_drop?: string[];
  security_opt?: string[];
  environment?: Record<string, string | number>;
  secrets?: string[];
  volumes?: string[];
  networks?: string[];
  ports?: string[];
  command?: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: Healthcheck;
  stop_grace_period?: string;
  privileged?: boolean;
  mem_limit?: string;
  cpus?: number;
  pids_limit?: number;
}

interface Compose {
  services: Record<string, Service>;
  networks: Record<string, { internal?: boolean }>;
  secrets: Record<string, { file?: string }>;
}

interface Instruction {
  name: string;
  rest: string;
}

export function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

export function lines(path: string): string[] {
  return read(path)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** The instructions of a Dockerfile, continued lines joined. */
function instructionsOf(text: string): Instruction[] {
  const joined = text.replace(/^\s*#.*\n/gm, '').replace(/\\\n\s*/g, '');
  return joined
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, name = '', rest = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
      return { name, rest };
    });
}

export const compose = parse(read('docker-compose.yml'), { merge: true }) as Compose;

export const services = Object.entries(compose.services);

export const ours = services.filter(([, { image }]) => image === 'mycoach');

const dockerfile = instructionsOf(read('Dockerfile'));

export const lastStage = dockerfile.slice(dockerfile.findLastIndex(({ name }) => name === 'FROM'));

export const all = (name: string, of = dockerfile): string[] =>
  of.filter((instruction) => instruction.name === name).map(({ rest }) => rest);

/** A service of the compose file, or an empty one that fails every expectation. */
export function service(name: string): Service {
  return compose.services[name] ?? { image: '' };
}

/** Runs a health check's command and answers its exit code. */
export async function check([program = '', ...args]: string[], variables: Record<string, string>): Promise<number> {
  expect(program).toBe('node');
  try {
    await promisify(execFile)(process.execPath, args, { env: variables });
    return 0;
  } catch (error) {
    return Number((error as { code?: unknown }).code);
  }
}

/** Calls `work` beside a server that answers one status to one path, and nothing else. */
export async function beside<T>(path: string, status: number, work: (port: number) => Promise<T>): Promise<T> {
  const server = createServer((request, response) => response.writeHead(request.url === path ? status : 404).end());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    return await work((server.address() as AddressInfo).port);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}
