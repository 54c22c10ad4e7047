import { once } from 'node:events';
import { mkdir, realpath } from 'node:fs/promises';
import type { Server } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { prepareBinaries } from './binaries';
import { Cluster } from './cluster';
import { tryKeeperLock } from './keeper-lock';
import { type KeeperOptions, type KeeperReport, parseOptions } from './keeper-protocol';
import { Launcher } from './launcher';
import { clusterDir, findRunningServer } from './running-server';

const JOIN_DEADLINE_MS = 60_000;

/**
 * A process of its own between the application and PostgreSQL. It ends the server when its standard input closes, which
 * the operating system does when the application ends, even by `kill -9`; while an application that was asked to stop
 * still finishes its requests, the database stays.
 */
async function keep({ dataDir: wanted, flags }: KeeperOptions, abandoned: AbortSignal): Promise<void> {
  await mkdir(wanted, { recursive: true });
  const dataDir = await realpath(wanted);
  const found = await lockOrJoin(dataDir, abandoned);
  if ('url' in found) return report({ url: found.url, owned: false });

  const binaries = await prepareBinaries();
  const launcher = await Launcher.choose(binaries, dataDir, clusterDir(dataDir));
  const cluster = new Cluster(dataDir, binaries, launcher);
  await cluster.stopOrphan();
  await cluster.initialise(abandoned);
  const { url, server } = await cluster.start(flags, abandoned);
  await report({ url, owned: true });
  if (!abandoned.aborted) await Promise.race([once(abandoned, 'abort'), server.ended]);
  await cluster.stop(server);
}

/** The keeper that comes second waits for the first: until its server can be joined, or until it has gone. */
async function lockOrJoin(dataDir: string, abandoned: AbortSignal): Promise<{ lock: Server } | { url: string }> {
  const end = performance.now() + JOIN_DEADLINE_MS;
  while (!abandoned.aborted && performance.now() < end) {
    const lock = await tryKeeperLock(dataDir);
    if (lock) return { lock };
    const url = await findRunningServer(dataDir);
    if (url !== null) return { url };
    await delay(50);
  }
  throw new Error(`Another process is starting or stopping the embedded database in ${dataDir} and does not finish.`);
}

function report(line: KeeperReport): Promise<void> {
  return new Promise((resolve) => process.stdout.write(`${JSON.stringify(line)}\n`, () => resolve()));
}

function whenInputCloses(): AbortSignal {
  const closed = new AbortController();
  for (const event of ['end', 'close', 'error']) process.stdin.once(event, () => closed.abort());
  process.stdin.resume();
  return closed.signal;
}

// Only the closing of its input ends the keeper. A signal is meant for the application, and often sent to its children
// as well (a terminal, a process manager), while the application still needs the database.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
// Nobody reads any more when the application is gone, and that must not keep the server from ending in order.
for (const output of [process.stdout, process.stderr]) output.on('error', () => undefined);

Promise.resolve()
  .then(() => keep(parseOptions(process.argv[2]), whenInputCloses()))
  .catch(async (error: unknown) => {
    await report({ error: error instanceof Error ? error.message : String(error) });
    process.exitCode = 1;
  })
  // The lock and the input would keep the process alive.
  .finally(() => process.exit());
