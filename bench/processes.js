/** Starting and stopping what is measured. */
const { spawn } = require('node:child_process');
const { once } = require('node:events');
const { closeSync, mkdtempSync, openSync, readFileSync, rmSync } = require('node:fs');
const { createServer } = require('node:net');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { setTimeout: pause } = require('node:timers/promises');

const { PYTHON } = require('./peers');

const MAIN = join(__dirname, '..', 'dist', 'main.js');
const PEPPER = 'a pepper of the benchmark that both servers know';
/** A line that is an address and nothing else. */
const TELLS_WHERE = /^(http\S+)$/m;
const STEP_MS = 5;

/**
 * Starts a program and waits until a line of its output tells where it listens. The output goes to a file: whoever read
 * it along would take the processor from what is measured.
 */
async function start(args, env, pattern, program = process.execPath) {
  const folder = mkdtempSync(join(tmpdir(), 'mycoach-bench-output-'));
  const output = join(folder, 'output.log');
  const since = performance.now();
  const file = openSync(output, 'w');
  const child = spawn(program, args, {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', file, 'inherit'],
  });
  closeSync(file);
  let url;
  while (!url) {
    if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}`);
    await pause(STEP_MS);
    url = pattern.exec(readFileSync(output, 'utf8'))?.[1];
  }
  return {
    url,
    readyMs: performance.now() - since,
    /** Megabytes of the process that are in memory. */
    memoryMb: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]) / 1024,
    /** Seconds of processor time that the process has used. */
    cpuSeconds() {
      const [user, system] = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1].split(' ').slice(11, 13);
      return (Number(user) + Number(system)) / 100;
    },
    async stop() {
      child.kill('SIGINT');
      if (child.exitCode === null) await once(child, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The product, with its log written as in production, and the settings of the image. */
const startProduct = (databaseUrl, env = {}, args = []) =>
  start(
    [...args, MAIN],
    {
      NODE_ENV: 'test',
      LOG_LEVEL: 'info',
      PORT: '0',
      DATABASE_URL: databaseUrl,
      RATE_LIMIT_FACTOR: '1000000',
      API_KEY_PEPPER: PEPPER,
      MALLOC_ARENA_MAX: '2',
      ...env,
    },
    /Swagger UI\s+(\S+)\/docs/,
  );

const startBare = (databaseUrl, statementsFile) =>
  start([join(__dirname, 'bare-express.js'), databaseUrl, statementsFile, PEPPER], {}, TELLS_WHERE);

const startEmpty = () => start([join(__dirname, 'empty.js')], {}, TELLS_WHERE);

const startBareBooking = (databaseUrl, templateFile) =>
  start([join(__dirname, 'bare-booking.js'), databaseUrl, templateFile, PEPPER], {}, TELLS_WHERE);

/** The same with FastAPI, which cannot tell a port that it chose itself. */
async function startFastapi(databaseUrl) {
  const port = await freePort();
  const peer = join(__dirname, 'fastapi', 'peer.py');
  const env = { PORT: String(port), PYTHONDONTWRITEBYTECODE: '1' };
  const started = await start([peer, databaseUrl, PEPPER], env, TELLS_WHERE, PYTHON);
  // It says so just before it listens.
  for (;;) {
    const isThere = await fetch(`${started.url}/openapi.json`).then(
      () => true,
      () => false,
    );
    if (isThere) return started;
    await pause(STEP_MS);
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

module.exports = { PEPPER, freePort, startProduct, startBare, startBareBooking, startEmpty, startFastapi };
