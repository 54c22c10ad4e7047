import { join } from 'node:path';
import { DataSource, getMetadataArgsStorage } from 'typeorm';
import { dataSourceOptions } from 'src/database/data-source';
import { createTestDatabase } from 'test/support/test-database';
import { filesUnder, ROOT } from './sources';

it('x', async () => {
  const db = await createTestDatabase();
  const files = filesUnder(join(ROOT, 'src/modules'), /\.entity\.ts$/);
  for (const f of files) await import(join(ROOT, 'src/modules', f));
  const entities = getMetadataArgsStorage().tables.map(t => t.target as any);
  const ds = new DataSource({ ...dataSourceOptions({ databaseUrl: db.url, poolSize: 2 }), entities } as any);
  await ds.initialize();
  const sql = await ds.driver.createSchemaBuilder().log();
  process.stdout.write(entities.length + '\n' + sql.upQueries.map((q) => q.query).join('\n') + '\n');
  const t = await ds.query(`select * from pg_tables where schemaname not in ('pg_catalog','information_schema')`);
  process.stdout.write(t.map((r: any) => r.schemaname + '.' + r.tablename).join(' '));
  await ds.destroy();
  await db.drop();
});
