import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { eventually } from './eventually';
import { freePort } from './real-process';

/** Programs that an operator has and a developer may not. */
type Program = 'redis-server' | 'nginx' | 'pgbouncer' | 'promtool' | 'curl';

export function pathOf(program: Program): string | null {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin', '/usr/bin'];
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path)) ?? null;
}

/** A suite that needs a program of the system. Where that is missing the suite says so and is left out. */
export function describeWith(program: Program, title: string, suite: () => void): void {
  // A machine without the program shall still run all other tests.
  const run = pathOf(program) ? describe : describe.skip;
  const hint = `left out: ${program} is not installed, try apt-get install ${packageOf(program)}`;
  run(pathOf(program) ? title : `${title} (${hint})`, suite);
}

function packageOf(program: Program): string {
  const packages: Partial<Record<Program, string>> = { nginx: 'nginx-light', promtool: 'prometheus' };
  return packages[program] ?? program;
}

export function startProgram(program: Program, args: string[]): ChildProcess {
  return spawn(pathOf(program) ?? program, args, { stdio: 'ignore' });
}

export async function endProgram(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  // A frozen process hears nothing else.
  child.kill('SIGCONT');
  await ended;
}

/** A real Redis that keeps nothing on disk. */
export class RedisServer {
  private child: ChildProcess | null = null;

  private constructor(
    private readonly port: number,
    private readonly folder: string,
  ) {}

  static async start(): Promise<RedisServer> {
    const redis = new RedisServer(await freePort(), await mkdtemp(join(tmpdir(), 'mycoach-redis-')));
    await redis.start();
    return redis;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** On the same port as before, and empty. */
  async start(): Promise<void> {
    const args = ['--port', String(this.port), '--bind', '127.0.0.1', '--dir', this.folder, '--save', ''];
    this.child = startProgram('redis-server', [...args, '--appendonly', 'no']);
    await eventually(() => isListening(this.port), Boolean);
  }

  async stop(): Promise<void> {
    if (this.child) await endProgram(this.child, 'SIGTERM');
  }

  /** It holds its connections and answers nothing. */
  freeze(): void {
    this.child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.child?.kill('SIGCONT');
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

export function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}

/** A real nginx before some processes, set up as the runbook says. */
export class NginxServer {
  private child: ChildProcess | null = null;
  private generation = 0;

  private constructor(
    readonly port: number,
    private readonly folder: string,
    private readonly backends: readonly number[],
  ) {}

  static async start(backends: readonly number[]): Promise<NginxServer> {
    const nginx = new NginxServer(await freePort(), await mkdtemp(join(tmpdir(), 'mycoach-nginx-')), backends);
    await nginx.configure();
    nginx.child = startProgram('nginx', [
      '-p',
      nginx.folder,
      '-c',
      'nginx.conf',
      '-e',
      'error.log',
      '-g',
      'daemon off;',
    ]);
    await nginx.untilConfigured();
    return nginx;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** As an operator takes a process out and puts it back: an edited upstream and `nginx -s reload`. */
  async reload(options: { down?: number } = {}): Promise<void> {
    await this.configure(options.down);
    this.child?.kill('SIGHUP');
    await this.untilConfigured();
  }

  async errors(): Promise<string> {
    return readFile(join(this.folder, 'error.log'), 'utf8');
  }

  async remove(): Promise<void> {
    if (this.child) await endProgram(this.child, 'SIGTERM');
    await rm(this.folder, { recursive: true, force: true });
  }

  private async untilConfigured(): Promise<void> {
    const asked = (): Promise<string> =>
      fetch(`${this.url}/generation`, { headers: { connection: 'close' } }).then(
        (answer) => answer.text(),
        () => 'not there',
      );
    await eventually(asked, (found) => found === String(this.generation));
  }

  private async configure(down?: number): Promise<void> {
    this.generation += 1;
    const servers = this.backends.map((port) => `server 127.0.0.1:${port} max_fails=0${port === down ? ' down' : ''};`);
    // Who starts nginx as root gets workers of another user, who may not write into this folder.
    const user = process.getuid?.() === 0 ? 'user root;' : '';
    await writeFile(
      join(this.folder, 'nginx.conf'),
      `
${user}
worker_processes 2;
pid nginx.pid;
events { worker_connections 512; }
http {
  access_log off;
  client_body_temp_path body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
  upstream mycoach {
    ${servers.join('\n    ')}
    keepalive 32;
  }
  server {
    listen 127.0.0.1:${this.port};
    location = /generation { return 200 "${this.generation}"; }
    location / {
      proxy_pass http://mycoach;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_connect_timeout 1s;
      proxy_next_upstream error timeout;
    }
  }
}
`,
    );
  }
}
