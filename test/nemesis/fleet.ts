import { join } from 'node:path';
import { Cable } from 'test/support/cable';
import type { OwnDatabase } from 'test/support/own-database';
import { START_MS } from 'test/support/nemesis-settings';
import { PRODUCTION } from 'test/support/production-settings';
import { freePort, type RealProcess, startProcess } from 'test/support/real-process';

const LAST_WORDS = 2_000;
const SKEW_MODULE = join(__dirname, '..', 'support', 'skewed-clock.cjs');

/** A place where a process runs, under a supervisor that starts it again. */
export class Post {
  private process: RealProcess | null = null;
  private starting: Promise<void> = Promise.resolve();
  /** By how much its clock is wrong. */
  skewMs = 0;
  /** What it and those before it have printed. */
  private printed = '';
  /** The last words of those that ended and nobody had ended them. */
  readonly fallen: string[] = [];

  private constructor(
    readonly name: string,
    readonly cable: Cable,
    private readonly variables: Record<string, string>,
  ) {}

  static async open(name: string, database: OwnDatabase, variables: Record<string, string>): Promise<Post> {
    const cable = await Cable.to(database.url);
    // An address of its own: who comes after a restart finds it where it was.
    return new Post(name, cable, { ...variables, PORT: String(await freePort()), DATABASE_URL: cable.url });
  }

  get url(): string {
    return `http://127.0.0.1:${this.variables['PORT'] ?? ''}`;
  }

  get output(): string {
    return this.printed + (this.process?.output() ?? '');
  }

  /** Whoever asks while it starts waits for the same start. */
  async start(skewMs = 0): Promise<void> {
    this.starting = this.starting.then(async () => {
      if (this.process) return;
      this.skewMs = skewMs;
      this.process = await startProcess(
        { ...this.variables, SKEW_MS: String(skewMs) },
        {
          readyPath: this.variables['ROLE'] === 'worker' ? null : '/livez',
          nodeArguments: ['--require', SKEW_MODULE],
          patienceMs: START_MS,
        },
      );
      this.watch(this.process);
    });
    await this.starting;
  }

  async kill(): Promise<void> {
    await this.leave(async (process) => process.kill());
  }

  /** Asks it to go, and answers its exit code. */
  async stop(): Promise<number | null> {
    let code: number | null = null;
    await this.leave(async (process) => {
      code = await process.stop();
    });
    return code;
  }

  freeze(): void {
    this.process?.child.kill('SIGSTOP');
  }

  thaw(): void {
    this.process?.child.kill('SIGCONT');
  }

  async close(): Promise<void> {
    this.thaw();
    await this.kill();
    await this.cable.remove();
  }

  private async leave(end: (process: RealProcess) => Promise<void>): Promise<void> {
    await this.starting;
    const { process } = this;
    if (!process) return;
    this.process = null;
    await end(process);
    this.printed += process.output();
  }

  private watch(process: RealProcess): void {
    void process.ended.then(() => {
      if (process === this.process) this.fallen.push(`${this.name}: ${process.output().slice(-LAST_WORDS)}`);
    });
  }
}

/** Two processes that answer and one that works off jobs, as of production, each with a cable of its own. */
export class Fleet {
  private constructor(
    readonly database: OwnDatabase,
    readonly answering: readonly [Post, Post],
    readonly worker: Post,
  ) {}

  static async open(database: OwnDatabase, smtpUrl: string): Promise<Fleet> {
    const settings = { ...PRODUCTION, SMTP_URL: smtpUrl, LOG_LEVEL: 'error', DATABASE_POOL_SIZE: '6' };
    const post = (name: string, role: string): Promise<Post> => Post.open(name, database, { ...settings, ROLE: role });
    return new Fleet(database, [await post('one', 'api'), await post('other', 'api')], await post('worker', 'worker'));
  }

  get posts(): readonly Post[] {
    return [...this.answering, this.worker];
  }

  /** Whatever breaks around a process, it stays. */
  get fallen(): readonly string[] {
    return this.posts.flatMap(({ fallen }) => fallen);
  }

  async start(): Promise<void> {
    // One after the other: a start is most of what a machine with few cores can do.
    for (const post of this.posts) await post.start();
  }

  async close(): Promise<void> {
    await Promise.all(this.posts.map((post) => post.close()));
  }
}
