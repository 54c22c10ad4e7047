import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { childEnvironment } from 'src/config/app-config';
import { freePort } from 'test/support/real-process';

const ROOT = join(__dirname, '..', '..');

interface LockedPackage {
  version?: string;
  license?: string;
  dev?: boolean;
  devOptional?: boolean;
  optional?: boolean;
}

interface Component {
  'bom-ref': string;
  type: string;
  name: string;
  version: string;
  purl: string;
  licenses?: ({ license: { id?: string; name?: string } } | { expression: string })[];
  hashes?: { alg: string; content: string }[];
}

interface Bom {
  bomFormat: string;
  specVersion: string;
  serialNumber: string;
  version: number;
  metadata: { timestamp: string; component: Component };
  components: Component[];
  dependencies: { ref: string; dependsOn?: string[] }[];
}

const KINDS = ['application', 'framework', 'library', 'container', 'platform', 'file', 'data'];
const UUID_URN = /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
/** Hexadecimal digits of a hash. */
const DIGITS: Readonly<Record<string, number>> = { MD5: 32, 'SHA-1': 40, 'SHA-256': 64, 'SHA-384': 96, 'SHA-512': 128 };

/** What the schema of CycloneDX 1.5 would say of the parts that we write. */
function bomFaults({ metadata, components, dependencies, ...bom }: Bom): string[] {
  const all = [metadata.component, ...components];
  const refs = all.map((part) => part['bom-ref']);
  return [
    ...(bom.bomFormat === 'CycloneDX' ? [] : ['bomFormat']),
    ...(/^1\.[56]$/.test(bom.specVersion) ? [] : ['specVersion']),
    ...(UUID_URN.test(bom.serialNumber) ? [] : ['serialNumber']),
    ...(Number.isInteger(bom.version) && bom.version >= 1 ? [] : ['version']),
    ...(Number.isNaN(Date.parse(metadata.timestamp)) ? ['timestamp'] : []),
    ...new Set(refs.filter((ref, at) => refs.indexOf(ref) < at).map((ref) => `bom-ref twice: ${ref}`)),
    ...all.flatMap((part) => partFaults(part).map((fault) => `${fault}: ${part['bom-ref']}`)),
    ...dependencies
      .filter(({ ref, dependsOn = [] }) => [ref, ...dependsOn].some((each) => !refs.includes(each)))
      .map(({ ref }) => `dependency: ${ref}`),
  ];
}

function partFaults({ type, name, version, purl, licenses = [], hashes = [] }: Component): string[] {
  return [
    ...(KINDS.includes(type) ? [] : ['type']),
    ...(name !== '' && version !== '' ? [] : ['name']),
    ...(/^pkg:npm\/(%40[\w.-]+\/)?[\w.-]+@[\w.+-]+$/.test(purl) ? [] : ['purl']),
    ...(licenses.every((one) => ('license' in one ? (one.license.id ?? one.license.name) : one.expression))
      ? []
      : ['licence']),
    ...(hashes.every(({ alg, content }) => new RegExp(`^[0-9a-f]{${String(DIGITS[alg])}}$`).test(content))
      ? []
      : ['hash']),
  ];
}

/** They ask for their notice to be kept, and for nothing that a service would have to publish. */
const FREE = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'MIT-0', 'Python-2.0'];

/** Packages whose licence asks for more, or is not in the lock file, each with what was found when somebody looked. */
const LOOKED_AT: Readonly<Record<string, string>> = {
  '@img/sharp-': 'libvips under the LGPL, as a library of its own that can be exchanged',
  busboy: 'MIT, in an old field of its manifest',
  limiter: 'MIT, in an old field of its manifest',
  'passport-strategy': 'MIT, in an old field of its manifest',
  streamsearch: 'MIT, in an old field of its manifest',
};

/** Whether one of the licences that may be chosen, or all that come together, are free. */
function isFree(expression: string): boolean {
  const choices = expression.replace(/[()]/g, '').split(' OR ');
  return choices.some((choice) => choice.split(' AND ').every((licence) => FREE.includes(licence)));
}

