import { randomUUID } from 'node:crypto';
import { keyedHash } from 'src/common/crypto/keyed-hash';
import { TEST_SECRETS } from 'src/config/secrets';
import { newApiKey, prefixOf } from 'src/modules/auth/keys/api-key.format';
import { TEST_PASSWORD, type TestApp, type TestPerson } from './test-app';

/** Many signed-in clients at once: written straight to the tables, because hashing passwords takes its time. */
export async function crowd(app: TestApp, size: number): Promise<TestPerson[]> {
  const people = Array.from({ length: size }, (_, index) => ({
    id: randomUUID(),
    email: `crowd-${String(index)}-${randomUUID()}@example.com`,
    key: newApiKey(),
  }));
  await app.database.query(
    `INSERT INTO users (id, email, first_name, last_name, role, status, email_verified_at, locale, timezone, country,
       created_at, updated_at)
     SELECT id, email, 'Client', 'Crowd', 'client', 'active', now(), 'en', 'Europe/Paris', 'FR', now(), now()
     FROM unnest($1::uuid[], $2::text[]) AS people (id, email)`,
    [people.map(({ id }) => id), people.map(({ email }) => email)],
  );
  await app.database.query(
    `INSERT INTO api_keys (user_id, key_hash, key_prefix, created_at)
     SELECT user_id, hash, prefix, now() FROM unnest($1::uuid[], $2::text[], $3::text[]) AS keys (user_id, hash, prefix)`,
    [
      people.map(({ id }) => id),
      people.map(({ key }) => keyedHash(TEST_SECRETS.apiKeyPepper, key)),
      people.map(({ key }) => prefixOf(key)),
    ],
  );
  return people.map(({ id, email, key }) => ({ id, email, key, password: TEST_PASSWORD, http: app.client(key) }));
}
