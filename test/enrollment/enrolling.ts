import { expectStatus } from 'test/support/coaching';
import type { TestApp, TestPerson } from 'test/support/test-app';

/** Links of coaches, for tests of who becomes a client by them. */
export interface WireToken {
  id: string;
  token: string;
  label: string | null;
  expires_at: string | null;
  max_uses: number | null;
  uses_count: number;
  active: boolean;
  enrollment_link: string;
  created_at: string;
}

export const TOKENS = '/coaches/me/enrollment-tokens';

export async function aToken(coach: TestPerson, wish: Record<string, unknown> = {}): Promise<WireToken> {
  return expectStatus<WireToken>(coach.http.post(TOKENS).send(wish), 201);
}

/** The link as it is now. */
export async function tokenOf(coach: TestPerson, { id }: Pick<WireToken, 'id'>): Promise<WireToken> {
  const { items } = await expectStatus<{ items: WireToken[] }>(coach.http.get(`${TOKENS}?limit=100`), 200);
  const found = items.find((token) => token.id === id);
  if (!found) throw new Error(`no link ${id}`);
  return found;
}

export interface WireRelation {
  id: string;
  coach_id: string;
  client_id: string;
  status: string;
  [field: string]: unknown;
}

/** Follows a link as somebody who has an account. */
export async function enroll(person: TestPerson, { token }: Pick<WireToken, 'token'>): Promise<WireRelation> {
  return expectStatus<WireRelation>(person.http.post(`/users/me/enroll/${token}`), 200);
}

/** How many clients a coach has in each status. */
export async function statusesOf(app: TestApp, coach: TestPerson): Promise<Record<string, number>> {
  const { rows } = await app.database.query<{ status: string; count: number }>(
    'SELECT status, count(*)::int AS count FROM relations WHERE coach_id = $1 GROUP BY status',
    [coach.id],
  );
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
}
