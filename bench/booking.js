/**
 * `POST /bookings`, with a key, as a share of what others do. Two run the very statements of the product, in one
 * transaction for each booking: a bare Express server over pg, and pgbench, which is the database alone. They are written
 * down while the product makes a booking; what differs from one booking to the next is filled in anew. The FastAPI
 * service decides and writes the same through its ORM. All share this machine, in turns: only the ratios mean anything.
 */
const { execFile, execFileSync } = require('node:child_process');
const { createHmac } = require('node:crypto');
const { mkdtempSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { promisify } = require('node:util');
const { Client } = require('pg');
const { startEmbeddedServer } = require('../dist/database/embedded/embedded-server');
const { newApiKey, prefixOf } = require('../dist/modules/auth/keys/api-key.format');
const { occasionOf } = require('../dist/modules/booking/booking.rules');
const { pgbenchScript, template } = require('./booking-template');
const { call, median } = require('./calls');
const { loadOfPosts, WARM_UP_SECONDS } = require('./load');
const { FASTAPI, hasFastapi, NO_FASTAPI } = require('./peers');
const { PEPPER, startBareBooking, startFastapi, startProduct } = require('./processes');
const { figure, leftOut, ratio } = require('./results');

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 9);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 2);
const CONNECTIONS = 20;
const COACHES = 20;
const CLIENTS = 1_000;
/** Five requests of one client may wait with each coach. */
const STARTS = 5 * COACHES;
const PLACES = 50;
const REQUIRED = { bare: 0.6, fastapi: 3.5, pgbench: 0.28 };
/** Nobody makes more bookings than that. */
const MOST_A_SECOND = 800;
const MINUTE = 60_000;

async function aCoach(url, n) {
  const person = {
    first_name: 'Bench',
    last_name: 'Mark',
    email: `coach-${n}@example.com`,
    password: 'Correct-Horse-7',
    role: 'coach',
    timezone: 'UTC',
  };
  const { api_key: key, user } = await call(url, 'POST', '/auth/register', null, person);
  await call(url, 'POST', '/coaches/profile', key, {});
  const price = { type: 'per_session', name: 'Session', price_cents: 5000 };
  const { id: pricingId } = await call(url, 'POST', '/coaches/pricing', key, price);
  for (let day = 0; day < 7; day += 1)
    await call(url, 'POST', '/coaches/availability', key, {
      day_of_week: day,
      start_time: '08:00',
      end_time: '20:00',
      max_slots: PLACES,
    });
  return { coachId: user.id, pricingId };
}

/** Hashing a thousand passwords takes its time: the clients are written straight to the tables. */
async function clientsIn(database) {
  const keys = Array.from({ length: CLIENTS }, () => newApiKey());
  const hashes = keys.map((key) => createHmac('sha256', PEPPER).update(key).digest('hex'));
  const { rows } = await database.query(
    `INSERT INTO users (email, first_name, last_name, role, status, email_verified_at, locale, timezone, country,
       created_at, updated_at)
     SELECT 'client-' || n || '@example.com', 'Bench', 'Mark', 'client', 'active', now(), 'en', 'UTC', 'FR', now(), now()
     FROM generate_series(1, $1) AS n RETURNING id`,
    [CLIENTS],
  );
  const ids = rows.map(({ id }) => id);
  await database.query(
    `INSERT INTO api_keys (user_id, key_hash, key_prefix, created_at)
     SELECT id, hash, prefix, now() FROM unnest($1::uuid[], $2::text[], $3::text[]) AS keys (id, hash, prefix)`,
    [ids, hashes, keys.map((key) => prefixOf(key))],
  );
  return ids.map((id, index) => ({ id, key: keys[index] }));
}

/** Every order can be had: nobody is in two places, and nobody asks one coach a sixth time. */
class Orders {
  taken = 0;

  constructor(coaches, clients, first) {
    this.all = Array.from({ length: STARTS }, (_, start) => {
      const at = new Date(first + (Math.floor(start / 12) * 24 + (start % 12)) * 60 * MINUTE);
      return clients.map(({ id, key }, index) => {
        const coach = coaches[(index + start) % COACHES];
        return { ...coach, clientId: id, key, startsAt: at.toISOString(), occasion: occasionOf(coach.coachId, at) };
      });
    }).flat();
  }

  /** The next ones. */
  ahead(count) {
    if (this.taken + count > this.all.length)
      throw new Error('all orders are used up: fewer rounds or seconds, please');
    return this.all.slice(this.taken, this.taken + count);
  }

  take(count) {
    const taken = this.ahead(count);
    this.taken += count;
    return taken;
  }
}

/** Makes bookings and writes down what the product asks PostgreSQL for: what differs is what a booking fills in. */
async function capture(databaseUrl, folder, orders) {
  const file = join(folder, 'statements.log');
  writeFileSync(file, '');
  const args = ['--require', join(__dirname, 'capture-statements.js')];
  const product = await startProduct(databaseUrl, { ROLE: 'api', BENCH_CAPTURE: file }, args);
  const sent = () =>
    readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  let keyLookUp;
  const made = [];
  // The very first one differs: a process has the library of the queue add its first job of a kind.
  for (const order of orders.take(3)) {
    await call(product.url, 'GET', '/auth/me', order.key);
    keyLookUp ??= sent().find(({ name }) => name === 'api_key_by_hash');
    writeFileSync(file, '');
    const body = { coach_id: order.coachId, scheduled_at: order.startsAt };
    const booking = await call(product.url, 'POST', '/bookings', order.key, body);
    made.push({ order, booking, statements: sent() });
  }
  await product.stop();
  return { keyLookUp, statements: template(made.slice(1)) };
}

