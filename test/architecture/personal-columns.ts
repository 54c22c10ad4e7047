import type { Pool } from 'pg';
import type { PersonalDataPart } from 'src/common/personal-data/personal-data';

/** A column of the database as it is. */
export interface Column {
  table: string;
  column: string;
  /** It holds ids of users, by a foreign key or because its name says so. */
  isPerson: boolean;
}

type Claim = Pick<PersonalDataPart, 'name' | 'tables' | 'sections'>;

/** Every column of every table of the product. */
export async function columnsOf(database: Pool): Promise<Column[]> {
  const { rows } = await database.query<Column>(
    `SELECT c.table_name AS "table", c.column_name AS "column",
       c.udt_name = 'uuid' AND (c.column_name IN ('user_id', 'client_id', 'coach_id', 'person_id', 'owner_id')
         OR EXISTS (
           SELECT FROM pg_constraint AS k JOIN pg_attribute AS a ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)
           WHERE k.contype = 'f' AND k.confrelid IN ('users'::regclass, 'coach_profiles'::regclass)
             AND k.conrelid = c.table_name::regclass AND a.attname = c.column_name)) AS "isPerson"
     FROM information_schema.columns AS c JOIN information_schema.tables AS t USING (table_schema, table_name)
     WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' ORDER BY 1, 2`,
  );
  return rows;
}

/**
 * What is wrong with what the parts say of the database: every column of every table is claimed once, or its table is
 * one of those without people.
 *
 * @param unpeopled table → why it says nothing of people
 */
export function claimFaults(
  columns: readonly Column[],
  parts: readonly Claim[],
  unpeopled: Readonly<Record<string, string>>,
): string[] {
  const claims = parts.flatMap(({ name, tables }) =>
    tables.flatMap(({ table, exported, withheld }) =>
      [...exported, ...Object.keys(withheld)].map((column) => ({ name, place: `${table}.${column}` })),
    ),
  );
  const tables = new Set(columns.map(({ table }) => table));
  const places = new Set(columns.map(({ table, column }) => `${table}.${column}`));
  const claimed = new Map<string, string[]>();
  for (const { name, place } of claims) claimed.set(place, [...(claimed.get(place) ?? []), name]);

  const faults: string[] = [];
  for (const { table, column, isPerson } of columns) {
    const by = claimed.get(`${table}.${column}`) ?? [];
    if (by.length > 1) faults.push(`${table}.${column}: claimed by ${by.join(' and ')}`);
    if (by.length === 0 && !(table in unpeopled)) faults.push(`${table}.${column}: claimed by nobody`);
    if (table in unpeopled && by.length > 0) faults.push(`${table}.${column}: claimed, and on the list of the others`);
    if (table in unpeopled && isPerson) faults.push(`${table}.${column}: names a person, and its table is no one's`);
  }
  for (const { name, place } of claims)
    if (!places.has(place)) faults.push(`${place}: claimed by ${name}, and not there`);
  for (const table of Object.keys(unpeopled)) if (!tables.has(table)) faults.push(`${table}: listed, and not there`);
  for (const { name, tables: own } of parts)
    for (const { table, withheld } of own)
      for (const [column, reason] of Object.entries(withheld))
        if (reason.trim().length < 3) faults.push(`${table}.${column}: withheld by ${name} without a reason`);
  return faults;
}

/** What is wrong with the sections: one that the contract names is missing, or one is said twice as an object. */
export function sectionFaults(parts: readonly Claim[], names: readonly string[]): string[] {
  const sections = parts.flatMap(({ sections: own }) => own);
  const missing = names.filter((name) => !sections.some((section) => section.name === name));
  const twice = sections.filter(
    ({ name, isSingle }) => isSingle && sections.filter((other) => other.name === name).length > 1,
  );
  const doubled = sections.filter(({ fields }) => new Set(fields).size < fields.length);
  return [
    ...missing.map((name) => `${name}: in no export`),
    ...new Set(twice.map(({ name }) => `${name}: one object, of several parts`)),
    ...doubled.map(({ name }) => `${name}: a field twice`),
  ];
}
