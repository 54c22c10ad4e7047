import { JobWorker } from 'src/common/jobs/job-worker';
import { expectStatus } from 'test/support/coaching';
import type { TestApp, TestPerson } from 'test/support/test-app';
import type { WithingsServer } from 'test/support/withings-server';
import { connect } from './connecting';

/** BodyMeasurement of the contract. */
export interface WireMeasurement {
  id: string;
  user_id: string;
  measured_at: string;
  weight_kg: number | null;
  bmi: number | null;
  fat_pct: number | null;
  muscle_pct: number | null;
  bone_kg: number | null;
  water_pct: number | null;
  source: string;
}

export async function weigh(
  person: TestPerson,
  weightKg: number,
  at?: string,
  more: object = {},
): Promise<WireMeasurement> {
  const body = { weight_kg: weightKg, ...(at !== undefined && { measured_at: at }), ...more };
  return expectStatus<WireMeasurement>(person.http.post('/integrations/scale/manual').send(body), 201);
}

export async function historyOf(
  person: TestPerson,
  query = '',
): Promise<{ items: WireMeasurement[]; total: number; has_more: boolean }> {
  return expectStatus(person.http.get(`/integrations/scale/history${query}`), 200);
}

let lastAccount = 20_000;

/** Somebody connects a scale that nobody else has, and what that queues is done. @returns the account at Withings */
export async function connectScale(app: TestApp, withings: WithingsServer, person: TestPerson): Promise<string> {
  const account = String((lastAccount += 1));
  await connect(app, person, { route: 'scale' }, withings, { account });
  await settle(app);
  return account;
}

/** Works off what is queued, until nothing is due. */
export async function settle(app: TestApp): Promise<void> {
  await app.nest.get(JobWorker).settle();
}

export async function importOf(person: TestPerson): Promise<WireMeasurement[]> {
  return expectStatus(person.http.get('/integrations/scale/import'), 200);
}

/** Status and code of an import that is refused. */
export async function refusedImport(person: TestPerson): Promise<unknown[]> {
  const { status, body } = await person.http.get('/integrations/scale/import');
  return [status, (body as { detail?: string }).detail];
}
