// Asks the registry whether a package that production runs with has a known fault, and ends with 1 when one is high or
// critical. A registry that does not answer decides nothing: it is said, and is no reason to stop a change.
// `--strict` ends with 2 then, for who releases.
const { spawnSync } = require('node:child_process');

const REFUSED = ['high', 'critical'];
const PATIENCE_MS = 60_000;

const asked = spawnSync('npm', ['audit', '--json', '--omit=dev', '--fetch-retries=1', '--fetch-timeout=20000'], {
  encoding: 'utf8',
  maxBuffer: 64 * 1_024 * 1_024,
  timeout: PATIENCE_MS,
});

function reportIn(output) {
  try {
    const report = JSON.parse(output);
    return report.metadata?.vulnerabilities ? report : null;
  } catch {
    return null;
  }
}

const report = reportIn(asked.stdout ?? '');
if (!report) {
  console.log('not audited: the registry tells nothing of known faults from here');
  process.exit(process.argv.includes('--strict') ? 2 : 0);
}
const { vulnerabilities: counts } = report.metadata;
for (const { name, severity, range } of Object.values(report.vulnerabilities ?? {}))
  if (REFUSED.includes(severity)) console.log(`${severity}: ${name} ${range}`);
console.log(
  `audited: ${counts.high} high, ${counts.critical} critical of ${report.metadata.dependencies?.prod ?? '?'}`,
);
process.exit(REFUSED.some((severity) => counts[severity] > 0) ? 1 : 0);
