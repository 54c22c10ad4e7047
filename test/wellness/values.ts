import { expectStatus } from 'test/support/coaching';
import type { HttpClient, TestApp, TestPerson } from 'test/support/test-app';

/** Wellness values, for tests of who enters and who sees them. */
export interface WireParameter {
  id: string;
  slug: string;
  label: Record<string, string>;
  unit: string | null;
  data_type: string;
  category: string;
  active: boolean;
  position: number;
  created_at: string;
}

export interface WireLog {
  id: string;
  user_id: string;
  parameter_id: string;
  value: number;
  note: string | null;
  source: string;
  logged_at: string;
  created_at: string;
  parameter: WireParameter;
}

export async function parametersOf(http: HttpClient, path = '/health/parameters'): Promise<WireParameter[]> {
  return expectStatus<WireParameter[]>(http.get(path), 200);
}

/** The id of a parameter, whether it is switched off or not. */
export async function parameterId(app: TestApp, slug: string): Promise<string> {
  const { rows } = await app.database.query<{ id: string }>('SELECT id FROM health_parameters WHERE slug = $1', [slug]);
  return rows[0]?.id ?? '';
}

export async function enter(
  app: TestApp,
  person: TestPerson,
  slug: string,
  value: number,
  wish: Record<string, unknown> = {},
): Promise<WireLog> {
  const body = { parameter_id: await parameterId(app, slug), value, ...wish };
  return expectStatus<WireLog>(person.http.post('/health/logs').send(body), 201);
}

export interface WireLogs {
  items: WireLog[];
  total: number;
  has_more: boolean;
}

export async function logsAt(http: HttpClient, path = '/health/logs'): Promise<WireLogs> {
  return expectStatus<WireLogs>(http.get(path), 200);
}

/** Shares a parameter with a coach, or takes it back. */
export async function share(
  app: TestApp,
  person: TestPerson,
  coach: Pick<TestPerson, 'id'>,
  slug: string,
  shared = true,
): Promise<void> {
  const updates = [{ parameter_id: await parameterId(app, slug), shared }];
  await expectStatus(person.http.patch(`/health/sharing/${coach.id}`).send({ updates }), 200);
}
