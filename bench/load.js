/** Load on one path: by wrk where it is installed, whose own work is the least, else by autocannon. */
const { execFile, execFileSync } = require('node:child_process');
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

const tool = hasWrk() ? 'wrk' : 'autocannon';

/** Requests a second, every one of which was answered with success. */
async function load(url, { headers = {}, connections = 20, seconds }) {
  return tool === 'wrk' ? byWrk(url, headers, connections, seconds) : byAutocannon(url, headers, connections, seconds);
}

async function byWrk(url, headers, connections, seconds) {
  const named = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  const args = ['-t', '1', '-c', String(connections), '--timeout', '10s', '-d', `${seconds}s`, ...named, url];
  const { stdout } = await promisify(execFile)('wrk', args);
  if (/Non-2xx or 3xx responses|Socket errors/.test(stdout)) throw new Error(`${url}: ${stdout}`);
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)[1]);
}

async function byAutocannon(url, headers, connections, seconds) {
  const { non2xx, errors, requests } = await autocannon({ url, headers, connections, duration: seconds });
  if (non2xx > 0 || errors > 0) throw new Error(`${url}: ${non2xx} refused, ${errors} failed`);
  return requests.average;
}

module.exports = { load, tool };
