// Asks the registry whether a package that production runs with has a known fault, and ends with 1 when one is high or
// critical. A registry that does not answer, or does not tell, decides nothing: it is said why, and is no reason to stop a
// change.
// `--strict` ends with 2 then, for who releases.
const { spawnSync } = require('node:child_process');

const REFUSED = ['high', 'critical'];
const PATIENCE_MS = 60_000;

const asked = spawnSync('npm', ['audit', '--json', '--omit=dev', '--fetch-retries=1', '--fetch-timeout=20000'], {
  encoding: 'utf8',
  maxBuffer: 64 * 1_024 * 1_024,
  timeout: PATIENCE_MS,
});

function answerIn(output) {
  try {
    return JSON.parse(output) ?? {};
  } catch {
    return {};
  }
}

// No address is repeated: there may be a password in it.
function reasonIn({ statusCode, message, error }) {
  if (statusCode) return `answers ${statusCode}`;
  const code = asked.error?.code ?? error?.code ?? /\bE[A-Z_]{4,}\b/.exec(`${message} ${error?.summary}`)?.[0];
  return `cannot be asked${code ? ` (${code})` : ''}`;
}

const report = answerIn(asked.stdout ?? '');
if (!report.metadata?.vulnerabilities) {
  const isStrict = process.argv.includes('--strict');
  const judgement = isStrict
    ? 'which --strict does not allow'
    : 'so nobody knows, and nothing is stopped (but by --strict)';
  console.log(`not audited for known faults: the registry ${reasonIn(report)}, ${judgement}`);
  process.exit(isStrict ? 2 : 0);
}
const { vulnerabilities: counts } = report.metadata;
for (const { name, severity, range } of Object.values(report.vulnerabilities ?? {}))
  if (REFUSED.includes(severity)) console.log(`${severity}: ${name} ${range}`);
console.log(
  `audited: ${counts.high} high, ${counts.critical} critical of ${report.metadata.dependencies?.prod ?? '?'}`,
);
process.exit(REFUSED.some((severity) => counts[severity] > 0) ? 1 : 0);
