import { Injectable } from '@nestjs/common';
import { JobRegistry, MESSAGE_CHANNELS } from 'src/common/jobs/job-registry';
import type { ChannelState, QueueState } from 'src/common/metrics/metrics';
import { Database, type Statement } from 'src/common/transaction/database';
import { MIGRATIONS } from 'src/database/migrations';

const APPLIED: Statement = { name: 'migrations_applied', text: 'SELECT name FROM migrations' };
/** Leases and ages of jobs are real time, by the database's own clock. */
const QUEUE: Statement = {
  name: 'queue_state',
  text: `SELECT count(*) FILTER (WHERE attempts < max_attempts AND run_at <= now())::int AS ready,
           count(*) FILTER (WHERE attempts >= max_attempts)::int AS dead,
           coalesce(extract(epoch FROM now() - min(run_at) FILTER (WHERE attempts < max_attempts AND run_at <= now())),
                    0)::float8 AS "oldestSeconds"
         FROM graphile_worker.jobs`,
};
/** Which task carries messages of which channel is told in two lists of one length. */
const CHANNELS: Statement = {
  name: 'channel_states',
  text: `SELECT channel, coalesce(waiting, 0)::int AS waiting, coalesce(age, 0)::float8 AS "oldestSeconds",
           (SELECT count(*)::int FROM dead_letters letter WHERE letter.channel = known.channel) AS dead
         FROM unnest($1::text[]) AS known (channel) LEFT JOIN (
           SELECT channel, count(*) AS waiting, extract(epoch FROM now() - min(job.created_at)) AS age
           FROM unnest($2::text[], $3::text[]) AS carried (name, channel)
           JOIN graphile_worker._private_tasks task ON task.identifier = name
           JOIN graphile_worker._private_jobs job ON job.task_id = task.id AND attempts < max_attempts
           GROUP BY channel) waiting USING (channel)`,
};

@Injectable()
export class SystemRepository {
  constructor(
    private readonly database: Database,
    private readonly registry: JobRegistry,
  ) {}

  /** Migrations of this build that the database does not know yet. */
  async pendingMigrations(): Promise<string[]> {
    const applied = await this.database.query<{ name: string }>(APPLIED);
    const names = new Set(applied.map(({ name }) => name));
    return MIGRATIONS.map((migration) => migration.name).filter((name) => !names.has(name));
  }

  async queueState(): Promise<QueueState | null> {
    return this.database.first<QueueState>(QUEUE);
  }

  async channelStates(): Promise<ChannelState[]> {
    const carried = MESSAGE_CHANNELS.flatMap((channel) =>
      this.registry.messageTasks(channel).map((task) => ({ task, channel })),
    );
    const [tasks, channels] = [carried.map(({ task }) => task), carried.map(({ channel }) => channel)];
    return this.database.query<ChannelState>(CHANNELS, [MESSAGE_CHANNELS, tasks, channels]);
  }
}
