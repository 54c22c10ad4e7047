import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PersonalDataParts } from 'src/common/personal-data/personal-data';
import { registerProved } from 'test/auth/links';
import { expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { TroubledPart } from './troubled-part';

/** When people leave, and when the thirty days are over. */
export const LEFT = '2026-03-02T06:00:00Z';
export const DUE = '2026-04-01T06:00:00Z';

/** An application of its own that keeps its receipts in `folder`, with a part of personal data that can be told to fail. */
export interface Departures {
  app: TestApp;
  folder: string;
  part: TroubledPart;
  /** Somebody who has asked to be erased. */
  leaver(): Promise<TestPerson>;
  close(): Promise<void>;
}

export async function startDepartures(): Promise<Departures> {
  const folder = await mkdtemp(join(tmpdir(), 'mycoach-erasures-'));
  const app = await startTestApp({ DATA_DIR: folder, LOG_LEVEL: 'silent' });
  const part = new TroubledPart();
  app.nest.get(PersonalDataParts).register(part);
  return {
    app,
    folder,
    part,
    async leaver() {
      const person = await registerProved(app);
      await leave(person);
      return person;
    },
    async close() {
      await app.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

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

/** The mails that somebody got, latest first, with plain blanks. */
export async function mailsTo(app: TestApp, { email }: Pick<TestPerson, 'email'>): Promise<string[]> {
  return (await app.messages({ email, channel: 'email' })).map(({ body }) => body.replace(/[\u00a0\u202f]/g, ' '));
}
