import type { Client } from 'pg';
import { MESSAGES, NOTIFICATIONS, UNSEALED } from './messages.statements';
import { LEDGERS, PURCHASED, WRONG_COUNTERS } from './packages.statements';
import { PEOPLE } from './people.statements';
import { OF_SESSIONS, SESSIONS } from './sessions.statements';
import { TRAINING } from './training.statements';

/** Coaches are counted in hundreds, because one of each hundred shares clients with the others. */
const HUNDRED = 100;
/** How many are written in a transaction. */
const COACHES_AT_ONCE = 1_000;
/** Bookings for each coach, on average. */
export const BOOKINGS_A_COACH = 10;

/**
 * Triggers that ask each row by itself what holds for all of them here: that a movement is the last of its package, and
 * whose listing is outdated. Foreign keys, checks and exclusions stay as they are.
 */
const TRIGGERS = [
  ['packages', 'packages_agree'],
  ['package_movements', 'package_movements_agree'],
  ['coach_profiles', 'coach_profiles_listed'],
  ['pricings', 'pricings_listed'],
  ['availabilities', 'availabilities_listed'],
  ['certifications', 'certifications_listed'],
  ['engagements', 'engagements_listed'],
] as const;

const STATEMENTS = [...PEOPLE, ...SESSIONS, ...PURCHASED, ...OF_SESSIONS, ...LEDGERS, ...TRAINING, MESSAGES];

export interface LargeSet {
  /** A multiple of a hundred. */
  coaches: number;
  /** The first moment of a day; sessions lie around it. Equal sets of equal days are equal in every row, but for what is sealed. */
  day: Date;
  /** What becomes of a text that is kept sealed. */
  seal: Seal;
}

export type Seal = (text: string, place: { table: string; rowId: string; column: string }) => string;

/**
 * Fills a migrated database that holds the exercises and nobody.
 *
 * @param told how many coaches are written
 * @throws Error when somebody is there, or when what was written does not agree
 */
export async function fillLargeSet(
  client: Client,
  { coaches, day, seal }: LargeSet,
  told: (coaches: number) => void = () => undefined,
): Promise<void> {
  if (coaches % HUNDRED !== 0) throw new Error(`the coaches are counted in hundreds, not ${String(coaches)}`);
  if (await holds(client, 'SELECT FROM users')) throw new Error('somebody is in this database already');
  if (!(await holds(client, 'SELECT FROM exercise_types OFFSET 1')))
    throw new Error('the exercises are missing: seed them');
  for (let from = 0; from < coaches; from += COACHES_AT_ONCE) {
    const to = Math.min(from + COACHES_AT_ONCE, coaches);
    await write(client, { from, to, day, seal });
    told(to);
  }
  const { rows } = await client.query<{ wrong: number }>(WRONG_COUNTERS);
  if (rows[0]?.wrong !== 0) throw new Error(`${String(rows[0]?.wrong)} packages do not agree with their ledger`);
  await client.query('VACUUM ANALYZE');
}

async function holds(client: Client, query: string): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>(`SELECT EXISTS (${query}) AS found`);
  return rows[0]?.found ?? false;
}

async function write(
  client: Client,
  { from, to, day, seal }: { from: number; to: number; day: Date; seal: Seal },
): Promise<void> {
  // Written into the text: a table that is made from a query takes no parameters.
  const values = [String(from), String(to), `'${day.toISOString().slice(0, 10)}'::date`];
  await client.query('BEGIN');
  try {
    await client.query("SET LOCAL timezone TO 'UTC'");
    for (const [table, trigger] of TRIGGERS) await client.query(`ALTER TABLE ${table} DISABLE TRIGGER ${trigger}`);
    for (const text of STATEMENTS)
      await client.query(text.replace(/\$([123])/g, (_, place: string) => values[Number(place) - 1] ?? ''));
    await tell(client, seal);
    for (const [table, trigger] of TRIGGERS) await client.query(`ALTER TABLE ${table} ENABLE TRIGGER ${trigger}`);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

async function tell(client: Client, seal: Seal): Promise<void> {
  const { rows } = await client.query<{ id: string; body: string }>(UNSEALED);
  const sealed = rows.map(({ id, body }) => seal(body, { table: 'notifications', rowId: id, column: 'body' }));
  await client.query(NOTIFICATIONS, [rows.map(({ id }) => id), sealed]);
}
