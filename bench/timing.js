/**
 * Whether time tells a stranger anything: keys that are unknown, revoked and expired, and addresses with and without an
 * account. The kinds take turns in random order on one connection; the slowest tenth, which is noise of the machine, is
 * left out of each in the same way; Welch's t says whether what is left differs. Below 4.5 it does not.
 */
const { createHmac, randomInt } = require('node:crypto');
const { mkdtempSync, chmodSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { Agent, request } = require('node:http');
const { Client } = require('pg');
const { SingleBar, Presets } = require('cli-progress');
const { startEmbeddedServer } = require('../dist/database/embedded/embedded-server');
const { newApiKey, prefixOf } = require('../dist/modules/auth/keys/api-key.format');
const { call } = require('./calls');
const { PEPPER, startProduct } = require('./processes');

const KEYS = Number(process.env.TIMING_KEYS ?? 10_000);
const LOGINS = Number(process.env.TIMING_LOGINS ?? 300);
const REFUSED_T = 4.5;
const KEPT = 0.9;
const PASSWORD = 'Correct-Horse-7';

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** Milliseconds until the whole answer is there. */
function timed(url, method, path, headers, body) {
  return new Promise((settle, reject) => {
    const since = performance.now();
    const sent = request(`${url}${path}`, { method, agent, headers }, (answer) => {
      answer.resume().on('end', () => settle({ ms: performance.now() - since, status: answer.statusCode }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Samples of each kind, their order drawn anew in every round. */
async function sampled(name, count, kinds) {
  const times = Object.fromEntries(Object.keys(kinds).map((kind) => [kind, []]));
  const bar = new SingleBar({ format: `${name} {bar} {value}/{total}`, stream: process.stderr }, Presets.legacy);
  if (process.stderr.isTTY) bar.start(count, 0);
  for (let round = 0; round < count; round += 1) {
    const order = Object.keys(kinds)
      .map((kind) => [randomInt(1 << 30), kind])
      .sort(([one], [other]) => one - other);
    for (const [, kind] of order) {
      const { ms, status } = await kinds[kind]();
      if (status !== 401) throw new Error(`${name}, ${kind}: answered ${status}`);
      times[kind].push(ms);
    }
    bar.update(round + 1);
  }
  bar.stop();
  return times;
}

function momentsOf(numbers) {
  const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  const variance = numbers.reduce((sum, number) => sum + (number - mean) ** 2, 0) / (numbers.length - 1);
  return { mean, variance, count: numbers.length };
}

function welch(one, other) {
  const [left, right] = [momentsOf(one), momentsOf(other)];
  const error = Math.sqrt(left.variance / left.count + right.variance / right.count);
  return { t: (left.mean - right.mean) / error, differenceUs: (left.mean - right.mean) * 1_000 };
}

/** The bound is one for all kinds: a kind that is slower would lose more of its samples, and be seen by that. */
function judged(name, times) {
  const all = Object.values(times).flat();
  const bound = all.sort((one, other) => one - other)[Math.floor(all.length * KEPT)];
  const kinds = Object.keys(times);
  let isTold = false;
  for (const [place, one] of kinds.entries())
    for (const other of kinds.slice(place + 1)) {
      const { t, differenceUs } = welch(
        times[one].filter((ms) => ms <= bound),
        times[other].filter((ms) => ms <= bound),
      );
      isTold ||= Math.abs(t) >= REFUSED_T;
      console.log(
        `${name}: ${one} against ${other}: t = ${t.toFixed(2)}, ${differenceUs.toFixed(1)} µs` +
          ` (${times[one].length} samples each; told apart from |t| = ${REFUSED_T})`,
      );
    }
  return isTold;
}

async function main() {
  const folder = mkdtempSync(join(tmpdir(), 'mycoach-timing-'));
  chmodSync(folder, 0o755);
  const server = await startEmbeddedServer({ dataDir: folder, flags: ['fsync=off'] });
  const product = await startProduct(server.url, { ROLE: 'api', LOG_LEVEL: 'error' });
  const database = new Client(server.url);
  await database.connect();
  try {
    const person = { first_name: 'Ti', last_name: 'Ming', email: 'known@example.com', password: PASSWORD };
    const { user } = await call(product.url, 'POST', '/auth/register', null, { ...person, role: 'client' });
    await database.query(`UPDATE users SET status = 'active', email_verified_at = now()`);
    const kept = async (column) => {
      const key = newApiKey();
      const hash = createHmac('sha256', PEPPER).update(key).digest('hex');
      await database.query(
        `INSERT INTO api_keys (user_id, key_hash, key_prefix, created_at, ${column}) VALUES ($1, $2, $3, now(), now())`,
        [user.id, hash, prefixOf(key)],
      );
      return key;
    };
    const [revoked, expired] = [await kept('revoked_at'), await kept('expires_at')];
    const me = (key) => timed(product.url, 'GET', '/auth/me', { 'x-api-key': key });
    const login = async (email) => {
      await database.query('DELETE FROM login_failures');
      const body = JSON.stringify({ email, password: 'Wrong-Horse-77' });
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
      return timed(product.url, 'POST', '/auth/login', headers, body);
    };
    for (let warm = 0; warm < 200; warm += 1) await me(warm % 2 === 0 ? revoked : newApiKey());
    const keys = { unknown: () => me(newApiKey()), revoked: () => me(revoked), expired: () => me(expired) };
    const toldKeys = judged('key', await sampled('key', KEYS, keys));
    const logins = {
      'with an account': () => login('known@example.com'),
      'without one': () => login('nobod@example.com'),
    };
    const toldLogins = judged('sign-in', await sampled('sign-in', LOGINS, logins));
    process.exitCode = toldKeys || toldLogins ? 1 : 0;
  } finally {
    await database.end();
    await product.stop();
    await server.stop();
    agent.destroy();
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
