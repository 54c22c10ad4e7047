import type { Pool } from 'pg';
import { type Act, type ActKind, doneAnswer, outcomeOf } from './history';

/** What the tables and the history of what people were told do not agree on; empty when they do. */
export async function disagreements(database: Pool, acts: readonly Act[]): Promise<string[]> {
  return [
    ...(await rowsAgainst(database, 'bookings', idsOf(acts, { book: 'id', move: 'id', take: 'booking.id' }))),
    ...(await rowsAgainst(database, 'waitlist_entries', idsOf(acts, { join: 'id' }))),
    ...(await rowsAgainst(database, 'packages', idsOf(acts, { purchase: 'package.id', sell: 'id' }))),
    ...(await rowsAgainst(database, 'payments', idsOf(acts, { purchase: 'payment.id', pay: 'id' }))),
    ...(await stepsAgainst(database, acts)),
    ...(await entriesAgainst(database, acts)),
    ...(await paidAgainst(database, acts)),
    ...twice(acts),
  ];
}

type Places = Partial<Record<ActKind, string>>;

/** What acts that were acknowledged made, by the place of its id in the answer. */
function idsOf(acts: readonly Act[], places: Places): Set<string> {
  return new Set(
    acts.flatMap((act) => {
      const place = places[act.kind];
      const answer = doneAnswer(act);
      return place && answer ? [idAt(answer.body, place)] : [];
    }),
  );
}

function idAt(body: unknown, place: string): string {
  let found = body;
  for (const name of place.split('.')) found = (found as Record<string, unknown>)[name];
  return String(found);
}

/** Every row was acknowledged, and everything that was acknowledged has its row. */
async function rowsAgainst(database: Pool, table: string, told: ReadonlySet<string>): Promise<string[]> {
  const { rows } = await database.query<{ id: string }>(`SELECT id FROM ${table}`);
  const there = new Set(rows.map(({ id }) => id));
  return [
    ...[...told].filter((id) => !there.has(id)).map((id) => `${table}: ${id} was acknowledged and is lost`),
    ...[...there].filter((id) => !told.has(id)).map((id) => `${table}: ${id} is there and nobody was told`),
  ];
}

/** Steps of bookings: each one asked for, none twice, and every acknowledged one taken. */
async function stepsAgainst(database: Pool, acts: readonly Act[]): Promise<string[]> {
  const { rows } = await database.query<{ booking: string; to: string; role: string; times: number }>(
    `SELECT booking_id AS booking, to_status AS "to", actor_role AS role, count(*)::int AS times
     FROM booking_transitions WHERE from_status IS NOT NULL GROUP BY 1, 2, 3`,
  );
  const faults = rows.filter(({ times }) => times > 1).map(({ booking, to }) => `${booking} became ${to} twice`);
  const taken = new Set(rows.map(({ booking, to }) => `${booking} ${to}`));
  const possible = acts.filter(({ kind }) => ['confirm', 'reject', 'cancel', 'move'].includes(kind));
  for (const act of possible) {
    const answer = doneAnswer(act);
    if (!answer || act.kind === 'move') continue;
    const step = `${act.about ?? ''} ${String(answer.body['status'])}`;
    if (!taken.has(step)) faults.push(`acknowledged and not taken: ${step}`);
  }
  const asked = new Map(
    possible
      .filter((act) => outcomeOf(act) !== 'failed')
      .map((act) => [`${act.about ?? ''} ${act.kind}`, act] as const),
  );
  const wanted: Readonly<Record<string, readonly ActKind[]>> = {
    confirmed: ['confirm'],
    rejected: ['reject'],
    cancelled_by_client: ['cancel', 'move'],
    cancelled_by_coach: ['cancel', 'move'],
  };
  for (const { booking, to, role } of rows)
    if (role !== 'system' && !(wanted[to] ?? []).some((kind) => asked.has(`${booking} ${kind}`)))
      faults.push(`nobody asked that ${booking} become ${to}`);
  return faults;
}

/** Offers: taken exactly when somebody was told so; who left has left. */
async function entriesAgainst(database: Pool, acts: readonly Act[]): Promise<string[]> {
  const { rows } = await database.query<{ id: string; status: string }>('SELECT id, status FROM waitlist_entries');
  const statuses = new Map(rows.map(({ id, status }) => [id, status]));
  return acts.flatMap((act) => {
    const status = statuses.get(act.about ?? '') ?? 'missing';
    if (act.kind === 'leave' && outcomeOf(act) === 'ok' && status !== 'cancelled') return [`who left is ${status}`];
    if (act.kind === 'take' && outcomeOf(act) === 'ok' && status !== 'confirmed') return [`a taken offer is ${status}`];
    return [];
  });
}

async function paidAgainst(database: Pool, acts: readonly Act[]): Promise<string[]> {
  const ids = [...idsOf(acts, { pay: 'id' })];
  const { rows } = await database.query<{ id: string }>(
    `SELECT id FROM payments WHERE id = ANY($1) AND (status <> 'paid' OR amount_cents <> 20000)`,
    [ids],
  );
  return rows.map(({ id }) => `the payment ${id} was acknowledged and is not paid`);
}

/** However often one act was asked for, everybody who answered spoke of the same thing. */
function twice(acts: readonly Act[]): string[] {
  return acts.flatMap(({ kind, answers }) => {
    const done = answers.filter(({ status }) => status < 300).map(({ body }) => JSON.stringify(body));
    return new Set(done).size > 1 ? [`${kind} was answered in two ways: ${done.join(' and ')}`] : [];
  });
}

interface Left {
  jobs: number;
  dead: number;
  open: number;
}

/** What is still to be done, has been given up, or was left open. */
export async function leftOvers(database: Pool): Promise<Left> {
  const { rows } = await database.query<Left>(
    `SELECT
       (SELECT count(*)::int FROM graphile_worker.jobs WHERE task_identifier <> 'run_periodic_job') AS jobs,
       (SELECT count(*)::int FROM dead_letters) AS dead,
       (SELECT count(*)::int FROM pg_stat_activity WHERE state LIKE 'idle in transaction%') AS open`,
  );
  return rows[0] ?? { jobs: -1, dead: -1, open: -1 };
}

/** As if two minutes had gone by, after which jobs of the dead are free, and as if every wait for another try were over. */
export async function letTimePass(database: Pool): Promise<void> {
  await database.query(
    `UPDATE graphile_worker._private_jobs
     SET locked_at = locked_at - interval '121 seconds', run_at = least(run_at, now())`,
  );
}

/** Bookings whose coach or client was never told of them; who moves one himself is not told that he did. */
export async function untold(database: Pool): Promise<string[]> {
  const { rows } = await database.query<{ id: string }>(
    `SELECT id FROM bookings b WHERE (
       SELECT count(DISTINCT user_id) FROM notifications WHERE data->>'booking_id' = b.id::text) < CASE WHEN rescheduled_from_id IS NULL THEN 2 ELSE 1 END`,
  );
  return rows.map(({ id }) => id);
}

/** Notifications that were to go by mail, and those that have gone. */
export function mailIds(mails: readonly { data: string }[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { data } of mails) {
    const id = /^Message-ID: <?([^>@\s]*)/im.exec(data)?.[1] ?? 'none';
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}
