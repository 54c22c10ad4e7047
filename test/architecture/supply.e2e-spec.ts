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
    const bom = JSON.parse(stdout) as { bomFormat: string; components: { name: string; version: string }[] };
    expect(bom.bomFormat).toBe('CycloneDX');
    const listed = new Set(bom.components.map(({ name, version }) => `${name}@${version}`));
    expect([...listed].filter((name) => /^(jest|typescript|eslint)@/.test(name))).toEqual([]);
    // Packages for other machines are not of this one's list, where npm leaves them out.
    const missing = ofProduction.filter((one) => !one.optional && !listed.has(`${one.name}@${one.version ?? ''}`));
    expect(missing).toEqual([]);
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
    const nowhere = `http://127.0.0.1:${String(await freePort())}/`;
    const said = 'not audited: the registry tells nothing of known faults from here';
    expect(await audit(nowhere)).toEqual([0, said]);
    expect(await audit(nowhere, '--strict')).toEqual([2, said]);
  });
});
