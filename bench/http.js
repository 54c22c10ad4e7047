/**
 * `GET /auth/me` and a list of 50 bookings, with a key, against a bare Express server that runs the same SQL: the look-up
 * of the key, which the product keeps in memory, and what the route reads. Both servers, the database and the load share
 * this machine, in turns: only the ratios mean anything.
 */
const { mkdtempSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { setTimeout: pause } = require('node:timers/promises');
const { startEmbeddedServer } = require('../dist/database/embedded/embedded-server');
const { call, median } = require('./calls');
const { load } = require('./load');
const { hasFastapi, NO_FASTAPI } = require('./peers');
const { startBare, startFastapi, startProduct } = require('./processes');
const { figure, leftOut, ratio } = require('./results');

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 4);
const CONNECTIONS = 20;
const ROUTES = ['/auth/me', '/bookings?limit=50'];
const REQUIRED = 0.75;
/** The runtime keeps what starting up took until it has had nothing to do for about half a minute. */
const STARTED_MS = 5_000;
const IDLE_MS = Number(process.env.BENCH_IDLE_SECONDS ?? 60) * 1_000;

/** A coach with fifty requests of ten clients. */
async function furnish(url) {
  const person = (role, n) => ({
    first_name: 'Bench',
    last_name: 'Mark',
    email: `${role}-${n}@example.com`,
    password: 'Correct-Horse-7',
    role,
  });
  const coach = await call(url, 'POST', '/auth/register', null, person('coach', 0));
  await call(url, 'POST', '/coaches/profile', coach.api_key, {});
  await call(url, 'POST', '/coaches/pricing', coach.api_key, {
    type: 'per_session',
    name: 'Session',
    price_cents: 5000,
  });
  for (let day = 0; day < 7; day += 1)
    await call(url, 'POST', '/coaches/availability', coach.api_key, {
      day_of_week: day,
      start_time: '08:00',
      end_time: '20:00',
    });
  const { slots } = await call(url, 'GET', `/coaches/${coach.user.id}/slots`, coach.api_key);
  for (let n = 0; n < 10; n += 1) {
    const client = await call(url, 'POST', '/auth/register', null, person('client', n));
    // One in five says something, which is kept encrypted: the bare server hands it out as it is stored.
    for (const [place, slot] of slots.slice(n * 5, n * 5 + 5).entries())
      await call(url, 'POST', '/bookings', client.api_key, {
        coach_id: coach.user.id,
        scheduled_at: slot.scheduled_at,
        ...(place === 0 && { client_message: 'Looking forward to it' }),
      });
  }
  return coach.api_key;
}

/** What the product asks PostgreSQL for on each route, once its caches are warm. */
async function captureStatements(databaseUrl, folder, key) {
  const file = join(folder, 'statements.log');
  writeFileSync(file, '');
  const capture = ['--require', join(__dirname, 'capture-statements.js')];
  const product = await startProduct(databaseUrl, { ROLE: 'api', BENCH_CAPTURE: file }, capture);
  const sent = () =>
    readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  const routes = {};
  let keyLookUp;
  for (const route of ROUTES) {
    await call(product.url, 'GET', route, key);
    // The first request with the key, before the product has it in its cache.
    keyLookUp ??= sent().find(({ name }) => name === 'api_key_by_hash');
    writeFileSync(file, '');
    await call(product.url, 'GET', route, key);
    routes[route.split('?')[0]] = sent();
  }
  await product.stop();
  const captured = join(folder, 'statements.json');
  writeFileSync(captured, JSON.stringify({ keyLookUp, routes }));
  return { captured, routes };
}

const measure = (url, path, key, seconds = SECONDS) =>
  load(`${url}${path}`, { connections: CONNECTIONS, seconds, headers: { 'x-api-key': key } });

async function main() {
  const folder = mkdtempSync(join(tmpdir(), 'mycoach-bench-'));
  const database = await startEmbeddedServer({ dataDir: folder });
  try {
    const furnishing = await startProduct(database.url);
    const key = await furnish(furnishing.url);
    await furnishing.stop();
    const { captured, routes } = await captureStatements(database.url, folder, key);

    const starts = [];
    for (let n = 0; n < 3; n += 1) {
      const product = await startProduct(database.url);
      starts.push(product.readyMs);
      await product.stop();
    }
    const product = await startProduct(database.url);
    await pause(STARTED_MS);
    const startedMb = product.memoryMb();
    await pause(Math.max(0, IDLE_MS - STARTED_MS));
    const idleMb = product.memoryMb();
    figure({ what: 'start-up', value: median(starts) / 1000, unit: 's', required: { most: 3 } });
    figure({ what: 'memory, idle for a minute', value: idleMb, unit: 'MB', required: { most: 150 }, digits: 0 });
    figure({ what: 'memory right after the start', value: startedMb, unit: 'MB', digits: 0 });
    const bare = await startBare(database.url, captured);
    const fastapi = hasFastapi() ? await startFastapi(database.url) : null;
    if (!fastapi) leftOut('reads beside FastAPI', NO_FASTAPI);
    const sites = [product, bare, ...(fastapi ? [fastapi] : [])];
    for (const route of ROUTES) {
      for (const { url } of sites) await measure(url, route, key, 2);
      const rounds = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const one = [];
        for (const { url } of sites) one.push(await measure(url, route, key));
        rounds.push(one);
      }
      const each = (place) => `${median(rounds.map((one) => one[place])).toFixed(0)}/s`;
      const against = (place) => rounds.map((one) => one[0] / one[place]);
      const statements = routes[route.split('?')[0]].length;
      ratio({
        what: `GET ${route}`,
        beside: 'bare Express + pg',
        ratios: against(1),
        required: { least: REQUIRED },
        figures: `${each(0)} against ${each(1)}; ${statements} statements, the bare server one more for the key`,
      });
      if (fastapi)
        ratio({
          what: `GET ${route}`,
          beside: 'FastAPI + SQLAlchemy + asyncpg',
          ratios: against(2),
          figures: `${each(0)} against ${each(2)}`,
        });
    }
    await fastapi?.stop();
    await bare.stop();
    await product.stop();
  } finally {
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
