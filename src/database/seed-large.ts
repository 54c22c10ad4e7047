import { parseArgs } from 'node:util';
import { Presets, SingleBar } from 'cli-progress';
import { Client } from 'pg';
import { SystemClock } from 'src/common/clock/clock';
import { FieldCipher } from 'src/common/crypto/field-cipher';
import { AppConfig, processEnvironment } from 'src/config/app-config';
import { CommandRefused } from './command-database';
import { findRunningServer } from './embedded/embedded-server';
import { BOOKINGS_A_COACH, fillLargeSet, type Seal } from './large-set/large-set';
import { migrate } from './migrate';
import { seed } from './seed';

const USAGE = 'Usage: npm run seed:large [-- --scale 1 --database mycoach_large --day 2026-01-31 --replace]';
/** At scale 1: a million bookings. */
const COACHES = 100_000;
const NAME = /^[a-z][a-z0-9_]{0,62}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

interface Wanted {
  coaches: number;
  database: string;
  day: Date;
  replaces: boolean;
}

function wantedOf(today: Date): Wanted {
  const { values } = parseArgs({
    options: {
      scale: { type: 'string', default: '1' },
      database: { type: 'string', default: 'mycoach_large' },
      day: { type: 'string', default: today.toISOString().slice(0, 10) },
      replace: { type: 'boolean', default: false },
    },
  });
  const coaches = Math.round((Number(values.scale) * COACHES) / 100) * 100;
  const day = new Date(values.day);
  const isClear = coaches > 0 && NAME.test(values.database) && DAY.test(values.day) && !Number.isNaN(day.getTime());
  if (!isClear) throw new CommandRefused(USAGE);
  return { coaches, database: values.database, day, replaces: values.replace };
}

/** A database of its own on that server, so that nobody's data is touched. */
async function makeDatabase(serverUrl: string, { database, replaces }: Wanted): Promise<string> {
  const admin = new Client({ connectionString: serverUrl });
  await admin.connect();
  try {
    const { rowCount } = await admin.query('SELECT FROM pg_database WHERE datname = $1', [database]);
    if (rowCount && !replaces) throw new CommandRefused(`There is a database ${database}: --replace removes it first`);
    await admin.query(`DROP DATABASE IF EXISTS ${database}`);
    await admin.query(`CREATE DATABASE ${database}`);
  } finally {
    await admin.end();
  }
  return Object.assign(new URL(serverUrl), { pathname: `/${database}` }).href;
}

/** Fills it, shown by a bar where somebody looks at a terminal. */
async function fill(databaseUrl: string, wanted: Wanted, seal: Seal): Promise<void> {
  await migrate(databaseUrl);
  await seed(databaseUrl, { samples: true });
  const client = new Client({ connectionString: databaseUrl, application_name: 'mycoach-seed' });
  await client.connect();
  const bar = process.stdout.isTTY
    ? new SingleBar({ format: '{bar} {value} of {total} bookings, {eta_formatted} left' }, Presets.shades_classic)
    : null;
  bar?.start(wanted.coaches * BOOKINGS_A_COACH, 0);
  try {
    await fillLargeSet(client, { ...wanted, seal }, (coaches) => bar?.update(coaches * BOOKINGS_A_COACH));
  } finally {
    bar?.stop();
    await client.end();
  }
}

async function main(): Promise<void> {
  const config = new AppConfig(processEnvironment());
  if (config.isProduction) throw new CommandRefused('People who do not exist have no place in production');
  const wanted = wantedOf(new SystemClock().now());
  const serverUrl = config.databaseUrl ?? (await findRunningServer(config.dataDir));
  if (serverUrl === null) throw new CommandRefused('Set DATABASE_URL, or let the product run meanwhile: npm start');
  const since = performance.now();
  const databaseUrl = await makeDatabase(serverUrl, wanted);
  const cipher = new FieldCipher(config);
  cipher.keeps({ table: 'notifications', columns: ['body'], rowId: 'id' });
  await fill(databaseUrl, wanted, (text, place) => cipher.encrypt(place, text));
  const seconds = Math.round((performance.now() - since) / 1000);
  process.stdout.write(
    `${String(wanted.coaches * BOOKINGS_A_COACH)} bookings of ${String(wanted.coaches)} coaches in ${String(seconds)} s.\n` +
      `Start the product with DATABASE_URL=${databaseUrl}\n` +
      'and sign in as coach-0@large.example or client-0@large.example with Large-Set-1.\n',
  );
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