async function measure(url, orders, seconds = SECONDS) {
  const posts = orders.ahead(MOST_A_SECOND * seconds).map(({ key, coachId, startsAt }) => ({
    key,
    body: { coach_id: coachId, scheduled_at: startsAt },
  }));
  const { perSecond, taken } = await loadOfPosts(`${url}/bookings`, posts, { connections: CONNECTIONS, seconds });
  orders.take(taken);
  return perSecond;
}

/** Transactions a second, or null where there is no pgbench. */
async function pgbench(databaseUrl, script) {
  const args = [
    '-n',
    '-M',
    'prepared',
    '-c',
    String(CONNECTIONS),
    '-j',
    '2',
    '-T',
    String(SECONDS),
    '-f',
    script,
    databaseUrl,
  ];
  const { stdout } = await promisify(execFile)(process.env.PGBENCH ?? 'pgbench', args);
  if (!/number of failed transactions: 0 /.test(stdout)) throw new Error(stdout);
  return Number(/tps = ([\d.]+)/.exec(stdout)[1]);
}

function hasPgbench() {
  try {
    execFileSync(process.env.PGBENCH ?? 'pgbench', ['--version']);
    return true;
  } catch {
    return false;
  }
}

/** The orders of pgbench, in a table that hands out one after another. */
async function layOut(database, orders, count) {
  await database.query(
    `CREATE UNLOGGED TABLE bench_orders (n int PRIMARY KEY, coach uuid, client uuid, pricing uuid, occasion uuid, start timestamptz)`,
  );
  await database.query('CREATE SEQUENCE bench_turn');
  const rows = orders.take(count);
  await database.query(
    `INSERT INTO bench_orders SELECT n, coach, client, pricing, occasion, start
     FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::timestamptz[])
       WITH ORDINALITY AS orders (coach, client, pricing, occasion, start, n)`,
    ['coachId', 'clientId', 'pricingId', 'occasion', 'startsAt'].map((field) => rows.map((row) => row[field])),
  );
}

function report(beside, least, pairs, what = 'POST /bookings') {
  ratio({
    what,
    beside,
    ratios: pairs.map(([ours, theirs]) => ours / theirs),
    ...(least !== null && { required: { least } }),
    figures: `${median(pairs.map(([ours]) => ours)).toFixed(0)}/s against ${median(pairs.map(([, theirs]) => theirs)).toFixed(0)}/s`,
  });
}

async function main() {
  const folder = mkdtempSync(join(tmpdir(), 'mycoach-bench-'));
  const server = await startEmbeddedServer({ dataDir: folder });
  const database = new Client({ connectionString: server.url });
  try {
    const furnishing = await startProduct(server.url);
    const coaches = [];
    for (let n = 0; n < COACHES; n += 1) coaches.push(await aCoach(furnishing.url, n));
    await furnishing.stop();
    await database.connect();
    const clients = await clientsIn(database);
    // So far ahead that the deadline of a request does not depend on its start.
    const first = (Math.floor(Date.now() / 86_400_000) + 10) * 86_400_000 + 8 * 60 * MINUTE;
    const orders = new Orders(coaches, clients, first);
    const captured = await capture(server.url, folder, orders);
    const file = join(folder, 'template.json');
    const pricings = Object.fromEntries(coaches.map(({ coachId, pricingId }) => [coachId, pricingId]));
    writeFileSync(file, JSON.stringify({ ...captured, pricings }));
    figure({ what: 'statements for a booking', value: captured.statements.length, digits: 0 });

    // Mails and pushes are another process’s work.
    const product = await startProduct(server.url, { ROLE: 'api' });
    const bare = await startBareBooking(server.url, file);
    await measure(product.url, orders, WARM_UP_SECONDS);
    await measure(bare.url, orders, WARM_UP_SECONDS);
    const besideBare = [];
    for (let round = 0; round < ROUNDS; round += 1)
      besideBare.push([await measure(product.url, orders), await measure(bare.url, orders)]);
    report('bare Express + pg', REQUIRED.bare, besideBare);
    await bare.stop();

    const alone = hasPgbench() ? join(folder, 'booking.sql') : null;
    if (alone) {
      writeFileSync(alone, pgbenchScript(captured.statements));
      await layOut(database, orders, ROUNDS * SECONDS * MOST_A_SECOND);
    } else leftOut('POST /bookings beside pgbench', 'there is no pgbench (PGBENCH names one)');
    const fastapi = hasFastapi() ? await startFastapi(server.url) : null;
    if (fastapi) await measure(fastapi.url, orders, WARM_UP_SECONDS);
    else leftOut('POST /bookings beside FastAPI', NO_FASTAPI);
    const rounds = [];
    for (let round = 0; round < ROUNDS; round += 1)
      rounds.push({
        product: await measure(product.url, orders),
        fastapi: fastapi && (await measure(fastapi.url, orders)),
        alone: alone && (await pgbench(server.url, alone)),
      });
    const pairs = (one, other) => rounds.map((round) => [round[one], round[other]]);
    if (fastapi) report(FASTAPI, REQUIRED.fastapi, pairs('product', 'fastapi'));
    if (alone) report('pgbench', REQUIRED.pgbench, pairs('product', 'alone'));
    // The database alone: no server in front of these statements can be further from the peer.
    if (fastapi && alone) report(FASTAPI, null, pairs('alone', 'fastapi'), 'pgbench making the same bookings');
    await fastapi?.stop();
    await product.stop();
  } finally {
    await database.end();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