const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, LockedPackage>;
};
const ofProduction = Object.entries(packages)
  .filter(([place, { dev, devOptional }]) => place !== '' && !dev && !devOptional)
  .map(([place, one]) => ({ name: place.replace(/^.*node_modules\//, ''), ...one }));

describe('what production is made of (trust 64)', () => {
  it('may be used freely', () => {
    expect(ofProduction.length).toBeGreaterThan(100);
    const others = ofProduction.filter(({ license }) => license === undefined || !isFree(license));
    const known = Object.keys(LOOKED_AT);
    expect(others.filter(({ name }) => !known.some((start) => name.startsWith(start)))).toEqual([]);
    expect(known.filter((start) => !others.some(({ name }) => name.startsWith(start)))).toEqual([]);
  });

  it('would be caught with a licence that is not free', () => {
    for (const licence of ['AGPL-3.0', 'GPL-2.0 OR AGPL-3.0', 'MIT AND GPL-3.0', 'UNLICENSED', ''])
      expect(isFree(licence)).toBe(false);
    for (const licence of ['(BSD-3-Clause OR GPL-2.0)', 'Apache-2.0 AND MIT']) expect(isFree(licence)).toBe(true);
  });

  it('is listed as CycloneDX, all of it and nothing of development', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [join(ROOT, 'ops', 'sbom.js')], {
      env: childEnvironment(),
      maxBuffer: 64 * 1_024 * 1_024,
    });
    const bom = JSON.parse(stdout) as Bom;
    expect(bomFaults(bom)).toEqual([]);
    const { name, version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Component;
    expect(bom.metadata.component).toMatchObject({ type: 'application', name, version });
    const listed = new Set(bom.components.map(({ name, version }) => `${name}@${version}`));
    expect([...listed].filter((name) => /^(jest|typescript|eslint)@/.test(name))).toEqual([]);
    // Packages for other machines are not of this one's list, where npm leaves them out.
    const missing = ofProduction.filter((one) => !one.optional && !listed.has(`${one.name}@${one.version ?? ''}`));
    expect(missing).toEqual([]);
  });
});

describe('a list of what is inside', () => {
  const part = { 'bom-ref': 'a@1', type: 'library', name: 'a', version: '1', purl: 'pkg:npm/a@1' };
  const good: Bom = {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    serialNumber: 'urn:uuid:1751750c-75ee-43ad-9342-c18fc3fe0b4d',
    version: 1,
    metadata: { timestamp: '2026-03-02T09:00:00Z', component: { ...part, 'bom-ref': 'me@1', type: 'application' } },
    components: [
      { ...part, licenses: [{ license: { id: 'MIT' } }], hashes: [{ alg: 'SHA-1', content: 'a'.repeat(40) }] },
    ],
    dependencies: [
      { ref: 'me@1', dependsOn: ['a@1'] },
      { ref: 'a@1', dependsOn: [] },
    ],
  };

  it.each<[string, Bom, string]>([
    ['of another form', { ...good, bomFormat: 'SPDX' }, 'bomFormat'],
    ['of no known version', { ...good, specVersion: '9' }, 'specVersion'],
    ['without a number of its own', { ...good, serialNumber: 'urn:uuid:1' }, 'serialNumber'],
    ['with a part twice', { ...good, components: [...good.components, ...good.components] }, 'bom-ref twice: a@1'],
    ['with a part of no kind', { ...good, components: [{ ...part, type: 'thing' }] }, 'type: a@1'],
    ['with a part of nowhere', { ...good, components: [{ ...part, purl: 'a@1' }] }, 'purl: a@1'],
    ['with half a hash', { ...good, components: [{ ...part, hashes: [{ alg: 'MD5', content: 'a' }] }] }, 'hash: a@1'],
    ['that leads nowhere', { ...good, dependencies: [{ ref: 'a@1', dependsOn: ['b@1'] }] }, 'dependency: a@1'],
  ])('is no CycloneDX %s', (_, bom, fault) => {
    expect(bomFaults(good)).toEqual([]);
    expect(bomFaults(bom)).toEqual([fault]);
  });
});

describe('the question for known faults (trust 64)', () => {
  /** The exit code and the last line. */
  const audit = async (registry: string, ...flags: string[]): Promise<[number, string]> => {
    // Answers are kept for the next question: it shall not be this one's.
    const cache = await mkdtemp(join(tmpdir(), 'mycoach-audit-'));
    const env = { ...childEnvironment(), npm_config_registry: registry, npm_config_cache: cache };
    const told = await promisify(execFile)(process.execPath, [join(ROOT, 'ops', 'audit.js'), ...flags], {
      cwd: ROOT,
      env,
    }).then(
      ({ stdout }) => ({ code: 0, stdout }),
      (error: unknown) => error as { code: number; stdout: string },
    );
    await rm(cache, { recursive: true, force: true });
    return [told.code, told.stdout.trim().split('\n').at(-1) ?? ''];
  };
  /** A registry that knows of these faults of express, and of nothing else. */
  const beside = async <T>(severities: string[], work: (registry: string) => Promise<T>): Promise<T> => {
    const faults = severities.map((severity, id) => ({ id, url: 'x', title: 't', severity, vulnerable_versions: '*' }));
    const server = createServer((request, response) => {
      request.resume().on('end', () => {
        const isAsked = request.url?.endsWith('/advisories/bulk') ?? false;
        response.writeHead(isAsked ? 200 : 404, { 'content-type': 'application/json' });
        response.end(JSON.stringify(isAsked && faults.length > 0 ? { express: faults } : {}));
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      return await work(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`);
    } finally {
      server.close();
      server.closeAllConnections();
    }
  };

  it('stops a change when a fault is high', async () => {
    const [code, said] = await beside(['high'], (registry) => audit(registry));
    expect([code, said]).toEqual([1, expect.stringMatching(/^audited: [1-9]\d* high, 0 critical/)]);
  });

  it('lets it pass when there is none, or a lesser one', async () => {
    for (const faults of [[], ['moderate']]) {
      const [code, said] = await beside(faults, (registry) => audit(registry));
      expect([code, said]).toEqual([0, expect.stringMatching(/^audited: 0 high, 0 critical/)]);
    }
  });

  it('says so and decides nothing where no registry answers, but for who insists', async () => {
    const nowhere = `http://somebody:hunter2@127.0.0.1:${String(await freePort())}/`;
    const [code, said] = await audit(nowhere);
    expect(code).toBe(0);
    expect(said).toMatch(
      /^not audited for known faults: the registry cannot be asked \(ECONNREFUSED\), so nobody knows/,
    );
    expect(await audit(nowhere, '--strict')).toEqual([2, expect.stringContaining('which --strict does not allow')]);
    expect(said).not.toContain('hunter2');
  });

  it('says so and decides nothing where a registry takes no such question, but for who insists', async () => {
    const server = createServer((request, response) => {
      request.resume().on('end', () => response.writeHead(405, { allow: 'GET,HEAD' }).end());
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const deaf = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
    try {
      for (const [flags, code] of [
        [[], 0],
        [['--strict'], 2],
      ] as const)
        expect(await audit(deaf, ...flags)).toEqual([
          code,
          expect.stringMatching(/^not audited for known faults: the registry answers 405, /),
        ]);
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });
});
