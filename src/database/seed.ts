import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { SystemClock } from 'src/common/clock/clock';
import { AppConfig, processEnvironment } from 'src/config/app-config';
import { loadExercises } from './exercise-catalogue';

/** From `src/database` and `dist/database` alike, the files are two folders up. */
const SEEDS = join(__dirname, '..', '..', 'seeds');
const EXERCISES = 'exercises';

interface Seed {
  /** Its path below `seeds`. */
  file: string;
  /** To try the product with: never in production. */
  isSample?: boolean;
  load: (client: Client, content: string, now: Date) => Promise<void>;
}

/** The rows of a file of one row a line, where `#` begins a comment. */
function linesOf(content: string): string[] {
  return content
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** The values of a line, which semicolons part; an empty one is null. */
function valuesOf(line: string): (string | null)[] {
  return line.split(';').map((value) => value.trim() || null);
}

const LISTS: readonly Seed[] = [
  {
    file: 'blocked-domains.txt',
    load: async (client, content, now) => {
      await client.query(
        `INSERT INTO blocked_domains (domain, created_at) SELECT domain, $2 FROM unnest($1::text[]) AS domain
         ON CONFLICT DO NOTHING`,
        [linesOf(content), now],
      );
    },
  },
  {
    file: 'gym-chains.txt',
    load: async (client, content, now) => {
      for (const line of linesOf(content)) {
        const [slug, name, countries, website] = valuesOf(line);
        await client.query(
          `INSERT INTO gym_chains (slug, name, countries, website, created_at, updated_at)
           VALUES ($1, $2, $3, $4, $5, $5) ON CONFLICT (slug) DO NOTHING`,
          [slug, name, countries?.split(' ') ?? [], website, now],
        );
      }
    },
  },
  {
    file: 'sample-gyms.txt',
    isSample: true,
    load: async (client, content, now) => {
      for (const line of linesOf(content))
        await client.query(
          `INSERT INTO gyms (chain_id, name, address, zip_code, city, country, lat, lng, open_24h, validated,
                             created_at, updated_at)
           SELECT id, $2, $3, $4, $5, $6, $7::float8, $8::float8, $9 = 'yes', true, $10, $10
           FROM gym_chains WHERE slug = $1 ON CONFLICT DO NOTHING`,
          [...valuesOf(line), now],
        );
    },
  },
];

/**
 * Loads the reference data that this database does not have yet. A file is loaded again only when it has changed, so
 * that what an admin removed does not come back at the next start.
 *
 * @param options `samples`: also what is there to try the product with; `only`: nothing but the files whose path begins so
 * @returns the files that were loaded, as paths below `seeds`
 */
export async function seed(
  databaseUrl: string,
  { samples, only = '' }: { samples: boolean; only?: string },
): Promise<string[]> {
  const wanted = [...LISTS, ...(await catalogue())].filter(
    ({ file, isSample }) => (samples || !isSample) && file.startsWith(only),
  );
  const client = new Client({ connectionString: databaseUrl, application_name: 'mycoach-seed' });
  await client.connect();
  try {
    const loaded: string[] = [];
    for (const one of wanted) if (await loadOnce(client, one)) loaded.push(one.file);
    return loaded;
  } finally {
    await client.end();
  }
}

/** The files of the exercises, each of them a seed. */
async function catalogue(): Promise<Seed[]> {
  const files = (await readdir(join(SEEDS, EXERCISES))).filter((file) => file.endsWith('.json')).sort();
  return files.map((file) => ({ file: `${EXERCISES}/${file}`, load: loadExercises }));
}

async function loadOnce(client: Client, { file, load }: Seed): Promise<boolean> {
  const content = await readFile(join(SEEDS, file), 'utf8');
  const checksum = createHash('sha256').update(content).digest('hex');
  await client.query('BEGIN');
  try {
    const { rowCount } = await client.query(
      `INSERT INTO seed_files AS known (name, checksum) VALUES ($1, $2)
       ON CONFLICT (name) DO UPDATE SET checksum = EXCLUDED.checksum WHERE known.checksum <> EXCLUDED.checksum`,
      [file, checksum],
    );
    if (rowCount) await load(client, content, new SystemClock().now());
    await client.query('COMMIT');
    return Boolean(rowCount);
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

async function main(): Promise<void> {
  const { directDatabaseUrl: databaseUrl, isProduction } = new AppConfig(processEnvironment());
  if (!databaseUrl) throw new Error('DATABASE_URL is not set: which database shall be seeded?');
  const loaded = await seed(databaseUrl, { samples: !isProduction, only: process.argv[2] });
  process.stdout.write(loaded.length > 0 ? `seeded: ${loaded.join(', ')}\n` : 'nothing to seed\n');
}

if (require.main === module)
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
