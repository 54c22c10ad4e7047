import { type Client, escapeLiteral } from 'pg';
import type { Sent } from './recording';

/** A node of what EXPLAIN says, as far as it is judged. */
interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  /** Missing in a plan that did not run, as all that follows. */
  'Actual Loops'?: number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Join Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  'Sort Space Type'?: string;
  Plans?: PlanNode[];
}

export interface Judge {
  /** Tables that grow with the number of people, and are large. */
  large: ReadonlySet<string>;
  /** So many rows may be read in vain by one step of a plan. */
  inVain: number;
}

/** A name is planned for its values at first; after so many uses PostgreSQL may decide for one plan for any values. */
const USES = 6;
/** The tables of at least so many rows, by what ANALYZE last saw. */
export async function largeTables(client: Client, rows: number): Promise<Set<string>> {
  const found = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples >= $1`,
    [rows],
  );
  return new Set(found.rows.map(({ name }) => name));
}

/** What is wrong with how PostgreSQL answers a statement, new and often used; it runs, and what it wrote is taken back. */
export async function faultsOf(client: Client, sent: Sent, judge: Judge): Promise<string[]> {
  const plans = await plansOf(client, sent);
  return [...new Set(plans.flatMap((plan) => faultsIn(plan, judge)))];
}

async function plansOf(client: Client, { text, values }: Sent): Promise<PlanNode[]> {
  const use = `EXECUTE judged${values.length > 0 ? `(${values.map(literal).join(', ')})` : ''}`;
  await client.query('BEGIN');
  try {
    // A table of a test is soon read whole. Where that is no choice, the plan shows whether an index leads to the rows,
    // or to all of them in vain.
    await client.query('SET LOCAL enable_seqscan = off');
    await client.query(`PREPARE judged AS ${text}`);
    const first = await explained(client, use);
    for (let n = 0; n < USES; n += 1) await client.query(`EXPLAIN ${use}`);
    return [first, await explained(client, use)];
  } finally {
    await client.query('ROLLBACK');
    await client.query('DEALLOCATE ALL');
  }
}

async function explained(client: Client, use: string): Promise<PlanNode> {
  const plan = async (options: string): Promise<PlanNode> => {
    const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
      `EXPLAIN (${options}FORMAT JSON) ${use}`,
    );
    if (!rows[0]) throw new Error('nothing is explained');
    return rows[0]['QUERY PLAN'][0].Plan;
  };
  await client.query('SAVEPOINT tried');
  try {
    return await plan('ANALYZE, ');
  } catch {
    // What was written once cannot be written again: then only the intention is judged.
    await client.query('ROLLBACK TO SAVEPOINT tried');
    return await plan('');
  } finally {
    await client.query('ROLLBACK TO SAVEPOINT tried');
  }
}

/** As the driver would send it. */
function literal(value: unknown): string {
  return value === null || value === undefined ? 'NULL' : escapeLiteral(written(value));
}

function written(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Date) return value.toISOString();
  if (Buffer.isBuffer(value)) return `\\x${value.toString('hex')}`;
  if (Array.isArray(value)) return `{${value.map(member).join(',')}}`;
  return JSON.stringify(value);
}

function member(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  return Array.isArray(value) ? written(value) : `"${written(value).replace(/["\\]/g, '\\$&')}"`;
}

function faultsIn(node: PlanNode, judge: Judge): string[] {
  const table = node['Relation Name'];
  const faults = (node.Plans ?? []).flatMap((part) => faultsIn(part, judge));
  if (node['Node Type'] === 'Seq Scan' && table !== undefined && judge.large.has(table))
    faults.push(`reads all of ${table}`);
  const vain = (['Rows Removed by Filter', 'Rows Removed by Join Filter', 'Rows Removed by Index Recheck'] as const)
    .map((name) => (node[name] ?? 0) * (node['Actual Loops'] ?? 1))
    .reduce((sum, rows) => sum + rows, 0);
  if (vain > judge.inVain) faults.push(`${node['Node Type']} of ${table ?? 'rows'} reads ${String(vain)} in vain`);
  if (node['Sort Space Type'] === 'Disk') faults.push('sorts on disk');
  return faults;
}
