/**
 * Thirty days of slots of a coach with 10,000 bookings behind him and of one with 100,000: the second may cost at most
 * 1.3 times the first. Both have the same full month ahead and serve the same clients, so only the history differs.
 * Load, product and database share this machine, in turns: only the ratio means anything.
 */
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { Client } = require('pg');
const { startEmbeddedServer } = require('../dist/database/embedded/embedded-server');
const { call } = require('./calls');
const { startProduct } = require('./processes');
const { growth } = require('./results');

const SIZES = [10_000, 100_000];
const REQUESTS = Number(process.env.BENCH_REQUESTS ?? 300);
const WARM_UP = 60;
const CLIENTS = 200;
const REQUIRED_GROWTH = 1.3;
const DAY = 86_400_000;

/** Sessions of an hour that were done, every hour back from yesterday, with the clients in turn. */
const HISTORY = `
  INSERT INTO bookings (id, client_id, coach_id, scheduled_at, ends_at, duration_min, status, type, pricing_type,
    currency, policy_threshold_hours, policy_mode, policy_noshow_is_due, confirmed_at, done_at, done_by, created_at,
    updated_at)
  SELECT gen_random_uuid(), ($2::uuid[])[1 + n % cardinality($2)], $1, start, start + interval '1 hour', 60, 'done',
    'individual', 'per_session', 'EUR', 24, 'auto', true, start, start, 'coach', start, start
  FROM (SELECT n, date_trunc('hour', now()) - (24 + n) * interval '1 hour' AS start
    FROM generate_series(1, $3::int) AS n) AS sessions`;

/** Confirmed sessions at every second start ahead, with the clients in turn. */
const AHEAD = `
  WITH booked AS (
    INSERT INTO bookings (id, client_id, coach_id, scheduled_at, ends_at, duration_min, status, type, pricing_type,
      currency, policy_threshold_hours, policy_mode, policy_noshow_is_due, confirmed_at, created_at, updated_at)
    SELECT gen_random_uuid(), ($2::uuid[])[1 + n % cardinality($2)], $1, start, start + interval '1 hour', 60,
      'confirmed', 'individual', 'per_session', 'EUR', 24, 'auto', true, now(), now(), now()
    FROM unnest($3::timestamptz[]) WITH ORDINALITY AS starts (start, n)
    RETURNING id, client_id, scheduled_at, ends_at),
  seated AS (
    INSERT INTO seats (coach_id, starts_at, seat, capacity, client_id, booking_id)
    SELECT $1, scheduled_at, 1, 1, client_id, id FROM booked)
  INSERT INTO engagements (person_id, during, occasion, role, booking_id)
  SELECT $1, tstzrange(scheduled_at, ends_at), gen_random_uuid(), 'coach', id FROM booked`;

async function register(url, role, email) {
  const person = { first_name: 'Bench', last_name: 'Mark', email, password: 'Correct-Horse-7', role, timezone: 'UTC' };
  const { api_key: key, user } = await call(url, 'POST', '/auth/register', null, person);
  return { id: user.id, key };
}

async function clientsIn(database) {
  const { rows } = await database.query(
    `INSERT INTO users (email, first_name, last_name, role, status, email_verified_at, locale, timezone, country,
       created_at, updated_at)
     SELECT 'client-' || n || '@example.com', 'Bench', 'Mark', 'client', 'active', now(), 'en', 'UTC', 'FR', now(), now()
     FROM generate_series(1, $1) AS n RETURNING id`,
    [CLIENTS],
  );
  return rows.map(({ id }) => id);
}

/** A coach with so many sessions behind him, and half of the next month taken. */
async function aCoach(url, database, clients, size) {
  const coach = await register(url, 'coach', `coach-${size}@example.com`);
  await call(url, 'POST', '/coaches/profile', coach.key, {});
  await call(url, 'POST', '/coaches/pricing', coach.key, { type: 'per_session', name: 'Session', price_cents: 5000 });
  for (let day = 0; day < 7; day += 1)
    await call(url, 'POST', '/coaches/availability', coach.key, {
      day_of_week: day,
      start_time: '08:00',
      end_time: '20:00',
    });
  await database.query(HISTORY, [coach.id, clients, size]);
  const { slots } = await call(url, 'GET', pathOf(coach.id), coach.key);
  const taken = slots.filter((_, place) => place % 2 === 0).map(({ scheduled_at }) => scheduled_at);
  await database.query(AHEAD, [coach.id, clients, taken]);
  return coach.id;
}

function pathOf(coachId) {
  const day = (distance) => new Date(Date.now() + distance * DAY).toISOString().slice(0, 10);
  return `/coaches/${coachId}/slots?from=${day(1)}&to=${day(30)}`;
}

async function main() {
  const folder = mkdtempSync(join(tmpdir(), 'mycoach-bench-'));
  const server = await startEmbeddedServer({ dataDir: folder });
  const database = new Client({ connectionString: server.url });
  try {
    const product = await startProduct(server.url, { ROLE: 'api' });
    await database.connect();
    const clients = await clientsIn(database);
    const coaches = [];
    for (const size of SIZES) coaches.push(await aCoach(product.url, database, clients, size));
    await database.query('VACUUM ANALYZE');
    const viewer = await register(product.url, 'client', 'viewer@example.com');
    const times = coaches.map(() => []);
    const found = [];
    // In turns; the first answers, whose statements are planned anew, are not counted.
    for (let n = -WARM_UP; n < REQUESTS; n += 1)
      for (const [place, coachId] of coaches.entries()) {
        const since = performance.now();
        const { slots } = await call(product.url, 'GET', pathOf(coachId), viewer.key);
        if (n >= 0) times[place].push(performance.now() - since);
        found[place] = slots.length;
      }
    const [few, many] = times;
    growth({
      what: 'GET /coaches/{id}/slots, 30 days',
      of: `${SIZES[1]} bookings instead of ${SIZES[0]}`,
      few,
      many,
      part: 0.5,
      most: REQUIRED_GROWTH,
      found: `${found.join(' and ')} slots`,
    });
    await product.stop();
  } finally {
    await database.end();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
