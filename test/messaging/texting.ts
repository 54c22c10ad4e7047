import { randomUUID } from 'node:crypto';
import { JobWorker } from 'src/common/jobs/job-worker';
import { type SmsDraft, SmsRegister } from 'src/modules/messaging/sms/sms-register.service';
import type { TestApp } from 'test/support/test-app';

/** SMS of coaches, written without a broadcast, for tests of what happens to them after that. */

/** users.id of the two. */
export interface Texting {
  coachId: string;
  clientId: string;
}

export interface SmsRow {
  id: string;
  status: string;
  provider_message_id: string | null;
  error_code: string | null;
  first_tried_at: Date | null;
  leased_until: Date | null;
  sent_at: Date | null;
}

export interface WaitingJob {
  task_identifier: string;
  attempts: number;
  waits: number;
  last_error: string | null;
}

/** A coach and a client of his, written straight to the tables: a process of production lets five people in a minute. */
export async function aTextingCoach(app: TestApp, { senderName = null as string | null } = {}): Promise<Texting> {
  const [coachId, clientId] = [randomUUID(), randomUUID()];
  await app.database.query(
    `INSERT INTO users (id, email, first_name, last_name, role, status, email_verified_at, locale, timezone, country,
       created_at, updated_at)
     SELECT id, id || '@example.com', 'Inès', 'Martin', role, 'active', now(), 'fr-FR', 'Europe/Paris', 'FR', now(), now()
     FROM (VALUES ($1::uuid, 'coach'), ($2::uuid, 'client')) AS people (id, role)`,
    [coachId, clientId],
  );
  await app.database.query(
    `INSERT INTO coach_profiles (user_id, currency, session_duration_min, discovery_enabled, discovery_free,
       discovery_duration_min, booking_horizon_days, buffer_min, min_notice_hours, sms_sender_name, created_at, updated_at)
     VALUES ($1, 'EUR', 60, false, true, 60, 30, 0, 0, $2, now(), now())`,
    [coachId, senderName],
  );
  return { coachId, clientId };
}

/** Writes one SMS and answers its id. */
export async function text(
  app: TestApp,
  { coachId, clientId }: Texting,
  draft: Partial<SmsDraft> = {},
): Promise<string> {
  const batchId = randomUUID();
  await app.nest
    .get(SmsRegister)
    .write({ id: batchId, coachId, templateId: null }, [
      { clientId, phone: '+33612345678', body: 'Bonjour Zoé', ...draft },
    ]);
  const { rows } = await app.database.query<{ id: string }>('SELECT id FROM sms_messages WHERE batch_id = $1', [
    batchId,
  ]);
  return rows[0]?.id ?? '';
}

export async function smsRow(app: TestApp, id: string): Promise<SmsRow> {
  const { rows } = await app.database.query<SmsRow>('SELECT * FROM sms_messages WHERE id = $1', [id]);
  const [row] = rows;
  if (!row) throw new Error(`no SMS ${id}`);
  return row;
}

export async function settle(app: TestApp): Promise<void> {
  await app.nest.get(JobWorker).settle();
}

/** What the queue still holds, and in how many seconds it comes again. */
export async function waitingJobs(app: TestApp): Promise<WaitingJob[]> {
  const { rows } = await app.database.query<WaitingJob>(
    `SELECT tasks.identifier AS task_identifier, attempts, last_error,
       round(extract(epoch FROM run_at - now()))::int AS waits
     FROM graphile_worker._private_jobs JOIN graphile_worker._private_tasks tasks ON tasks.id = task_id`,
  );
  return rows;
}

/** Lets what waits for its next attempt run now, by another process if one is named. */
export async function tryAgain(app: TestApp, by = app): Promise<void> {
  await app.database.query('UPDATE graphile_worker._private_jobs SET run_at = now()');
  await settle(by);
}
