/** Load on one path: by wrk where it is installed, whose own work is the least, else by autocannon. */
const { execFile, execFileSync } = require('node:child_process');
const { mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { promisify } = require('node:util');
const autocannon = require('autocannon');

function hasWrk() {
  try {
    execFileSync('wrk', ['--version'], { stdio: 'ignore' });
    return true;
  } catch (error) {
    // It prints its version and ends with 1.
    return error.code !== 'ENOENT';
  }
}

/** What runs for days has been compiled long ago: a process is asked for so long before it is measured. */
const WARM_UP_SECONDS = Number(process.env.BENCH_WARM_UP_SECONDS ?? 10);

const tool = hasWrk() ? 'wrk' : 'autocannon';

/** Requests a second, every one of which was answered with success. */
async function load(url, { headers = {}, connections = 20, seconds }) {
  return tool === 'wrk' ? byWrk(url, headers, connections, seconds) : byAutocannon(url, headers, connections, seconds);
}

/**
 * The same for posts each of which differs: `{ key, body }`, as many as there may be at the most.
 *
 * @returns also how many were taken
 */
async function loadOfPosts(url, posts, { connections, seconds }) {
  return tool === 'wrk'
    ? postsByWrk(url, posts, connections, seconds)
    : postsByAutocannon(url, posts, connections, seconds);
}

async function byWrk(url, headers, connections, seconds) {
  const named = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  const { perSecond } = await wrk(connections, seconds, [...named, url]);
  return perSecond;
}

async function postsByWrk(url, posts, connections, seconds) {
  const folder = mkdtempSync(join(tmpdir(), 'mycoach-bench-posts-'));
  try {
    const file = join(folder, 'posts');
    writeFileSync(file, posts.map(({ key, body }) => `${key}\t${JSON.stringify(body)}\n`).join(''));
    const script = ['-s', join(__dirname, 'posts.lua'), url, '--', file];
    const { perSecond, stdout } = await wrk(connections, seconds, script);
    return { perSecond, taken: Number(/taken: (\d+)/.exec(stdout)[1]) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function wrk(connections, seconds, args) {
  const usual = ['-t', '1', '-c', String(connections), '--timeout', '10s', '-d', `${seconds}s`];
  const { stdout } = await promisify(execFile)('wrk', [...usual, ...args]);
  if (/Non-2xx or 3xx responses|Socket errors/.test(stdout)) throw new Error(stdout);
  return { perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)[1]), stdout };
}

async function byAutocannon(url, headers, connections, seconds) {
  return perSecondOf(await autocannon({ url, headers, connections, duration: seconds }));
}

async function postsByAutocannon(url, posts, connections, seconds) {
  let taken = 0;
  const setupRequest = (request) => {
    const { key, body } = posts[taken++];
    const headers = { 'x-api-key': key, 'content-type': 'application/json' };
    return { ...request, body: JSON.stringify(body), headers };
  };
  const requests = [{ method: 'POST', setupRequest }];
  const perSecond = perSecondOf(await autocannon({ url, connections, duration: seconds, requests }));
  return { perSecond, taken };
}

function perSecondOf({ url, non2xx, errors, requests }) {
  if (non2xx > 0 || errors > 0) throw new Error(`${url}: ${non2xx} refused, ${errors} failed`);
  return requests.average;
}

module.exports = { WARM_UP_SECONDS, load, loadOfPosts, tool };
