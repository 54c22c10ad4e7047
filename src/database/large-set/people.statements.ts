/**
 * The people of a large set, for the coaches $1 to before $2, written on the day $3. Coach n has the clients 2n and
 * 2n + 1; one coach in a hundred is sought after and has fifty, those of his neighbours among them.
 */

/** Everybody's password, for who wants to sign in: Large-Set-1. */
const PASSWORD_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$fKii1xuj/qKLd37+b7Gbpg$GujslCdMprPv8WFbNYVmbhVZXz2ChxfaMkGIrzSCc40';

const FIRST_NAMES = 'Camille Léa Inès Chloé Manon Emma Hugo Lucas Théo Nathan Louis Jules Gabriel Adam Raphaël Zoé Éva';
const LAST_STEMS = 'Mar Dub Lef Ber Dur Gir Mor Sim Lau Mich Gar Dav Rou Vin Four Gau Bon Bla Roy Hen';
const LAST_ENDS = 'tin ois evre nard and ard eau onet ent aud ier ert el cent nier thier net chet er ry';
const SPECIALTIES = 'muscu cardio yoga pilates crossfit natation boxe running nutrition bien_etre rehabilitation';

/** One of the words, by a number. */
function pick(words: string, place: string): string {
  const list = words.split(' ');
  return `(ARRAY['${list.join("','")}'])[1 + (${place}) % ${String(list.length)}]`;
}

function users(kind: 'coach' | 'client', numbers: string): string {
  return `INSERT INTO users (id, email, first_name, last_name, role, status, email_verified_at, password_hash, locale,
            timezone, country, created_at, updated_at)
          SELECT md5('${kind} ' || n)::uuid, '${kind}-' || n || '@large.example', ${pick(FIRST_NAMES, 'n')},
            ${pick(LAST_STEMS, 'n / 17')} || ${pick(LAST_ENDS, 'n / 340')}, '${kind}', 'active', made.at,
            '${PASSWORD_HASH}', 'fr-FR', 'Europe/Paris', 'FR', made.at, made.at
          FROM ${numbers} AS n, LATERAL (SELECT $3::date - make_interval(days => 200 + n % 400) AS at) AS made`;
}

const COACHES = 'generate_series($1::int, $2::int - 1)';
const CLIENTS = 'generate_series($1::int * 2, $2::int * 2 - 1)';

function keys(kind: 'coach' | 'client', numbers: string): string {
  // Nobody holds them: they are there to be looked through.
  return `INSERT INTO api_keys (id, user_id, key_hash, key_prefix, created_at)
          SELECT md5('key of ${kind} ' || n)::uuid, md5('${kind} ' || n)::uuid,
            md5('one half of ${kind} ' || n) || md5('other half of ${kind} ' || n),
            left(md5('prefix of ${kind} ' || n), 8), $3::date - interval '1 day'
          FROM ${numbers} AS n`;
}

export const PEOPLE: readonly string[] = [
  users('coach', COACHES),
  users('client', CLIENTS),
  keys('coach', COACHES),
  keys('client', CLIENTS),
  `INSERT INTO coach_profiles (user_id, city, country, currency, session_duration_min, discovery_enabled,
     discovery_free, discovery_duration_min, booking_horizon_days, buffer_min, min_notice_hours, specialties, verified,
     created_at, updated_at)
   SELECT md5('coach ' || n)::uuid, 'Ville-sur-Rivière ' || n % 200, 'FR', 'EUR', 60, n % 2 = 0, true, 60, 30, 0, 2,
     ARRAY[${pick(SPECIALTIES, 'n')}, ${pick(SPECIALTIES, 'n / 11')}], n % 50 = 0, $3, $3
   FROM ${COACHES} AS n`,
  `INSERT INTO client_profiles (user_id, weight_unit, country, created_at, updated_at)
   SELECT md5('client ' || n)::uuid, 'kg', 'FR', $3, $3 FROM ${CLIENTS} AS n`,
  `INSERT INTO pricings (id, coach_id, type, name, session_count, price_cents, currency, validity_months, is_public,
     created_at, updated_at)
   SELECT md5('price ' || n || kind)::uuid, md5('coach ' || n)::uuid, kind,
     CASE kind WHEN 'package' THEN 'Vingt séances' ELSE 'Séance' END, CASE kind WHEN 'package' THEN 20 ELSE 1 END,
     (2000 + n * 7919::bigint % 8000) * CASE kind WHEN 'package' THEN 18 ELSE 1 END, 'EUR',
     CASE kind WHEN 'package' THEN 12 END, true, $3, $3
   FROM ${COACHES} AS n, unnest(ARRAY['per_session', 'package']) AS kind`,
  // One in ten works at no fixed hours.
  `INSERT INTO availabilities (id, coach_id, day_of_week, start_minute, end_minute, max_slots, active, created_at,
     updated_at)
   SELECT md5('hours ' || n || ' ' || day)::uuid, md5('coach ' || n)::uuid, (n + day * 2) % 7, 540, 1080, 1, true, $3, $3
   FROM ${COACHES} AS n, generate_series(0, 2) AS day WHERE n % 10 <> 9`,
  `INSERT INTO certifications (id, coach_id, name, verified, reviewed_at, created_at, updated_at)
   SELECT md5('certificate ' || n)::uuid, md5('coach ' || n)::uuid, 'BPJEPS', true, $3, $3, $3
   FROM ${COACHES} AS n WHERE n % 4 = 0`,
  `INSERT INTO relations (id, coach_id, client_id, status, first_done_at, created_at, updated_at)
   SELECT md5('pair ' || n || ' ' || place)::uuid, md5('coach ' || n)::uuid, md5('client ' || n * 2 + place)::uuid,
     CASE WHEN n % 100 > 0 AND n % 20 = place THEN 'ended' ELSE 'active' END, $3, $3, $3
   FROM ${COACHES} AS n, generate_series(0, CASE WHEN n % 100 = 0 THEN 49 ELSE 1 END) AS place`,
  // The search makes their listings when it is next asked.
  `INSERT INTO coach_listing_changes (coach_id) SELECT md5('coach ' || n)::uuid FROM ${COACHES} AS n`,
];
