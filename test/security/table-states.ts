import type { Pool } from 'pg';

/** A request that is refused is a request all the same: it counts towards its limit. */
const COUNTERS = 'rate_counters';

/** Table to a digest of its rows, by which row was written when. */
export type TableStates = ReadonlyMap<string, string>;

/** The state of every table but those of limits: any row that is added, changed or removed makes another. */
export async function tableStates(database: Pool): Promise<TableStates> {
  const { rows: tables } = await database.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND tablename <> $1 ORDER BY 1`,
    [COUNTERS],
  );
  const digests = tables.map(
    ({ name }) =>
      `SELECT '${name}' AS name, count(*) || ' rows, ' || coalesce(sum(xmin::text::bigint), 0) AS state FROM ${name}`,
  );
  const { rows } = await database.query<{ name: string; state: string }>(digests.join(' UNION ALL '));
  return new Map(rows.map(({ name, state }) => [name, state]));
}

export function changedTables(before: TableStates, after: TableStates): string[] {
  return [...after].flatMap(([name, state]) =>
    before.get(name) === state ? [] : [`${name}: ${before.get(name) ?? 'absent'} → ${state}`],
  );
}
