import { expectStatus } from 'test/support/coaching';
import type { TestApp, TestPerson } from 'test/support/test-app';

export interface WireDeletion {
  status: string;
  deletion_requested_at: string;
  effective_at: string;
}

export async function leave(person: TestPerson): Promise<WireDeletion> {
  return expectStatus<WireDeletion>(person.http.delete('/users/me'), 200);
}

/** The token of the last mail that leads back. */
export async function returnToken(app: TestApp, { email }: Pick<TestPerson, 'email'>): Promise<string> {
  const link = /mycoach:\/\/restore-account\?token=([A-Za-z0-9_-]+)/;
  const messages = await app.messages({ email });
  const token = messages.map(({ body }) => link.exec(body)?.[1]).find((found) => found !== undefined);
  if (token === undefined) throw new Error(`no way back was mailed to ${email}`);
  return token;
}

export async function statusOf(app: TestApp, { id }: Pick<TestPerson, 'id'>): Promise<string | undefined> {
  const { rows } = await app.database.query<{ status: string }>('SELECT status FROM users WHERE id = $1', [id]);
  return rows[0]?.status;
}

/** Runs the job that erases; answers how many people it did. */
export async function runErasure(app: TestApp): Promise<number> {
  const path = '/sandbox/jobs/anonymise_accounts/run';
  return (await expectStatus<{ processed_count: number }>(app.http.post(path), 200)).processed_count;
}
