/**
 * One, two and four processes behind nginx on one database: what they answer together, that their request limits hold as
 * one with a Redis, how soon all refuse a key that one of them revoked, and that a periodic job runs once for all. The
 * load, nginx, the processes and PostgreSQL share this machine: with few cores more processes only share them, and the
 * ratios say so: what more of them cost where there is no core for them.
 */
const { spawn } = require('node:child_process');
const { once } = require('node:events');
const { existsSync, mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { setTimeout: pause } = require('node:timers/promises');
const { Client } = require('pg');
const { startEmbeddedServer } = require('../dist/database/embedded/embedded-server');
const { call, median } = require('./calls');
const { load } = require('./load');
const { hasNginx, startNginx } = require('./nginx');
const { freePort, startProduct } = require('./processes');
const { figure, leftOut, ratio } = require('./results');

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 9);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 2);
const PROCESSES = 4;
const SHARES = [1, 2, PROCESSES];
const REDIS = ['/usr/bin/redis-server', '/usr/local/bin/redis-server'].find(existsSync);
/** Contract §1.6: requests of a key in a minute. */
const KEY_LIMIT = 300;
const TICK_MS = Number(process.env.BENCH_TICK_SECONDS ?? 65) * 1_000;

async function someone(url, n) {
  const person = {
    first_name: 'Bench',
    last_name: 'Mark',
    email: `person-${n}@example.com`,
    password: 'Correct-Horse-7',
  };
  return (await call(url, 'POST', '/auth/register', null, { ...person, role: 'client' })).api_key;
}

const statusOf = async (url, key, path = '/auth/me', method = 'GET') =>
  (await fetch(`${url}${path}`, { method, headers: { 'x-api-key': key } })).status;

async function throughput(products, key) {
  if (!hasNginx()) return leftOut('processes behind nginx', 'there is no nginx');
  const ports = products.map(({ url }) => Number(new URL(url).port));
  const sites = new Map();
  for (const share of SHARES) sites.set(await freePort(), ports.slice(0, share));
  const nginx = await startNginx(sites);
  const urls = [...sites.keys()].map((port) => `http://127.0.0.1:${port}/auth/me`);
  const headers = { 'x-api-key': key };
  for (const url of urls) await load(url, { headers, seconds: 1 });
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const one = [];
    for (const url of urls) one.push(await load(url, { headers, seconds: SECONDS, connections: 40 }));
    rounds.push(one);
  }
  await nginx.stop();
  const each = (place) => `${median(rounds.map((one) => one[place])).toFixed(0)}/s`;
  for (const [place, share] of SHARES.entries())
    if (share > 1)
      ratio({
        what: `GET /auth/me of ${share} processes behind nginx`,
        beside: 'one',
        ratios: rounds.map((one) => one[place] / one[0]),
        figures: `${each(place)} against ${each(0)}`,
      });
}

/** Every process is asked at once, and all of them as often. */
async function exactLimit(databaseUrl, key, mode) {
  if (!REDIS) return leftOut('the limit of a key over four processes', 'there is no redis-server');
  const port = await freePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const redis = spawn(REDIS, args, { stdio: 'ignore', cwd: tmpdir() });
  const variables = { ...mode, ROLE: 'api', RATE_LIMIT_FACTOR: '1', REDIS_URL: `redis://127.0.0.1:${port}` };
  await pause(500);
  const products = [];
  for (let n = 0; n < PROCESSES; n += 1) products.push(await startProduct(databaseUrl, variables));
  const statuses = [];
  while (statuses.length < KEY_LIMIT + 100)
    statuses.push(
      ...(await Promise.all(Array.from({ length: 40 }, (_, n) => statusOf(products[n % PROCESSES].url, key)))),
    );
  const others = statuses.filter((status) => status !== 200 && status !== 429);
  if (others.length > 0) throw new Error(`neither let through nor refused: ${others.join(' ')}`);
  const accepted = statuses.filter((status) => status === 200).length;
  figure({
    what: `requests of a key in a minute that ${PROCESSES} processes let through, of ${statuses.length}`,
    value: accepted,
    required: { least: KEY_LIMIT, most: KEY_LIMIT },
    digits: 0,
  });
  for (const product of products) await product.stop();
  redis.kill('SIGTERM');
  await once(redis, 'exit');
}

/** From the answer of the process that revoked it to the last of the others that refuses. */
async function revocation([first, ...others], keys) {
  const times = [];
  for (const key of keys) {
    for (const { url } of [first, ...others]) await statusOf(url, key);
    await statusOf(first.url, key, '/auth/logout', 'DELETE');
    const since = performance.now();
    await Promise.all(
      others.map(async ({ url }) => {
        while ((await statusOf(url, key)) !== 401) await pause(2);
      }),
    );
    times.push(performance.now() - since);
  }
  const value = Math.max(...times) / 1_000;
  figure({
    what: 'a revoked key is refused by all processes within',
    value,
    unit: 's',
    required: { most: 1 },
    digits: 3,
  });
}

/** How often all of them together ran the work of a tick, for each tick there was. */
async function ticks(products, database) {
  await pause(TICK_MS);
  const { rows } = await database.query('SELECT count(*)::int AS due FROM job_ticks');
  const texts = await Promise.all(products.map(async ({ url }) => (await fetch(`${url}/metrics`)).text()));
  const ran = texts.map((text) => Number(/job="run_periodic_job",outcome="done"\} (\d+)/.exec(text)?.[1] ?? 0));
  const [{ due }] = rows;
  if (due === 0) return leftOut('periodic jobs of several processes', 'none fell due in this time');
  figure({
    what: `runs of periodic jobs in ${PROCESSES} processes for each of ${due} ticks`,
    value: ran.reduce((all, one) => all + one, 0) / due,
    required: { least: 1, most: 1 },
  });
}

async function main() {
  const folder = mkdtempSync(join(tmpdir(), 'mycoach-bench-'));
  const server = await startEmbeddedServer({ dataDir: folder, flags: ['max_connections=200'] });
  const database = new Client({ connectionString: server.url });
  try {
    // Periodic jobs come by the clock, as in production; in tests the sandbox runs them.
    const mode = { NODE_ENV: 'development', DATA_DIR: folder };
    const products = [];
    for (let n = 0; n < PROCESSES; n += 1) products.push(await startProduct(server.url, mode));
    await database.connect();
    const keys = [];
    for (let n = 0; n < 12; n += 1) keys.push(await someone(products[0].url, n));
    await throughput(products, keys[0]);
    await revocation(products, keys.slice(2));
    await ticks(products, database);
    for (const product of products) await product.stop();
    await exactLimit(server.url, keys[1], mode);
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
