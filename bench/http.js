/**
 * `GET /auth/me`, a list of 50 bookings and a month of slots, with a key, against a bare Express server that runs the same
 * SQL: the look-up of the key, which the product keeps in memory, and what the route reads. Both servers, the database
 * and the load share this machine, in turns: only the ratios mean anything.
 */
const { mkdtempSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { setTimeout: pause } = require('node:timers/promises');
const { startEmbeddedServer } = require('../dist/database/embedded/embedded-server');
const { at, call, median } = require('./calls');
const { load, WARM_UP_SECONDS } = require('./load');
const { NO_PACED, hasPaced, paced } = require('./paced');
const { FASTAPI, hasFastapi, NO_FASTAPI } = require('./peers');
const { startBare, startEmpty, startFastapi, startProduct } = require('./processes');
const { figure, leftOut, ratio } = require('./results');

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 9);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 2);
const CONNECTIONS = 20;
const DAY = 86_400_000;
/** Of the slowest hundredth to the median, at half of what the process can answer. */
const REQUIRED_TAIL = 4;
/** The runtime keeps what starting up took until it has had nothing to do for about a minute. */
const STARTED_MS = 5_000;
const IDLE_MS = Number(process.env.BENCH_IDLE_SECONDS ?? 90) * 1_000;

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
  const day = (distance) => new Date(Date.now() + distance * DAY).toISOString().slice(0, 10);
  const slotsPath = `/coaches/${coach.user.id}/slots?from=${day(1)}&to=${day(30)}`;
  return {
    key: coach.api_key,
    routes: [
      { path: '/auth/me', bare: 0.8, fastapi: 3 },
      { path: '/bookings?limit=50', bare: 0.75, fastapi: 2.3 },
      { path: slotsPath, name: '/coaches/{id}/slots, 30 days', isComputed: true, bare: 0.7 },
    ],
  };
}

/**
 * What the product asks PostgreSQL for on each route, once its caches are warm; and what it answers where that is not
 * merely what it read, so that the bare server has as much to send.
 */
async function captureStatements(databaseUrl, folder, key, wanted) {
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
  const answers = {};
  for (const { path: route, isComputed } of wanted) {
    const answer = await call(product.url, 'GET', route, key);
    if (isComputed) answers[route.split('?')[0]] = answer;
    // The first request with the key, before the product has it in its cache.
    keyLookUp ??= sent().find(({ name }) => name === 'api_key_by_hash');
    writeFileSync(file, '');
    await call(product.url, 'GET', route, key);
    routes[route.split('?')[0]] = sent();
  }
  await product.stop();
  const captured = join(folder, 'statements.json');
  writeFileSync(captured, JSON.stringify({ keyLookUp, routes, answers }));
  return { captured, routes };
}

const measure = (url, path, key, seconds = SECONDS) =>
  load(`${url}${path}`, { connections: CONNECTIONS, seconds, headers: { 'x-api-key': key } });

/**
 * How much longer the slowest hundredth waits than the half, while a process does half of what it can. The bare server is
 * asked for half of what it can do itself, and one that does nothing for as much as the product: what their slowest
 * hundredth waits is the machine's doing, not the product's.
 */
async function tails(product, bare, key) {
  const headers = { 'x-api-key': key };
  const empty = await startEmpty();
  const halfOf = async ({ url }) => Math.floor((await measure(url, '/auth/me', key)) / 2);
  const half = await halfOf(product);
  const sites = [
    { of: '', site: product, perSecond: half, required: { most: REQUIRED_TAIL } },
    { of: ' of bare Express + pg', site: bare, perSecond: await halfOf(bare) },
    { of: ' of a server that does nothing, asked as often', site: empty, perSecond: half },
  ].map((one) => ({ ...one, ratios: [], seen: [] }));
  for (let round = 0; round < ROUNDS; round += 1)
    for (const { site, perSecond, ratios, seen } of sites) {
      const times = await paced(`${site.url}/auth/me`, { headers, perSecond, seconds: SECONDS });
      ratios.push(at(0.99, times) / at(0.5, times));
      seen.push(`${at(0.5, times).toFixed(1)} and ${at(0.99, times).toFixed(1)} ms`);
    }
  await empty.stop();
  for (const { of, ratios, seen, perSecond, required } of sites)
    ratio({
      what: `GET /auth/me${of}, 99th percentile at half of the most`,
      beside: 'the median',
      ratios,
      required,
      figures: `${perSecond}/s; ${seen.join(', ')}`,
    });
}

async function main() {
  const folder = mkdtempSync(join(tmpdir(), 'mycoach-bench-'));
  const database = await startEmbeddedServer({ dataDir: folder });
  try {
    const furnishing = await startProduct(database.url);
    const { key, routes: wanted } = await furnish(furnishing.url);
    await furnishing.stop();
    const { captured, routes } = await captureStatements(database.url, folder, key, wanted);

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
    figure({
      what: `memory, idle for ${IDLE_MS / 1_000} seconds`,
      value: idleMb,
      unit: 'MB',
      required: { most: 150 },
      digits: 0,
    });
    figure({ what: 'memory right after the start', value: startedMb, unit: 'MB', digits: 0 });
    const bare = await startBare(database.url, captured);
    const fastapi = hasFastapi() ? await startFastapi(database.url) : null;
    if (!fastapi) leftOut('reads beside FastAPI', NO_FASTAPI);
    for (const { path: route, name = route, ...required } of wanted) {
      const sites = [product, bare, ...(fastapi && required.fastapi ? [fastapi] : [])];
      for (const { url } of sites) await measure(url, route, key, WARM_UP_SECONDS);
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
        what: `GET ${name}`,
        beside: 'bare Express + pg',
        ratios: against(1),
        required: { least: required.bare },
        figures: `${each(0)} against ${each(1)}; ${statements} statements, the bare server one more for the key`,
      });
      if (fastapi && required.fastapi)
        ratio({
          what: `GET ${name}`,
          beside: FASTAPI,
          ratios: against(2),
          required: { least: required.fastapi },
          figures: `${each(0)} against ${each(2)}`,
        });
    }
    await fastapi?.stop();
    if (hasPaced()) await tails(product, bare, key);
    else leftOut('the slowest hundredth', NO_PACED);
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
