import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The secrets of one installation. */
export interface Secrets {
  apiKeyPepper: string;
  signingSecret: string;
  /** `id:base64(32 bytes)`, several separated by commas; the first one encrypts, all of them decrypt. */
  fieldEncryptionKeys: string;
  /** In the same form, for the tokens of providers. */
  tokenEncryptionKeys: string;
}

/** What was hashed or signed before the secrets of now is still recognised by these, while secrets are rotated. */
export interface FormerSecrets {
  formerApiKeyPeppers: readonly string[];
  formerSigningSecrets: readonly string[];
}

/** The same in every test run, so that a stored fixture opens again. They protect nothing. */
export const TEST_SECRETS: Secrets = {
  apiKeyPepper: 'pepper-for-tests-0123456789-abcdefghij',
  signingSecret: 'signing-for-tests-0123456789-abcdefghij',
  fieldEncryptionKeys: `test:${Buffer.alloc(32, 7).toString('base64')}`,
  tokenEncryptionKeys: `test:${Buffer.alloc(32, 9).toString('base64')}`,
};

/**
 * A development server keeps its secrets in its data folder, made at the first start, readable by its user only. One that
 * a later release asks for is added to those that are there.
 */
export function developmentSecrets(dataDir: string): Secrets {
  const path = join(dataDir, 'secrets.json');
  const kept = keptSecrets(path);
  const secrets: Secrets = { ...newSecrets(), ...kept };
  if (kept && Object.keys(kept).length >= Object.keys(secrets).length) return secrets;
  mkdirSync(dataDir, { recursive: true });
  // Whoever comes second finds a whole file, with the secrets of whoever came first.
  const draft = `${path}.${randomBytes(8).toString('hex')}`;
  writeFileSync(draft, JSON.stringify(secrets, null, 2), { mode: 0o600, flag: 'wx' });
  try {
    if (kept) renameSync(draft, path);
    else linkSync(draft, path);
  } catch {
    // Two processes started at once: the other one's file counts.
  }
  rmSync(draft, { force: true });
  return { ...secrets, ...keptSecrets(path) };
}

function keptSecrets(path: string): Partial<Secrets> | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Partial<Secrets>;
  } catch {
    return null;
  }
}

function newSecrets(): Secrets {
  return {
    apiKeyPepper: randomBytes(32).toString('base64url'),
    signingSecret: randomBytes(32).toString('base64url'),
    fieldEncryptionKeys: `dev:${randomBytes(32).toString('base64')}`,
    tokenEncryptionKeys: `dev:${randomBytes(32).toString('base64')}`,
  };
}
