import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ENVIRONMENT_NAMES, FILE_NAMES } from 'src/config/environment-names';
import { FIXTURES, ROOT } from './sources';

/** What is wrong with a file of variables: names that the process does not read, forgot, repeats or does not explain. */
function faultsOf(text: string): string[] {
  const known = new Set([...ENVIRONMENT_NAMES, ...FILE_NAMES.map((name) => `${name}_FILE`)]);
  const faults: string[] = [];
  const seen = new Set<string>();
  const lines = text.split('\n').map((line) => line.trim());
  lines.forEach((line, at) => {
    if (line === '' || line.startsWith('#')) return;
    const name = /^([A-Z][A-Z0-9_]*)=/.exec(line)?.[1];
    if (!name) return faults.push(`line ${at + 1} is no variable`);
    if (!known.has(name)) faults.push(`${name} is not read`);
    if (seen.has(name)) faults.push(`${name} stands there twice`);
    if (!/^#\s*\S/.test(lines[at - 1] ?? '')) faults.push(`${name} has no comment above it`);
    seen.add(name);
  });
  for (const name of ENVIRONMENT_NAMES) if (!seen.has(name)) faults.push(`${name} is missing`);
  return faults;
}

describe('.env.example', () => {
  it('names every variable that the process reads, each explained', () => {
    expect(faultsOf(readFileSync(join(ROOT, '.env.example'), 'utf8'))).toEqual([]);
  });

  it('says how a secret comes from a file', () => {
    expect(readFileSync(join(ROOT, '.env.example'), 'utf8')).toMatch(/_FILE=/);
  });

  it('is read by a check that a bad file turns red', () => {
    const faults = faultsOf(readFileSync(join(FIXTURES, 'env', 'bad.env'), 'utf8'));
    expect(faults).toEqual(
      expect.arrayContaining([
        'PORT has no comment above it',
        'PORT stands there twice',
        'UNHEARD_OF is not read',
        'line 10 is no variable',
        'SMTP_URL is missing',
      ]),
    );
    expect(faults).not.toContain('NODE_ENV is missing');
    expect(faults).not.toContain('SIGNING_SECRET_FILE is not read');
  });
});
