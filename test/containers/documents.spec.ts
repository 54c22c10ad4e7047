import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { Metrics } from 'src/common/metrics/metrics';
import { childEnvironment } from 'src/config/app-config';
import { readEnvironment } from 'src/config/environment';
import { ENVIRONMENT_NAMES, FILE_NAMES } from 'src/config/environment-names';
import { EnvironmentInvalid } from 'src/config/environment-faults';

const ROOT = join(__dirname, '..', '..');

const DOCUMENTS = [
  'README.md',
  'CONTRIBUTING.md',
  'docs/architecture.md',
  'docs/runbook.md',
  ...readdirSync(join(ROOT, 'docs', 'adr')).map((name) => `docs/adr/${name}`),
];

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** Every first capture of a pattern in a document, once. */
function found(path: string, pattern: RegExp): string[] {
  return [...new Set([...read(path).matchAll(pattern)].map(([, match = '']) => match))];
}

/** The rows of the configuration table: the name and the rest of the line. */
function configurationRows(): [string, string][] {
  const [, section = ''] = read('README.md').split('\n## Configuration\n');
  const [table = ''] = section.split('\n## ');
  return [...table.matchAll(/^\| `([A-Z][A-Z0-9_]*)` \|(.*)$/gm)].map(([, name = '', rest = '']) => [name, rest]);
}

function namesWhere(mark: string): string[] {
  return configurationRows()
    .filter(([, rest]) => rest.includes(mark))
    .map(([name]) => name)
    .sort();
}

/** What a production process with nothing set asks for. */
function requiredInProduction(): string[] {
  try {
    readEnvironment({ NODE_ENV: 'production' }, () => '');
    return [];
  } catch (error) {
    if (!(error instanceof EnvironmentInvalid)) throw error;
    return error.faults.flatMap((fault) => /^(\w+) is required/.exec(fault)?.[1] ?? []).sort();
  }
}

describe('the written instructions', () => {
  it.each(DOCUMENTS)('%s links to what exists', (path) => {
    const links = found(path, /\]\((?!https?:|#)([^)#\s]+)(?:#[^)]*)?\)/g);
    expect(links.filter((link) => !existsSync(join(ROOT, dirname(path), link)))).toEqual([]);
  });

  it.each(DOCUMENTS)('%s names files that exist', (path) => {
    // A name with a placeholder in it is no file.
    const files = found(path, /`((?:src|test|docs|i18n|seeds)\/[\w./-]+)`/g);
    expect(files.filter((file) => !existsSync(join(ROOT, file)) && file !== 'docs/openapi.json')).toEqual([]);
  });

  it.each(DOCUMENTS)('%s names commands that exist', (path) => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    expect(found(path, /npm run ([\w:]+)/g).filter((name) => !(name in scripts))).toEqual([]);
  });

  it('the README explains every command', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const [, table = ''] = read('README.md').split('\n## Commands\n');
    const explained = [...table.matchAll(/npm (?:run )?([\w:]+)/g)].map(([, name = '']) => name);
    const own = Object.keys(scripts).filter((name) => !name.startsWith('pre'));
    expect(own.filter((name) => !explained.includes(name))).toEqual([]);
  });

  it('the README explains every variable, and no other', () => {
    expect(configurationRows().map(([name]) => name)).toEqual(ENVIRONMENT_NAMES);
    expect(namesWhere('*file*')).toEqual([...FILE_NAMES].sort());
    expect(namesWhere('**required**')).toEqual(requiredInProduction());
  });

  it('the runbook watches figures that are told', () => {
    const told = new Metrics().registry.getMetricsAsArray().map(({ name }) => name);
    expect(found('docs/runbook.md', /`(mycoach_\w+)/g).filter((name) => !told.includes(name))).toEqual([]);
  });

  it('the runbook makes secrets that production starts with, in a folder that others cannot enter', () => {
    const [, commands = ''] = /<!-- secrets -->\s*```sh\n([\s\S]*?)```/.exec(read('docs/runbook.md')) ?? [];
    const folder = mkdtempSync(join(tmpdir(), 'mycoach-secrets-'));
    try {
      execFileSync('/bin/sh', ['-e', '-c', commands], { cwd: folder, env: childEnvironment() });
      const secrets = join(folder, '.data', 'secrets');
      expect(statSync(secrets).mode & 0o077).toBe(0);
      const names = readdirSync(secrets).filter((name) => name !== 'database_password');
      const environment = readEnvironment(
        {
          NODE_ENV: 'production',
          APP_BASE_URL: 'https://api.mycoach.test',
          FRONTEND_URL: 'https://mycoach.test',
          ...Object.fromEntries(names.map((name) => [`${name.toUpperCase()}_FILE`, join(secrets, name)])),
        },
        (path) => readFileSync(path, 'utf8'),
      );
      const password = readFileSync(join(secrets, 'database_password'), 'utf8');
      expect(new URL(environment.DATABASE_URL ?? '').password).toBe(password);
      for (const name of readdirSync(secrets))
        expect(read('docker-compose.yml')).toContain(relative(folder, join(secrets, name)));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
