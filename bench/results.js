/** What the benchmarks found: told on the terminal at once, and kept for the report when `npm run bench` asks for it. */
const { appendFileSync } = require('node:fs');
const { at, median } = require('./calls');

function keep(kind, result) {
  if (process.env.BENCH_RESULTS) appendFileSync(process.env.BENCH_RESULTS, `${JSON.stringify({ kind, ...result })}\n`);
}

const isMet = (value, { least, most }) =>
  (least === undefined || value >= least) && (most === undefined || value <= most);

const requirement = ({ least, most } = {}) => {
  if (least !== undefined && least === most) return `= ${least}`;
  if (least !== undefined) return `≥ ${least}`;
  return most === undefined ? null : `≤ ${most}`;
};

/**
 * One number for each round: what is measured as a share of, or as a multiple of, what it is measured beside.
 *
 * @param result.required `{ least }` or `{ most }`; without it the ratio is told and nothing is asked of it
 */
function ratio({ what, beside, ratios, required, figures }) {
  const middle = median(ratios);
  const spread = [Math.min(...ratios), Math.max(...ratios)];
  const met = required ? isMet(middle, required) : null;
  keep('ratio', { what, beside, middle, spread, rounds: ratios.length, required: requirement(required), met, figures });
  console.log(
    `${what}: ${middle.toFixed(2)} of ${beside}${required ? ` (required ${requirement(required)})` : ''}, ` +
      `rounds ${ratios.map((one) => one.toFixed(2)).join(' ')}; ${figures}`,
  );
}

/** A number of its own, which holds for this machine only unless it is a count. */
function figure({ what, value, unit, required, digits = 2 }) {
  const met = required ? isMet(value, required) : null;
  const text = `${value.toFixed(digits)}${unit ? ` ${unit}` : ''}`;
  keep('figure', { what, text, required: requirement(required), met });
  console.log(`${what}: ${text}${required ? ` (required ${requirement(required)})` : ''}`);
}

/** Something that could not be measured here, and why. */
function leftOut(what, why) {
  keep('leftOut', { what, why });
  console.log(`${what}: left out, ${why}`);
}

/** How much slower the same question becomes with more data, both asked in turns: at the median or at a percentile. */
function growth({ what, of, few, many, part, most, found }) {
  const middle = at(part, many) / at(part, few);
  // The spread over fifths of the run, as each of them saw it.
  const fifths = [0, 1, 2, 3, 4].map((n) => at(part, fifth(many, n)) / at(part, fifth(few, n)));
  const line = (share) => `${at(share, few).toFixed(1)} ms, then ${at(share, many).toFixed(1)} ms`;
  const figures = `half within ${line(0.5)}; 95 % within ${line(0.95)}; ${found}`;
  keep('growth', {
    what,
    of,
    at: part === 0.5 ? 'median' : `${Math.round(part * 100)}th percentile`,
    middle,
    spread: [Math.min(...fifths), Math.max(...fifths)],
    required: requirement({ most }),
    met: isMet(middle, { most }),
    figures,
  });
  console.log(`${what}: ${middle.toFixed(2)} times with ${of} (required ${requirement({ most })}); ${figures}`);
}

const fifth = (times, n) => times.slice(Math.floor((times.length * n) / 5), Math.floor((times.length * (n + 1)) / 5));

module.exports = { figure, growth, leftOut, ratio };
