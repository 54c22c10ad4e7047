/**
 * From the statements of two bookings to those of any: what is the same in both stays as it is, what tells of the
 * booking becomes a word in braces that is filled in. Values are as pg was given them and JSON writes them.
 */
const { randomUUID } = require('node:crypto');

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const INSTANT = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3})?Z/g;
const WORD = /\{(coach|client|pricing|occasion|start|end|day|now\+\d+|id\d+)\}/g;
const HOUR = 3_600_000;

/** Text in any depth of a value. */
function eachText(value, change) {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((part) => eachText(part, change));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, eachText(part, change)]));
}

/** The statements of one booking with words for what is its own. */
function worded({ order, booking, statements }) {
  const own = { [order.coachId]: 'coach', [order.clientId]: 'client', [order.pricingId]: 'pricing' };
  own[order.occasion] = 'occasion';
  const start = Date.parse(order.startsAt);
  const now = Date.parse(booking.created_at);
  let made = 0;
  const idWord = (id) => {
    own[id] ??= `id${made++}`;
    return `{${own[id]}}`;
  };
  const instantWord = (written) => {
    const at = Date.parse(written);
    if (at === start) return '{start}';
    return at === start + HOUR ? '{end}' : `{now+${Math.round((at - now) / HOUR) * HOUR}}`;
  };
  const change = (text) =>
    text === order.startsAt.slice(0, 10) ? '{day}' : text.replace(UUID, idWord).replace(INSTANT, instantWord);
  return statements.map(({ name, text, values }) => ({ name, text, values: eachText(values, change) }));
}

/** @param made two bookings: the order, the answer, and what was sent to PostgreSQL */
function template(made) {
  const [one, other] = made.map(worded);
  const shape = (statements) => statements.map(({ text }) => text).join('\n');
  if (shape(one) !== shape(other)) throw new Error(`two bookings differ:\n${shape(one)}\n\n${shape(other)}`);
  return one;
}

/** Fills the words of one booking. */
function fillerOf({ coachId, clientId, pricingId, occasion, startsAt }) {
  const now = Date.now();
  const words = {
    coach: coachId,
    client: clientId,
    pricing: pricingId,
    occasion,
    start: startsAt,
    end: new Date(Date.parse(startsAt) + HOUR).toISOString(),
    day: startsAt.slice(0, 10),
  };
  const wordFor = (_, word) => {
    if (word.startsWith('now')) return new Date(now + Number(word.slice(4))).toISOString();
    words[word] ??= randomUUID();
    return words[word];
  };
  return (values) => eachText(values, (text) => text.replace(WORD, wordFor));
}

/** A literal without a colon: behind one pgbench sees a name of its own, quotes or not. */
const quoted = (text) => `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''").replaceAll(':', '\\072')}'`;

/** As PostgreSQL writes a list; its members are ids. */
const arrayOf = (values) => `{${values.join(',')}}`;

/** The same as a script of pgbench, which takes its orders from the table `bench_orders`, one after another. */
function pgbenchScript(statements) {
  const ids = new Set(JSON.stringify(statements).match(/\{id\d+\}/g));
  const texts = new Map();
  const wordFor = (word) => {
    if (word.startsWith('now')) return `(now() + interval '${word.slice(4)} milliseconds')`;
    if (word === 'end') return `(:start::timestamptz + interval '1 hour')`;
    return word === 'day' ? `(:start::timestamptz)::date` : `:${word}`;
  };
  const literal = (value) => {
    if (value === null) return 'NULL';
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    const text = typeof value === 'string' ? value : Array.isArray(value) ? arrayOf(value) : JSON.stringify(value);
    const whole = new RegExp(`^${WORD.source}$`).exec(text);
    if (whole) return wordFor(whole[1]);
    if (text.match(WORD) === null) return quoted(text);
    if (!texts.has(text)) texts.set(text, `text${texts.size}`);
    return `:${texts.get(text)}`;
  };
  const lines = statements.map(({ text, values }) =>
    text.replace(/\s+/g, ' ').replace(/\$(\d+)/g, (_, place) => literal(values[place - 1])),
  );
  const columns = [...ids].map((id) => `gen_random_uuid() AS ${id.slice(1, -1)}`);
  const filled = [...texts].map(([text, name]) => {
    const parts = text.split(new RegExp(WORD.source, 'g'));
    const sql = parts.map((part, place) => (place % 2 === 0 ? quoted(part) : columnOf(part)));
    return `${sql.join(' || ')} AS ${name}`;
  });
  const order = `SELECT coach, client, pricing, occasion, start, ${columns.join(', ')} FROM bench_orders
    WHERE n = (SELECT nextval('bench_turn'))`;
  const draw = `SELECT o.*, ${filled.join(', ')} FROM (${order}) AS o`.replace(/\s+/g, ' ');
  return [`${draw} \\gset`, ...lines.map((line) => `${line};`)].join('\n');
}

/** A word inside a longer text, where pgbench draws its order. */
function columnOf(word) {
  if (!word.startsWith('now')) return `${word}::text`;
  return `(now() + interval '${word.slice(4)} milliseconds')::text`;
}

module.exports = { fillerOf, pgbenchScript, template };
