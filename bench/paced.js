/**
 * A steady stream of requests, sent by the clock whatever became of those before, and what each of them waited: by
 * h2load, a process for each connection. One process would let all of its connections send at the same moment, and each
 * request would wait for those beside it.
 */
const { spawn } = require('node:child_process');
const { once } = require('node:events');
const { mkdtempSync, readFileSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { setTimeout: pause } = require('node:timers/promises');
const { runs } = require('./peers');

const NO_PACED = 'there is no h2load (of the package nghttp2-client)';

const hasPaced = () => runs('h2load', ['--version']) !== null;

/** Milliseconds that each answer took. */
async function paced(url, { headers, perSecond, seconds, connections = 20 }) {
  const folder = mkdtempSync(join(tmpdir(), 'mycoach-bench-paced-'));
  const each = perSecond / connections;
  const named = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  try {
    const logs = Array.from({ length: connections }, async (_, place) => {
      // Spread over the time between two requests of one connection.
      await pause((place * 1_000) / perSecond);
      const log = join(folder, `${place}.log`);
      const rhythm = ['--rps', each.toFixed(0), '-D', String(seconds)];
      const child = spawn('h2load', ['--h1', '-c', '1', ...rhythm, '--log-file', log, ...named, url]);
      child.stdout.resume();
      await once(child, 'exit');
      return log;
    });
    return (await Promise.all(logs)).flatMap(timesIn);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A line for each request: when it began, its status, and the microseconds until it was answered. */
function timesIn(log) {
  const lines = readFileSync(log, 'utf8').trim().split('\n');
  return lines.map((line) => {
    const [, status, took] = line.split('\t');
    if (status !== '200') throw new Error(`answered with ${status}`);
    return Number(took) / 1_000;
  });
}

module.exports = { NO_PACED, hasPaced, paced };
