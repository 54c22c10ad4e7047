/**
 * `GET /coaches/search` among 10,000 and among 100,000 coaches: how long the slowest of twenty answers takes, and how
 * much that grows with ten times as many. Load, products and database share this machine, in turns: only the ratios
 * mean anything. `BENCH_PLANS=1` prints how PostgreSQL answers.
 */
const { execFile } = require('node:child_process');
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { setTimeout: pause } = require('node:timers/promises');
const { promisify } = require('node:util');
const { Client } = require('pg');
const { startEmbeddedServer } = require('../dist/database/embedded/embedded-server');
const { startProduct } = require('./processes');
const { growth } = require('./results');

const MIGRATE = join(__dirname, '..', 'dist', 'database', 'migrate.js');
const SIZES = [10_000, 100_000];
const REQUESTS = Number(process.env.BENCH_REQUESTS ?? 300);
const WARM_UP = 60;
const REQUIRED_GROWTH = 2;

const FIRST = 'Camille Léa Inès Chloé Manon Emma Hugo Lucas Théo Nathan Louis Jules Gabriel Adam Raphaël Zoé Éva'.split(
  ' ',
);
const LAST_STEMS = 'Mar Dub Lef Ber Dur Gir Mor Sim Lau Mich Gar Dav Rou Vin Four Gau Bon Bla Roy Hen'.split(' ');
const LAST_ENDS = 'tin ois evre nard and ard eau onet ent aud ier ert el cent nier thier net chet er ry'.split(' ');
const CITIES = Array.from({ length: 200 }, (_, n) => `Ville-sur-Rivière ${n}`);
const SPECIALTIES = 'muscu cardio yoga pilates crossfit natation boxe running nutrition bien_etre rehabilitation'.split(
  ' ',
);

/** Coaches from `from` to `to`, with hours, a price, and for some a certification. The same ones at every run. */
const SEED = `
  WITH people AS (
    INSERT INTO users (id, email, first_name, last_name, role, status, email_verified_at, locale, timezone, country,
      created_at, updated_at)
    SELECT md5('coach ' || n)::uuid, 'coach-' || n || '@example.com', ($3::text[])[1 + n % cardinality($3)],
      ($4::text[])[1 + (n / 17) % cardinality($4)] || ($5::text[])[1 + (n / 340) % cardinality($5)], 'coach', 'active',
      now(), 'fr-FR', 'Europe/Paris', 'FR', now(), now()
    FROM generate_series($1::int, $2::int - 1) AS n RETURNING id
  ), numbered AS (SELECT n, md5('coach ' || n)::uuid AS id FROM generate_series($1::int, $2::int - 1) AS n),
  profiles AS (
    INSERT INTO coach_profiles (user_id, city, country, currency, session_duration_min, discovery_enabled,
      discovery_free, discovery_duration_min, booking_horizon_days, buffer_min, min_notice_hours, specialties, verified,
      created_at, updated_at)
    SELECT id, ($6::text[])[1 + n % cardinality($6)], 'FR', 'EUR', 60, n % 2 = 0, true, 60, 30, 0, 2,
      ARRAY[($7::text[])[1 + n % cardinality($7)], ($7::text[])[1 + (n / 11) % cardinality($7)]], n % 50 = 0, now(), now()
    FROM numbered RETURNING user_id
  ), prices AS (
    INSERT INTO pricings (coach_id, type, name, session_count, price_cents, currency, is_public, created_at, updated_at)
    SELECT id, 'per_session', 'Séance', 1, 2000 + n * 7919 % 8000, 'EUR', true, now(), now() FROM numbered
  ), hours AS (
    INSERT INTO availabilities (coach_id, day_of_week, start_minute, end_minute, max_slots, active, created_at, updated_at)
    SELECT id, (n + day) % 7, 540, 720, 1, true, now(), now() FROM numbered, generate_series(0, 2) AS day
    WHERE n % 10 > 0
  )
  INSERT INTO certifications (coach_id, name, verified, reviewed_at, created_at, updated_at)
  SELECT id, 'BPJEPS', true, now(), now(), now() FROM numbered WHERE n % 4 = 0`;

const any = (items) => items[Math.floor(Math.random() * items.length)];
const lastName = () => any(LAST_STEMS) + any(LAST_ENDS);

/** What people ask for. */
const SEARCHES = {
  'everybody, by relevance': () => ({}),
  'second page by name': () => ({ sort: 'name', offset: '50' }),
  'a name': () => ({ q: lastName() }),
  'first and last name': () => ({ q: `${any(FIRST)} ${lastName()}` }),
  'a name with a slip': () => ({ q: `${lastName()}zz` }),
  'a specialty in a city': () => ({ specialty: any(SPECIALTIES), city: any(CITIES) }),
  'free this week, cheapest first': () => ({
    available_this_week: 'true',
    specialty: any(SPECIALTIES),
    sort: 'price_asc',
  }),
  'certified, in a city, below a price': () => ({ certified: 'true', city: any(CITIES), max_price_cents: '5000' }),
  'words of a specialty': () => ({ q: any(SPECIALTIES).replace('_', ' ') }),
};

