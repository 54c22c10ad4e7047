import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The secrets of one installation. */
export interface Secrets {
  apiKeyPepper: string;
  signingSecret: string;
  /** `id:base64(32 bytes)`, several separated by commas; the first one encrypts, all of them decrypt. */
  fieldEncryptionKeys: string;
}

/** The same in every test run, so that a stored fixture opens again. They protect nothing. */
export const TEST_SECRETS: Secrets = {
  apiKeyPepper: 'pepper-for-tests-0123456789-abcdefghij',
  signingSecret: 'signing-for-tests-0123456789-abcdefghij',
  fieldEncryptionKeys: `test:${Buffer.alloc(32, 7).toString('base64')}`,
};

/** A development server keeps its secrets in its data folder, made at the first start, readable by its user only. */
export function developmentSecrets(dataDir: string): Secrets {
  const path = join(dataDir, 'secrets.json');
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Secrets;
  } catch {
    const secrets: Secrets = {
      apiKeyPepper: randomBytes(32).toString('base64url'),
      signingSecret: randomBytes(32).toString('base64url'),
      fieldEncryptionKeys: `dev:${randomBytes(32).toString('base64')}`,
    };
    mkdirSync(dataDir, { recursive: true });
    try {
      writeFileSync(path, JSON.stringify(secrets, null, 2), { mode: 0o600, flag: 'wx' });
      return secrets;
    } catch {
      // Two processes started at once: the other one's file counts.
      return JSON.parse(readFileSync(path, 'utf8')) as Secrets;
    }
  }
}
