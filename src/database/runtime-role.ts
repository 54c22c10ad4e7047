import type { Client } from 'pg';

/** Who the processes that serve people are to the database: somebody who may change rows and nothing else. */
export const RUNTIME_ROLE = 'mycoach_app';

/** What the processes only read: which migrations are there, and nothing that they may claim themselves. */
const READ_ONLY = ['migrations'];

/** What is only added to: the columns that erasure clears, and whether what is old enough is let go of. */
const ADDED_TO: Readonly<Record<string, { update?: string; delete?: true }>> = {
  package_movements: { update: 'reason' },
  booking_transitions: { update: 'reason' },
  consents: { update: 'user_id, detached_at', delete: true },
  audit_log: { delete: true },
};

const WAIT_MS = 10_000;

const KNOWN = `SELECT FROM pg_roles WHERE rolname = '${RUNTIME_ROLE}' AND rolname <> current_user`;

/** The job queue closes its tables to everybody but who made them, row by row. */
const CLOSED_TABLES = `
  SELECT c.oid::regclass::text AS name FROM pg_class c
  WHERE c.relnamespace = 'graphile_worker'::regnamespace AND c.relrowsecurity
    AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = '${RUNTIME_ROLE}')`;

/**
 * Lets the role of the processes reach what the migrations have made, where there is such a role: after each migration, in
 * one transaction, so that a process that runs meanwhile never misses a right. Within the lock of who migrates.
 *
 * @returns whether there is such a role
 */
export async function letRuntimeRoleIn(client: Client): Promise<boolean> {
  const { rowCount } = await client.query(KNOWN);
  if (!rowCount) return false;
  await client.query('BEGIN');
  try {
    await client.query(`SET LOCAL lock_timeout = ${WAIT_MS}`);
    for (const statement of rights()) await client.query(statement);
    const { rows } = await client.query<{ name: string }>(CLOSED_TABLES);
    for (const { name } of rows)
      await client.query(`CREATE POLICY ${RUNTIME_ROLE} ON ${name} TO ${RUNTIME_ROLE} USING (true) WITH CHECK (true)`);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
  return true;
}

function rights(): string[] {
  const schemas = ['public', 'graphile_worker'];
  return [
    ...schemas.flatMap((schema) => [
      `GRANT USAGE ON SCHEMA ${schema} TO ${RUNTIME_ROLE}`,
      `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${RUNTIME_ROLE}`,
      `GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${schema} TO ${RUNTIME_ROLE}`,
      // A release's processes may be ready a moment before the rights on its new tables are given one by one.
      `ALTER DEFAULT PRIVILEGES IN SCHEMA ${schema} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${RUNTIME_ROLE}`,
      `ALTER DEFAULT PRIVILEGES IN SCHEMA ${schema} GRANT USAGE, SELECT ON SEQUENCES TO ${RUNTIME_ROLE}`,
    ]),
    ...[...READ_ONLY, 'graphile_worker.migrations'].map(
      (table) => `REVOKE INSERT, UPDATE, DELETE ON ${table} FROM ${RUNTIME_ROLE}`,
    ),
    ...Object.entries(ADDED_TO).flatMap(([table, allowed]) => [
      `REVOKE UPDATE${allowed.delete ? '' : ', DELETE'} ON ${table} FROM ${RUNTIME_ROLE}`,
      ...(allowed.update ? [`GRANT UPDATE (${allowed.update}) ON ${table} TO ${RUNTIME_ROLE}`] : []),
    ]),
  ];
}
