import { readdirSync, readFileSync } from 'node:fs';
import type { Pool } from 'pg';
import type { RealProcess } from 'test/support/real-process';
import type { Sample } from './trend';

/** One look at everything. */
export interface Look {
  processes: Map<string, Sample>;
  connections: number;
  /** Jobs that might run now and do not yet. */
  queued: number;
}

export interface Watched {
  process: RealProcess;
  metricsPort: number;
}

/** Looks at processes from outside, as an operator does: /proc, /metrics and the catalogue of PostgreSQL. */
export class Probe {
  constructor(
    private readonly watched: ReadonlyMap<string, Watched>,
    private readonly database: Pool,
  ) {}

  async look(minute: number): Promise<Look> {
    const processes = new Map<string, Sample>();
    for (const [name, one] of this.watched) processes.set(name, await this.sample(one, minute));
    const [connections, queued] = [await this.connections(), await this.queued()];
    return { processes, connections, queued };
  }

  /** What may run now; a periodic job is there all the time. */
  async queued(): Promise<number> {
    return this.count(
      `SELECT count(*)::int AS n FROM graphile_worker.jobs
       WHERE task_identifier <> 'run_periodic_job' AND run_at <= now() AND attempts < max_attempts`,
    );
  }

  async dead(): Promise<number> {
    return this.count('SELECT count(*)::int AS n FROM dead_letters');
  }

  private async connections(): Promise<number> {
    return this.count(`SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name LIKE 'mycoach%'`);
  }

  private async sample({ process, metricsPort }: Watched, minute: number): Promise<Sample> {
    const { pid } = process.child;
    if (pid === undefined || process.child.exitCode !== null) throw new Error(`it has ended: ${process.output()}`);
    const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
    const answer = await fetch(`http://127.0.0.1:${String(metricsPort)}/metrics`);
    const heapBytes = Number(/^mycoach_nodejs_heap_size_used_bytes (\S+)/m.exec(await answer.text())?.[1]);
    return {
      minute,
      rssMb: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_024,
      heapMb: heapBytes / 1_048_576,
      files: readdirSync(`/proc/${String(pid)}/fd`).length,
    };
  }

  private async count(query: string): Promise<number> {
    const { rows } = await this.database.query<{ n: number }>(query);
    return rows[0]?.n ?? -1;
  }
}
