import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { SystemClock } from 'src/common/clock/clock';
import { AppConfig, processEnvironment } from 'src/config/app-config';

/** From `src/database` and `dist/database` alike, the files are two folders up. */
const SEEDS = join(__dirname, '..', '..', 'seeds');

interface Seed {
  file: string;
  load: (client: Client, lines: string[], now: Date) => Promise<void>;
}

/** Reference data: files of one row a line, `#` begins a comment. */
const ALL_SEEDS: readonly Seed[] = [
  {
    file: 'blocked-domains.txt',
    load: async (client, domains, now) => {
      await client.query(
        `INSERT INTO blocked_domains (domain, created_at) SELECT domain, $2 FROM unnest($1::text[]) AS domain
         ON CONFLICT DO NOTHING`,
        [domains, now],
      );
    },
  },
];

/**
 * Loads the reference data that this database does not have yet. A file is loaded again only when it has changed, so
 * that what an admin removed does not come back at the next start.
 */
export async function seed(databaseUrl: string): Promise<string[]> {
  const client = new Client({ connectionString: databaseUrl, application_name: 'mycoach-seed' });
  await client.connect();
  try {
    const loaded: string[] = [];
    for (const one of ALL_SEEDS) if (await loadOnce(client, one)) loaded.push(one.file);
    return loaded;
  } finally {
    await client.end();
  }
}

async function loadOnce(client: Client, { file, load }: Seed): Promise<boolean> {
  const content = await readFile(join(SEEDS, file), 'utf8');
  const checksum = createHash('sha256').update(content).digest('hex');
  const lines = content
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  await client.query('BEGIN');
  try {
    const { rowCount } = await client.query(
      `INSERT INTO seed_files AS known (name, checksum) VALUES ($1, $2)
       ON CONFLICT (name) DO UPDATE SET checksum = EXCLUDED.checksum WHERE known.checksum <> EXCLUDED.checksum`,
      [file, checksum],
    );
    if (rowCount) await load(client, lines, new SystemClock().now());
    await client.query('COMMIT');
    return Boolean(rowCount);
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

async function main(): Promise<void> {
  const { databaseUrl } = new AppConfig(processEnvironment());
  if (!databaseUrl) throw new Error('DATABASE_URL is not set: which database shall be seeded?');
  const loaded = await seed(databaseUrl);
  process.stdout.write(loaded.length > 0 ? `seeded: ${loaded.join(', ')}\n` : 'nothing to seed\n');
}

if (require.main === module)
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