async function search(url, key, query) {
  const since = performance.now();
  const response = await fetch(`${url}/coaches/search?${new URLSearchParams(query)}`, {
    headers: { 'x-api-key': key },
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${JSON.stringify(query)}: ${response.status} ${JSON.stringify(answer)}`);
  return { ms: performance.now() - since, total: answer.total };
}

/** In turns, so that whatever else the machine does strikes both alike. */
async function measure(sites, ask) {
  const results = sites.map(() => ({ times: [], found: 0 }));
  // Connections plan their statements anew after some uses: the first answers are not counted.
  for (let n = -WARM_UP; n < REQUESTS; n += 1)
    for (const [place, site] of sites.entries()) {
      const { ms, total } = await search(site.url, site.key, ask());
      if (n < 0) continue;
      results[place].times.push(ms);
      results[place].found += total / REQUESTS;
    }
  return results;
}

/** Every listing is there when nothing is noted any more. */
async function renewed(database) {
  for (;;) {
    const { rows } = await database.query('SELECT EXISTS (SELECT FROM coach_listing_changes) AS behind');
    if (!rows[0].behind) return;
    await pause(500);
  }
}

async function printPlans(database) {
  const plans = {
    'everybody, by relevance':
      'SELECT coach_id FROM coach_listings l WHERE true ORDER BY is_open DESC, verified DESC, certifications DESC, sort_name, coach_id LIMIT 50',
    'a name': `SELECT coach_id FROM coach_listings l WHERE l.search LIKE '%dubois%' ORDER BY CASE WHEN l.words LIKE '% dubois %' THEN 0 ELSE 1 END, sort_name LIMIT 50`,
    'words of a specialty': `SELECT coach_id FROM coach_listings l WHERE l.search LIKE '%yoga%' AND l.search LIKE ALL (ARRAY['%yoga%']) ORDER BY CASE WHEN l.words LIKE ALL (ARRAY['% yoga %']) THEN 0 WHEN l.words LIKE ALL (ARRAY['% yoga%']) THEN 1 WHEN l.search LIKE ALL (ARRAY['% yoga %']) THEN 2 ELSE 3 - word_similarity('yoga', l.search) END, is_open DESC, verified DESC, certifications DESC, sort_name, coach_id LIMIT 50`,
    'a name with a slip': `SELECT coach_id FROM coach_listings l WHERE 'duboizz' <% l.search`,
    'a specialty in a city': `SELECT count(*) FROM coach_listings l WHERE specialties && ARRAY['yoga'] AND city = 'ville sur riviere 7'`,
    'count of everybody': 'SELECT count(*) FROM coach_listings l WHERE true',
  };
  for (const [name, text] of Object.entries(plans)) {
    const { rows } = await database.query(`EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) ${text}`);
    console.log(`\n${name}\n${rows.map((row) => row['QUERY PLAN']).join('\n')}`);
  }
}

/** A database with so many coaches, all of them listed, and a product that serves it to somebody with a key. */
async function furnish(serverUrl, size) {
  const admin = new Client({ connectionString: serverUrl });
  await admin.connect();
  await admin.query(`CREATE DATABASE coaches_${size}`);
  await admin.end();
  const databaseUrl = Object.assign(new URL(serverUrl), { pathname: `/coaches_${size}` }).href;
  await promisify(execFile)(process.execPath, [MIGRATE], {
    env: { PATH: process.env.PATH, NODE_ENV: 'test', DATABASE_URL: databaseUrl },
  });
  const product = await startProduct(databaseUrl, { ROLE: 'all' });
  const database = new Client({ connectionString: databaseUrl });
  await database.connect();
  const response = await fetch(`${product.url}/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      first_name: 'Bench',
      last_name: 'Mark',
      email: 'client@example.com',
      password: 'Correct-Horse-7',
      role: 'client',
    }),
  });
  const { api_key: key } = await response.json();
  const since = performance.now();
  await database.query(SEED, [0, size, FIRST, LAST_STEMS, LAST_ENDS, CITIES, SPECIALTIES]);
  const written = performance.now();
  await search(product.url, key, {});
  await renewed(database);
  const seconds = (ms) => (ms / 1000).toFixed(0);
  console.log(
    `${size} coaches: written in ${seconds(written - since)} s, listed in ${seconds(performance.now() - written)} s`,
  );
  await database.query('VACUUM ANALYZE');
  return { url: product.url, key, product, database };
}

const report = (name, [few, many]) =>
  growth({
    what: `GET /coaches/search, ${name}`,
    of: `${SIZES[1]} coaches instead of ${SIZES[0]}`,
    few: few.times,
    many: many.times,
    part: 0.95,
    most: REQUIRED_GROWTH,
    found: `${Math.round(few.found)} found, then ${Math.round(many.found)}`,
  });

async function main() {
  const folder = mkdtempSync(join(tmpdir(), 'mycoach-bench-'));
  const server = await startEmbeddedServer({ dataDir: folder });
  const sites = [];
  try {
    for (const size of SIZES) sites.push(await furnish(server.url, size));
    const all = sites.map(() => ({ times: [], found: 0 }));
    for (const [name, ask] of Object.entries(SEARCHES)) {
      const results = await measure(sites, ask);
      report(name, results);
      for (const [place, { times, found }] of results.entries()) {
        all[place].times.push(...times);
        all[place].found += found / Object.keys(SEARCHES).length;
      }
    }
    report('all of them', all);
    if (process.env.BENCH_PLANS) await printPlans(sites[1].database);
  } finally {
    for (const { database, product } of sites) {
      await database.end();
      await product.stop();
    }
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
