/**
 * Twenty sessions for every other client of a coach, and for some an older package that has lapsed. A ledger begins with
 * the purchase; each booking holds a session, and what came of it consumes or releases that.
 */
const PURCHASES = `
  INSERT INTO packages (id, coach_id, client_id, pricing_id, name, sessions_total, price_cents, currency, status,
    valid_until, balance, remaining, used, last_seq, created_at, updated_at)
  SELECT package_id, coach_id, client_id, md5('price ' || n || 'package')::uuid, 'Vingt séances', 20,
    18 * min(price_cents), 'EUR', 'active', $3::date + 120,
    20 - count(*) FILTER (WHERE is_coming OR status = 'done'), 20 - count(*) FILTER (WHERE status = 'done'),
    count(*) FILTER (WHERE status = 'done'), 1 + count(*) + count(*) FILTER (WHERE NOT is_coming), min(asked_at), $3
  FROM large_sessions WHERE package_id IS NOT NULL GROUP BY package_id, coach_id, client_id, n`;

const LEDGER = `
  INSERT INTO package_movements (package_id, seq, coach_id, client_id, at, kind, delta, remaining_delta, balance_after,
    remaining_after, booking_id, follows)
  SELECT package_id, row_number() OVER so_far, coach_id, client_id, at, kind, delta, remaining_delta,
    sum(delta) OVER so_far, sum(remaining_delta) OVER so_far, booking_id, follows
  FROM (
    SELECT id AS package_id, coach_id, client_id, created_at AS at, 0 AS step, 'purchase' AS kind, 20 AS delta,
      20 AS remaining_delta, NULL::uuid AS booking_id, NULL AS follows
    FROM packages WHERE id IN (SELECT package_id FROM large_sessions)
    UNION ALL
    SELECT package_id, coach_id, client_id, asked_at, 1, 'hold', -1, 0, id, NULL
    FROM large_sessions WHERE package_id IS NOT NULL
    UNION ALL
    SELECT package_id, coach_id, client_id, starts_at, 2, CASE status WHEN 'done' THEN 'consume' ELSE 'release' END,
      CASE status WHEN 'done' THEN 0 ELSE 1 END, CASE status WHEN 'done' THEN -1 ELSE 0 END, id, 'hold'
    FROM large_sessions WHERE package_id IS NOT NULL AND NOT is_coming
  ) AS movement
  WINDOW so_far AS (PARTITION BY package_id ORDER BY at, step, booking_id)`;

const LAPSED = `
  INSERT INTO packages (id, coach_id, client_id, name, sessions_total, price_cents, currency, status, valid_until, balance,
    remaining, last_seq, created_at, updated_at)
  SELECT DISTINCT md5('lapsed ' || n || ' ' || place)::uuid, coach_id, client_id, 'Dix séances', 10, 30000, 'EUR', 'expired',
    $3::date - 150, 0, 0, 2, $3::date - interval '400 days', $3::date - interval '150 days'
  FROM large_sessions WHERE place % 4 = 0`;

const LEDGER_OF_LAPSED = `
  INSERT INTO package_movements (package_id, seq, coach_id, client_id, at, kind, delta, remaining_delta, balance_after,
    remaining_after)
  SELECT package.id, seq, package.coach_id, package.client_id, CASE seq WHEN 1 THEN created_at ELSE updated_at END,
    CASE seq WHEN 1 THEN 'purchase' ELSE 'expire' END, CASE seq WHEN 1 THEN 10 ELSE -10 END,
    CASE seq WHEN 1 THEN 10 ELSE -10 END, CASE seq WHEN 1 THEN 10 ELSE 0 END, CASE seq WHEN 1 THEN 10 ELSE 0 END
  FROM packages AS package, generate_series(1, 2) AS seq
  WHERE package.id IN (SELECT md5('lapsed ' || n || ' ' || place)::uuid FROM large_sessions WHERE place % 4 = 0)`;

/** Packages that are paid for. */
const PAYMENTS = `
  INSERT INTO payments (id, coach_id, client_id, package_id, amount_cents, currency, payment_method, status, paid_at,
    created_at, updated_at)
  SELECT md5('payment of ' || id)::uuid, coach_id, client_id, id, price_cents, currency, 'bank_transfer', 'paid', created_at,
    created_at, created_at
  FROM packages WHERE id IN (SELECT package_id FROM large_sessions)`;

export const PURCHASED: readonly string[] = [PURCHASES, LAPSED];
export const LEDGERS: readonly string[] = [LEDGER, LEDGER_OF_LAPSED, PAYMENTS];

/** The packages whose counters are not the sums of their ledger: none. */
export const WRONG_COUNTERS = `
  SELECT count(*)::int AS wrong FROM (
    SELECT FROM packages AS p LEFT JOIN package_movements AS m ON m.package_id = p.id GROUP BY p.id
    HAVING p.balance <> coalesce(sum(m.delta), 0) OR p.remaining <> coalesce(sum(m.remaining_delta), 0)
      OR p.last_seq <> count(m.seq)
  ) AS p`;
