import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { MIGRATIONS } from 'src/database/migrations';
import { createTestDatabase, type TestDatabase } from 'test/support/test-database';
import { DriftedDomain } from './fixtures/schema/drifted.entity';
import { Forgetful1999999999999 } from './fixtures/schema/forgetful.migration';
import {
  drift,
  holdings,
  openSource,
  productEntities,
  snapshot,
  unindexedForeignKeys,
  zonelessColumns,
} from './schema';
import { FIXTURES } from './sources';

let testDatabase: TestDatabase;
let database: Client;

beforeEach(async () => {
  testDatabase = await createTestDatabase();
  database = new Client(testDatabase.url);
  await database.connect();
});
afterEach(async () => {
  await database.end();
  await testDatabase.drop();
});

async function undo(source: DataSource, migrations: number): Promise<void> {
  for (let undone = 0; undone < migrations; undone += 1) await source.undoLastMigration({ transaction: 'each' });
}

describe('the entities', () => {
  it('agree with the migrations', async () => {
    const entities = await productEntities();
    expect(entities.length).toBeGreaterThan(5);
    const source = await openSource(testDatabase.url, { entities });
    try {
      expect(await drift(source, database)).toEqual([]);
    } finally {
      await source.destroy();
    }
  });

  it('are compared by a check that a drifted one turns red', async () => {
    const source = await openSource(testDatabase.url, { entities: [DriftedDomain] });
    try {
      const found = (await drift(source, database)).join('\n');
      expect(found).toContain('DROP INDEX "public"."blocked_domains_domain"');
      expect(found).toContain('CREATE INDEX "blocked_domains_by_reason"');
      expect(found).toContain('ADD "note" text');
      expect(found).toContain('ALTER COLUMN "reason" SET NOT NULL');
    } finally {
      await source.destroy();
    }
  });
});

describe('the migrations', () => {
  it('go all the way down, leaving nothing, and up again to the same schema', async () => {
    const before = await snapshot(database);
    expect(before.length).toBeGreaterThan(100);
    const source = await openSource(testDatabase.url);
    try {
      await undo(source, MIGRATIONS.length);
      expect(await holdings(database)).toEqual([]);
      await source.runMigrations({ transaction: 'each' });
      expect(await snapshot(database)).toEqual(before);
    } finally {
      await source.destroy();
    }
  });

  it('are tried by a check that a forgetful one turns red', async () => {
    const source = await openSource(testDatabase.url, { migrations: [...MIGRATIONS, Forgetful1999999999999] });
    try {
      await source.runMigrations({ transaction: 'each' });
      await undo(source, MIGRATIONS.length + 1);
      expect(await holdings(database)).toEqual(['function forgotten_answer', 'table forgotten', 'type forgotten_mood']);
    } finally {
      await source.destroy();
    }
  });
});

describe('the tables', () => {
  it('have an index for every foreign key', async () => {
    expect(await unindexedForeignKeys(database)).toEqual([]);
  });

  it('hold moments with their zone', async () => {
    expect(await zonelessColumns(database)).toEqual([]);
  });

  it('are judged by checks that bad ones turn red', async () => {
    await database.query(readFileSync(join(FIXTURES, 'schema', 'bad-tables.sql'), 'utf8'));
    expect((await unindexedForeignKeys(database)).filter((name) => name.startsWith('bad_'))).toEqual([
      'bad_children.bad_children_pair',
      'bad_children.bad_children_partly_indexed_id_fkey',
      'bad_children.bad_children_second_in_index_id_fkey',
      'bad_children.bad_children_unindexed_id_fkey',
    ]);
    expect(await zonelessColumns(database)).toEqual(['bad_children.naive_at']);
  });
});
