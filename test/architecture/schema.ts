import { join } from 'node:path';
import type { Client } from 'pg';
import {
  DataSource,
  type DataSourceOptions,
  type EntityTarget,
  getMetadataArgsStorage,
  type ObjectLiteral,
} from 'typeorm';
import { dataSourceOptions } from 'src/database/data-source';
import { filesUnder, ROOT } from './sources';

type Entities = EntityTarget<ObjectLiteral>[];

/** The entities that the files of the product export. */
export async function productEntities(): Promise<Entities> {
  const entities: Entities = [];
  for (const path of filesUnder(join(ROOT, 'src', 'modules'), /\.entity\.ts$/))
    entities.push(...entitiesIn((await import(join(ROOT, 'src', 'modules', path))) as Record<string, unknown>));
  return entities;
}

function entitiesIn(exports: Record<string, unknown>): Entities {
  const { tables } = getMetadataArgsStorage();
  return tables.filter(({ target }) => Object.values(exports).includes(target)).map(({ target }) => target);
}

/** A connected data source with the options of the product. */
export async function openSource(
  databaseUrl: string,
  own: Pick<DataSourceOptions, 'migrations'> & { entities?: Entities } = {},
): Promise<DataSource> {
  const options = dataSourceOptions({ databaseUrl, poolSize: 2 });
  return new DataSource({ ...options, ...own } as typeof options).initialize();
}

/** What TypeORM would change to make the database what the entities say, without what only a migration can say. */
export async function drift(source: DataSource, database: Client): Promise<string[]> {
  const { upQueries } = await source.driver.createSchemaBuilder().log();
  const [constraints, indexes] = [await inexpressibleConstraints(database), await inexpressibleIndexes(database)];
  return upQueries
    .map(({ query }) => query)
    .filter((query) => {
      const constraint = /DROP CONSTRAINT "([^"]+)"$/.exec(query)?.[1];
      const index = /^DROP INDEX "public"\."([^"]+)"$/.exec(query)?.[1];
      return !(constraint && constraints.has(constraint)) && !(index && indexes.has(index));
    });
}

/**
 * Checks and exclusions, which TypeORM compares by their text and so never finds equal; and foreign keys, which an
 * entity need not repeat: a column that points upward is a plain uuid in it.
 */
async function inexpressibleConstraints(database: Client): Promise<Set<string>> {
  const { rows } = await database.query<{ name: string }>(`
    SELECT conname AS name FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace AND contype IN ('c', 'x', 'f')`);
  return new Set(rows.map(({ name }) => name));
}

/** Indexes over a part of the rows, over expressions, in descending order, or of another kind than btree. */
async function inexpressibleIndexes(database: Client): Promise<Set<string>> {
  const { rows } = await database.query<{ name: string }>(`
    SELECT index.relname AS name FROM pg_index
    JOIN pg_class index ON index.oid = indexrelid JOIN pg_am am ON am.oid = index.relam
    WHERE index.relnamespace = 'public'::regnamespace
      AND (indpred IS NOT NULL OR indexprs IS NOT NULL OR am.amname <> 'btree' OR indoption::text ~ '[^0 ]')`);
  return new Set(rows.map(({ name }) => name));
}

const OF_AN_EXTENSION = (catalogue: string, row: string): string =>
  `EXISTS (SELECT FROM pg_depend WHERE classid = '${catalogue}'::regclass AND objid = ${row}.oid AND deptype = 'e')`;

/** What the public schema holds besides extensions and TypeORM's own table of migrations. */
export async function holdings(database: Client): Promise<string[]> {
  const { rows } = await database.query<{ name: string }>(`
    SELECT 'table ' || relname AS name FROM pg_class c
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
      AND relname NOT IN ('migrations', 'migrations_id_seq') AND NOT ${OF_AN_EXTENSION('pg_class', 'c')}
    UNION ALL
    SELECT 'function ' || proname FROM pg_proc p
    WHERE pronamespace = 'public'::regnamespace AND NOT ${OF_AN_EXTENSION('pg_proc', 'p')}
    UNION ALL
    SELECT 'type ' || typname FROM pg_type t
    WHERE typnamespace = 'public'::regnamespace AND typtype IN ('e', 'd', 'r') AND NOT ${OF_AN_EXTENSION('pg_type', 't')}
    ORDER BY 1`);
  return rows.map(({ name }) => name);
}

/** The whole public schema as lines of text, to compare two states of it. */
export async function snapshot(database: Client): Promise<string[]> {
  const { rows } = await database.query<{ line: string }>(`
    SELECT concat_ws(' ', 'column', table_name, column_name, udt_name, character_maximum_length, is_nullable,
                     column_default, is_identity) AS line
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'migrations'
    UNION ALL SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid <> 0
      AND conrelid <> 'public.migrations'::regclass
    UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'migrations'
    UNION ALL SELECT 'trigger ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
      AND tgrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
    UNION ALL SELECT 'function ' || pg_get_functiondef(p.oid) FROM pg_proc p
    WHERE pronamespace = 'public'::regnamespace AND prokind = 'f' AND NOT ${OF_AN_EXTENSION('pg_proc', 'p')}
    UNION ALL SELECT 'extension ' || extname FROM pg_extension
    ORDER BY 1`);
  return rows.map(({ line }) => line);
}

/**
 * Foreign keys that no index serves: deleting the row they point to reads the whole table. An index serves when it
 * begins with their columns, or holds one row at most for some of them; it may leave out the rows where a column is null.
 */
export async function unindexedForeignKeys(database: Client): Promise<string[]> {
  const { rows } = await database.query<{ name: string }>(`
    SELECT conrelid::regclass || '.' || conname AS name FROM pg_constraint fk
    WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND NOT EXISTS (
      SELECT FROM pg_index i JOIN pg_class c ON c.oid = indexrelid JOIN pg_am am ON am.oid = c.relam,
        LATERAL (SELECT array_agg(k ORDER BY place) AS keys FROM unnest(indkey) WITH ORDINALITY u (k, place)
                 WHERE place <= indnkeyatts) every
      WHERE indrelid = conrelid AND indisvalid AND amname IN ('btree', 'gist')
        AND (keys[1:cardinality(conkey)] @> conkey OR indisunique AND keys <@ conkey)
        AND (indpred IS NULL OR EXISTS (
          SELECT FROM pg_attribute a WHERE attrelid = conrelid AND attnum = ANY (conkey)
            AND pg_get_expr(indpred, indrelid) = format('(%I IS NOT NULL)', attname)))
    )
    ORDER BY 1`);
  return rows.map(({ name }) => name);
}

/** Columns of time that do not say which moment they mean. */
export async function zonelessColumns(database: Client): Promise<string[]> {
  const { rows } = await database.query<{ name: string }>(`
    SELECT table_name || '.' || column_name AS name FROM information_schema.columns
    WHERE table_schema = 'public' AND data_type = 'timestamp without time zone' ORDER BY 1`);
  return rows.map(({ name }) => name);
}
