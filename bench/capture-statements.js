/** Loaded into the product before it starts: writes every statement that pg sends, a line each, to BENCH_CAPTURE. */
const { appendFileSync } = require('node:fs');
const pg = require('pg');

const query = pg.Client.prototype.query;
pg.Client.prototype.query = function (config, values, ...rest) {
  const { name, text = config, values: own = values } = typeof config === 'string' ? {} : config;
  // The pulse of the connection that listens belongs to no request, nor does what workers are told in passing.
  if (text !== 'SELECT 1' && name !== 'job_notice')
    appendFileSync(process.env.BENCH_CAPTURE, `${JSON.stringify({ name, text, values: own ?? [] })}\n`);
  return query.call(this, config, values, ...rest);
};
