/**
 * All benchmarks one after another, and `bench/REPORT.md` from what they found. `--only http,slots` runs some of them,
 * `--quick` in a minute or two, to see that they run; a report is only written when all of them ran in full, or with
 * `--report <file>`.
 */
const { spawn } = require('node:child_process');
const { once } = require('node:events');
const { mkdtempSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { parseArgs } = require('node:util');
const { reportOf } = require('./report');

const PARTS = ['http', 'booking', 'slots', 'search', 'cluster'];
const QUICK = {
  BENCH_ROUNDS: '1',
  BENCH_SECONDS: '1',
  BENCH_REQUESTS: '10',
  BENCH_IDLE_SECONDS: '6',
  BENCH_TICK_SECONDS: '1',
  BENCH_WARM_UP_SECONDS: '1',
};
const REPORT = join(__dirname, 'REPORT.md');

const { values: options } = parseArgs({
  options: { only: { type: 'string' }, quick: { type: 'boolean' }, report: { type: 'string' } },
});

async function run(part, folder) {
  const file = join(folder, `${part}.jsonl`);
  writeFileSync(file, '');
  const child = spawn(process.execPath, [join(__dirname, `${part}.js`)], {
    stdio: 'inherit',
    env: { ...process.env, ...(options.quick && QUICK), BENCH_RESULTS: file },
  });
  const [code] = await once(child, 'exit');
  const results = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return { part, failed: code !== 0, results: results.map((line) => JSON.parse(line)) };
}

async function main() {
  const wanted = options.only?.split(',') ?? PARTS;
  const unknown = wanted.filter((part) => !PARTS.includes(part));
  if (unknown.length > 0) throw new Error(`unknown: ${unknown.join(', ')}; there are ${PARTS.join(', ')}`);
  const folder = mkdtempSync(join(tmpdir(), 'mycoach-bench-results-'));
  const startedAt = new Date();
  const done = [];
  for (const [place, part] of wanted.entries()) {
    const minutes = Math.round((Date.now() - startedAt.getTime()) / 60_000);
    console.log(`\n[${place + 1}/${wanted.length}] ${part}, ${minutes} min since the start`);
    done.push(await run(part, folder));
  }
  rmSync(folder, { recursive: true, force: true });
  const failed = done.filter((one) => one.failed).map(({ part }) => part);
  const isWhole = wanted.length === PARTS.length && !options.quick && failed.length === 0;
  const target = options.report ?? (isWhole ? REPORT : null);
  if (target) {
    writeFileSync(target, `${reportOf(done, startedAt)}\n`);
    console.log(`\nwritten: ${target}`);
  }
  if (failed.length > 0) throw new Error(`failed: ${failed.join(', ')}`);
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
