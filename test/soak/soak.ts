import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Callers } from 'test/nemesis/callers';
import { Chance } from 'test/nemesis/chance';
import { History } from 'test/nemesis/history';
import { setStage, type Stage } from 'test/nemesis/stage';
import { eventually, realTime } from 'test/support/eventually';
import { OwnDatabase } from 'test/support/own-database';
import { freePort, type RealProcess, startProcess } from 'test/support/real-process';
import { Crowd } from './crowd';
import { type Look, Probe, type Watched } from './probe';
import { boundsOf, type Sample, trendOf } from './trend';

/**
 * `npm run soak -- --minutes 20 --seed 7`: one process that answers and one that works off jobs, under a steady load of
 * everything, and whether they need as much at its end as at its beginning. It ends with 1 where they need more.
 */
const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '20' }, seed: { type: 'string', default: '7' } },
});
const MINUTES = Number(values.minutes);
const SAMPLE_MS = 5_000;
/** Caches fill, pools open, and the runtime compiles what is asked for often. */
const BOUNDS = boundsOf(MINUTES);
const DRAIN_MS = 90_000;
/** The machine may have to be shared with anything. */
const START_MS = 300_000;

const folder = mkdtempSync(join(tmpdir(), 'mycoach-soak-'));

async function main(): Promise<string[]> {
  const database = await OwnDatabase.start();
  const running: RealProcess[] = [];
  try {
    const watched = new Map<string, Watched>();
    for (const role of ['api', 'worker']) {
      const one = await start(role, database);
      running.push(one.process);
      watched.set(role, one);
    }
    const [answering] = running;
    if (!answering) throw new Error('nobody answers');
    const stage = await setStage(database, answering.url);
    await giveNumbers(database, stage);
    const found = await soak(answering, new Probe(watched, database.pool), stage);
    const exits = await Promise.all(running.map((process) => process.stop()));
    return [...found, ...exits.flatMap((code) => (code === 0 ? [] : [`a process ended with ${String(code)}`]))];
  } finally {
    for (const process of running) await process.kill();
    await database.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function start(role: string, database: OwnDatabase): Promise<Watched> {
  const metricsPort = await freePort();
  const process = await startProcess(
    {
      NODE_ENV: 'development',
      ROLE: role,
      DATABASE_URL: database.whereabouts.serverUrl,
      DATA_DIR: folder,
      METRICS_PORT: String(metricsPort),
      RATE_LIMIT_FACTOR: '1000000',
      LOG_LEVEL: 'error',
    },
    { readyPath: role === 'worker' ? null : '/readyz', patienceMs: START_MS },
  );
  await eventually(
    () =>
      fetch(`http://127.0.0.1:${String(metricsPort)}/metrics`).then(
        ({ status }) => status,
        () => 0,
      ),
    (status) => status === 200,
    { withinMs: START_MS, stepMs: 200 },
  );
  return { process, metricsPort };
}

async function giveNumbers({ pool }: OwnDatabase, { clients }: Stage): Promise<void> {
  await pool.query(
    `UPDATE users SET phone = '+336123450' || lpad(place::text, 2, '0'), phone_verified_at = now()
     FROM unnest($1::uuid[]) WITH ORDINALITY AS person (id, place) WHERE users.id = person.id`,
    [clients.map(({ id }) => id)],
  );
}

async function soak(server: RealProcess, probe: Probe, stage: Stage): Promise<string[]> {
  const chance = new Chance(Number(values.seed));
  const history = new History([server.url, server.url]);
  print(`${String(MINUTES)} minutes, seed ${values.seed}\n`);
  const callers = new Callers(history, stage, chance.branch());
  const crowd = new Crowd(server, stage, chance.branch());
  const looks = await watch(probe);
  await Promise.all([callers.stop(), crowd.stop()]);
  const left = await eventually(
    () => probe.queued(),
    (queued) => queued === 0,
    { withinMs: DRAIN_MS, stepMs: 500 },
  ).catch(() => probe.queued());
  const dead = await probe.dead();

  for (const [status, count] of [...history.statuses, ...crowd.statuses]) print(`${String(count)} × ${status}`);
  const longest = Math.max(...looks.map(({ queued }) => queued));
  print(`\nqueue: at most ${String(longest)}, ${String(left)} left, ${String(dead)} given up`);
  return [
    ...judged(looks),
    ...(left > 0 ? [`${String(left)} jobs are left`] : []),
    ...(dead > 0 ? [`${String(dead)} jobs were given up`] : []),
    ...new Set([...history.wrongs, ...crowd.wrongs]),
    ...callers.missed.map((id) => `${id} was acknowledged and is not there`),
  ];
}

async function watch(probe: Probe): Promise<Look[]> {
  const looks: Look[] = [];
  const since = performance.now();
  print('minute  process    RSS MB  heap MB  files  connections  queue');
  for (let n = 0; n * SAMPLE_MS <= MINUTES * 60_000; n += 1) {
    await realTime(Math.max(0, since + n * SAMPLE_MS - performance.now()));
    const look = await probe.look((performance.now() - since) / 60_000);
    looks.push(look);
    // A line for each minute, and six in a short run.
    if ((n * SAMPLE_MS) % (MINUTES < 6 ? 10_000 : 60_000) === 0) tell(look);
  }
  return looks;
}

function tell({ processes, connections, queued }: Look): void {
  for (const [name, { minute, rssMb, heapMb, files }] of processes)
    print(
      `${minute.toFixed(1).padStart(6)}  ${name.padEnd(8)} ${rssMb.toFixed(1).padStart(8)} ${heapMb.toFixed(1).padStart(8)} ${String(files).padStart(6)} ${String(connections).padStart(12)} ${String(queued).padStart(6)}`,
    );
}

function judged(looks: readonly Look[]): string[] {
  const samples = new Map<string, Sample[]>();
  for (const { processes } of looks)
    for (const [name, sample] of processes) samples.set(name, [...(samples.get(name) ?? []), sample]);
  const connections = trendOf(
    looks.map((look) => ({
      minute: [...look.processes.values()][0]?.minute ?? 0,
      rssMb: 1,
      heapMb: 0,
      files: look.connections,
    })),
    BOUNDS,
  );
  return [
    ...connections.faults.map((fault) => `connections: ${fault}`),
    ...[...samples].flatMap(([name, all]) => {
      const { slopeMb, heapSlopeMb, growth, filesFirst, filesLast, faults } = trendOf(all, BOUNDS);
      print(
        `${name}: RSS ${slopeMb.toFixed(2)} MB a minute, ${(growth * 100).toFixed(1)} % in all; heap ${heapSlopeMb.toFixed(2)} MB a minute; files ${String(filesFirst)} → ${String(filesLast)}`,
      );
      return faults.map((fault) => `${name} ${fault}`);
    }),
  ];
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().then(
  (faults) => {
    for (const fault of faults) print(`  ${fault}`);
    print(faults.length === 0 ? 'soak: steady' : 'soak: NOT steady');
    process.exit(faults.length === 0 ? 0 : 1);
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
