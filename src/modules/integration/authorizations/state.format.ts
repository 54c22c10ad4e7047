import { randomBytes } from 'node:crypto';
import { isDigestOf, keyedHash } from 'src/common/crypto/keyed-hash';
import type { ProviderName } from 'src/modules/integration/provider.types';

/** `<43 characters of base64url>.<64 hex>`: 256 random bits, and that they were made here, for this provider. */
const STATE = /^([A-Za-z0-9_-]{43})\.([0-9a-f]{64})$/;

const claimOf = (provider: ProviderName, random: string): string => `oauth-state ${provider} ${random}`;

/** A state that nobody can guess or make up. */
export function newState(secret: string, provider: ProviderName): string {
  const random = randomBytes(32).toString('base64url');
  return `${random}.${keyedHash(secret, claimOf(provider, random))}`;
}

/** Whether it was made here for this provider, with any of the secrets; whether it is still good, the database knows. */
export function isOurState(secrets: readonly string[], provider: ProviderName, state: string): boolean {
  const [, random, signed] = STATE.exec(state) ?? [];
  return random !== undefined && signed !== undefined && isDigestOf(secrets, claimOf(provider, random), signed);
}
