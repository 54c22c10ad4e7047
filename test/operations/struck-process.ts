import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { Cable, type Passage } from 'test/support/cable';
import { eventually } from 'test/support/eventually';
import { START_MS } from 'test/support/nemesis-settings';
import { type KeyHolder, type RealProcess, startProcess } from 'test/support/real-process';
import { createTestDatabase, type TestDatabase } from 'test/support/test-database';

export interface Told {
  status: number;
  body: Record<string, unknown>;
  isReplayed: boolean;
}

/** An act that is struck at one of its statements, and what it must have left in the end. */
export interface Act {
  prepare(): Promise<{ person: KeyHolder; path: string; body?: object }>;
  /** How often its effect is there. */
  effects(told: Told): Promise<number>;
  cleanUp(told: Told): Promise<void>;
}

/** `beyond`: the act has no such statement; `told`: it had been answered before; else what its second try was. */
export type Ending = 'beyond' | 'told' | 'replayed' | 'anew';

/** A process on a cable that breaks at a statement. */
export class StruckProcess {
  private constructor(
    private readonly testDatabase: TestDatabase,
    readonly database: Pool,
    private readonly cable: Cable,
    private server: RealProcess,
  ) {}

  static async start(): Promise<StruckProcess> {
    const testDatabase = await createTestDatabase();
    const database = new Pool({ connectionString: testDatabase.url, max: 3 });
    database.on('error', () => undefined);
    const cable = await Cable.to(testDatabase.url);
    return new StruckProcess(testDatabase, database, cable, await startBehind(cable));
  }

  async stop(): Promise<void> {
    await this.server.kill();
    await this.cable.remove();
    await this.database.end();
    await this.testDatabase.drop();
  }

  /** As a crash would, and at once. */
  kill(): void {
    this.server.child.kill('SIGKILL');
  }

  async send(person: KeyHolder, path: string, body?: object, key?: string, method = 'POST'): Promise<Told> {
    const answer = await fetch(`${this.server.url}${path}`, {
      method,
      headers: {
        'x-api-key': person.key,
        ...(body && { 'content-type': 'application/json' }),
        ...(key !== undefined && { 'idempotency-key': key }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
      isReplayed: answer.headers.has('idempotent-replayed'),
    };
  }

  async done(person: KeyHolder, path: string, body?: object, method?: string): Promise<Told> {
    const told = await this.send(person, path, body, undefined, method);
    if (told.status >= 300) throw new Error(`${path}: ${String(told.status)} ${JSON.stringify(told.body)}`);
    return told;
  }

  async counted(query: string, values: readonly unknown[]): Promise<number> {
    const { rows } = await this.database.query<{ n: number }>(query, [...values]);
    return rows[0]?.n ?? -1;
  }

  /** What a reader is told whose connection is lost at that statement, from 1; null where there is none such. */
  async strikeReader(person: KeyHolder, path: string, at: number, passage: Passage): Promise<Told | null> {
    this.cable.watch((statement) => (statement === at ? passage : 'passes'));
    const told = await this.send(person, path, undefined, undefined, 'GET');
    const isBeyond = this.cable.counted < at;
    this.cable.watch(null);
    return isBeyond ? null : told;
  }

  /** @param at the statement, from 1 @param fall what else happens there */
  async strike(act: Act, at: number, passage: Passage, fall: () => void): Promise<Ending> {
    const { person, path, body } = await act.prepare();
    const key = randomUUID();
    this.cable.watch((statement) => {
      if (statement !== at) return 'passes';
      fall();
      return passage;
    });
    const first = await this.send(person, path, body, key).catch(() => null);
    const isBeyond = this.cable.counted < at;
    this.cable.watch(null);
    if (first && first.status >= 300)
      expect([first.status, first.body['detail']]).toEqual([503, 'service_unavailable']);
    if (this.server.child.killed) {
      await this.server.ended;
      this.server = await startBehind(this.cable, this.server.port);
    }
    // A connection that was kept alive may have ended with the process before.
    const silence: Told = { status: 503, body: {}, isReplayed: false };
    const told = await eventually(
      () => this.send(person, path, body, key).catch(() => silence),
      ({ status, body: said }) => said['detail'] !== 'request_in_progress' && status !== 503,
    );
    expect(told.status).toBeLessThan(300);
    expect(await act.effects(told)).toBe(1);
    await act.cleanUp(told);
    if (isBeyond) return 'beyond';
    // Struck was what the process writes after it has answered.
    if (first && first.status < 300) return 'told';
    return told.isReplayed ? 'replayed' : 'anew';
  }
}

async function startBehind(cable: Cable, port?: number): Promise<RealProcess> {
  const variables = { DATABASE_URL: cable.url, ROLE: 'api', RATE_LIMIT_FACTOR: '100000', LOG_LEVEL: 'fatal' };
  return startProcess({ ...variables, ...(port !== undefined && { PORT: String(port) }) }, { patienceMs: START_MS });
}
