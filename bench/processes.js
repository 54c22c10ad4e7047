/** Starting and stopping what is measured. */
const { spawn } = require('node:child_process');
const { once } = require('node:events');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { createInterface } = require('node:readline');

const MAIN = join(__dirname, '..', 'dist', 'main.js');

/** Starts a program and waits until a line of its output tells where it listens. */
async function start(args, env, pattern) {
  const since = performance.now();
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  const url = await new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`ended with ${code}`)));
    lines.on('line', (line) => {
      const found = pattern.exec(line)?.[1];
      if (found) resolve(found);
    });
  });
  return {
    url,
    readyMs: performance.now() - since,
    /** Megabytes of the process that are in memory. */
    memoryMb: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]) / 1024,
    async stop() {
      child.kill('SIGINT');
      await once(child, 'exit');
    },
  };
}

/** The product, with its log written as in production but to nowhere. */
const startProduct = (databaseUrl, env = {}, args = []) =>
  start(
    [...args, MAIN],
    { NODE_ENV: 'test', LOG_LEVEL: 'info', PORT: '0', DATABASE_URL: databaseUrl, RATE_LIMIT_FACTOR: '1000000', ...env },
    /Swagger UI\s+(\S+)\/docs/,
  );

const startBare = (databaseUrl, statementsFile) =>
  start([join(__dirname, 'bare-express.js'), databaseUrl, statementsFile], {}, /^(http\S+)$/);

module.exports = { startProduct, startBare };
