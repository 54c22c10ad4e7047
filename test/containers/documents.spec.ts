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
  'CHANGELOG.md',
  'docs/architecture.md',
  'docs/runbook.md',
  'docs/security.md',
  'docs/reliability.md',
  'SECURITY.md',
  'docs/admin.md',
  'docs/mobile.md',
  'docs/RGPD_REGISTRE.md',
  'docs/RGPD_BREACH.md',
  ...readdirSync(join(ROOT, 'docs', 'adr')).map((name) => `docs/adr/${name}`),
];

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** Every first capture of a pattern in a document, once. */
function found(path: string, pattern: RegExp): string[] {
  return [...new Set([...read(path).matchAll(pattern)].map(([, match = '']) => match))];
}

/** The anchors of a document's headings, as GitHub makes them. */
function anchorsOf(path: string): string[] {
  const text = read(path).replace(/^```[\s\S]*?^```/gm, '');
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\-_ ]/gu, '')
      .replaceAll(' ', '-'),
  );
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
    const files = found(path, /`((?:src|test|docs|i18n|seeds|ops)\/[\w./-]+)`/g);
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

  it('the changelog tells operators of every variable', () => {
    const told = found('CHANGELOG.md', /`([A-Z][A-Z0-9_]+)`/g);
    expect(ENVIRONMENT_NAMES.filter((name) => !told.includes(name))).toEqual([]);
    expect(told.filter((name) => !ENVIRONMENT_NAMES.some((known) => known === name))).toEqual([]);
  });

  it.each(DOCUMENTS)('%s names headings that exist', (path) => {
    const links = found(path, /\]\((?!https?:)([^)\s]*#[^)\s]+)\)/g);
    const missing = links.filter((link) => {
      const [file = '', anchor = ''] = link.split('#');
      const target = file === '' ? path : join(dirname(path), file);
      return target.endsWith('.md') && !anchorsOf(target).includes(anchor);
    });
    expect(missing).toEqual([]);
  });

  it('the architecture lists every decision, in order', () => {
    const listed = [...read('docs/architecture.md').matchAll(/^\| \[\d{4}\]\(adr\/(.+\.md)\)/gm)].map(
      ([, file]) => file,
    );
    expect(listed).toEqual(readdirSync(join(ROOT, 'docs', 'adr')).sort());
  });

  it('the runbook watches figures that are told', () => {
    const told = new Metrics().registry.getMetricsAsArray().map(({ name }) => name);
    const roles = ['mycoach_owner', 'mycoach_app'];
    const figures = found('docs/runbook.md', /`(mycoach_\w+)/g).filter((name) => !roles.includes(name));
    expect(figures.filter((name) => !told.includes(name))).toEqual([]);
  });

  it('the runbook makes secrets that production starts with, in a folder that others cannot enter', () => {
    const [, commands = ''] = /<!-- secrets -->\s*```sh\n([\s\S]*?)```/.exec(read('docs/runbook.md')) ?? [];
    const folder = mkdtempSync(join(tmpdir(), 'mycoach-secrets-'));
    try {
      execFileSync('/bin/sh', ['-e', '-c', commands], { cwd: folder, env: childEnvironment() });
      const secrets = join(folder, '.data', 'secrets');
      expect(statSync(secrets).mode & 0o077).toBe(0);
      // Those of the database server and of who migrates; the processes never read them.
      const names = readdirSync(secrets).filter((name) => !/^database_(\w*password|owner_url)$/.test(name));
      const environment = readEnvironment(
        {
          NODE_ENV: 'production',
          APP_BASE_URL: 'https://api.mycoach.test',
          FRONTEND_URL: 'https://mycoach.test',
          ...Object.fromEntries(names.map((name) => [`${name.toUpperCase()}_FILE`, join(secrets, name)])),
        },
        (path) => readFileSync(path, 'utf8'),
      );
      const text = (name: string): string => readFileSync(join(secrets, name), 'utf8');
      for (const [url, role] of [
        [environment.DATABASE_URL ?? '', 'app'],
        [text('database_owner_url'), 'owner'],
      ] as const) {
        const { username, password } = new URL(url);
        expect([username, password]).toEqual([`mycoach_${role}`, text(`database_${role}_password`)]);
      }
      expect(
        new Set(
          readdirSync(secrets)
            .filter((name) => name.endsWith('password'))
            .map(text),
        ).size,
      ).toBe(3);
      for (const name of readdirSync(secrets))
        expect(read('docker-compose.yml')).toContain(relative(folder, join(secrets, name)));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
