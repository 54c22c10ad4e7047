import { plainHash } from 'src/common/crypto/keyed-hash';
import { JobWorker } from 'src/common/jobs/job-worker';
import { expectStatus } from 'test/support/coaching';
import type { GoogleCalendarServer, StoredEvent } from 'test/support/google-calendar-server';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

/** An application whose people can connect to a calendar on this machine. */
export async function startWithCalendars(
  server: GoogleCalendarServer,
  variables: Record<string, string> = {},
): Promise<TestApp> {
  return startTestApp({ ...server.variables, ...variables });
}

/** By the page of consent, as a person does. The account at Google is called as the person here is. */
export async function connect(server: GoogleCalendarServer, person: TestPerson): Promise<void> {
  const { authorize_url } = await expectStatus<{ authorize_url: string }>(
    person.http.get('/integrations/calendar'),
    200,
  );
  const back = await server.decide(authorize_url, { account: person.id });
  await expectStatus(person.http.get(`${back.pathname}${back.search}`), 200);
}

/** Everything that the queue may do now is done. */
export async function settle(app: TestApp): Promise<void> {
  await app.nest.get(JobWorker, { strict: false }).settle();
}

/** What a person sees in the own calendar once everything is done. */
export async function calendarOf(
  app: TestApp,
  server: GoogleCalendarServer,
  person: Pick<TestPerson, 'id'>,
): Promise<StoredEvent[]> {
  await settle(app);
  return server.eventsOf(person.id);
}

/** How a session is called in the calendar of one person. */
export function eventId(bookingId: string, person: Pick<TestPerson, 'id'>): string {
  return plainHash(`${bookingId} ${person.id}`);
}

export interface WaitingJob {
  attempts: number;
  /** Seconds until it is tried again. */
  wait: number;
  lastError: string | null;
}

/** The jobs of calendars that wait, by task. */
export async function waitingJobs(app: TestApp, task = 'sync_calendar_event'): Promise<WaitingJob[]> {
  const { rows } = await app.database.query<WaitingJob>(
    `SELECT attempts, extract(epoch FROM run_at - now())::float AS wait, last_error AS "lastError"
     FROM graphile_worker._private_jobs JOIN graphile_worker._private_tasks task ON task.id = task_id
     WHERE identifier = $1 ORDER BY _private_jobs.id`,
    [task],
  );
  return rows;
}

/** The jobs that wait are due now. */
export async function hurry(app: TestApp): Promise<void> {
  await app.database.query('UPDATE graphile_worker._private_jobs SET run_at = now() WHERE locked_at IS NULL');
}
