import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { developmentSecrets } from './secrets';

describe('the secrets of a development server', () => {
  let folder: string;
  const path = (): string => join(folder, 'data', 'secrets.json');
  const stored = (): unknown => JSON.parse(readFileSync(path(), 'utf8'));

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mycoach-secrets-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('are made once, for its user alone', () => {
    const secrets = developmentSecrets(join(folder, 'data'));
    expect(new Set(Object.values(secrets)).size).toBe(4);
    expect(stored()).toEqual(secrets);
    expect(statSync(path()).mode & 0o777).toBe(0o600);
    expect(developmentSecrets(join(folder, 'data'))).toEqual(secrets);
  });

  it('stay what they were when a later release asks for one more', () => {
    const { tokenEncryptionKeys, ...former } = developmentSecrets(join(folder, 'data'));
    writeFileSync(path(), JSON.stringify(former));
    const completed = developmentSecrets(join(folder, 'data'));
    expect(completed).toMatchObject(former);
    expect(completed.tokenEncryptionKeys).toMatch(/^dev:[A-Za-z0-9+/]{43}=$/);
    expect(completed.tokenEncryptionKeys).not.toBe(tokenEncryptionKeys);
    expect(stored()).toEqual(completed);
    expect(statSync(path()).mode & 0o777).toBe(0o600);
  });
});
