import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface LockedPackage {
  optionalDependencies?: Record<string, string>;
}

/** Packages for other platforms that a lock file names without holding them: `npm ci` refuses such a file. */
function missingOptionals(packages: Record<string, LockedPackage>): string[] {
  return Object.entries(packages).flatMap(([place, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !(`node_modules/${name}` in packages) && !(`${place}/node_modules/${name}` in packages),
    ),
  );
}

describe('the lock file', () => {
  const lock = JSON.parse(readFileSync(join(__dirname, '../../package-lock.json'), 'utf8')) as {
    packages: Record<string, LockedPackage>;
  };
  const { packages } = lock;

  it('holds what it names, for every platform', () => {
    expect(missingOptionals(packages)).toEqual([]);
  });

  it('would be caught without one of them', () => {
    const bad = { 'node_modules/tool': { optionalDependencies: { 'tool-darwin-arm64': '1.0.0' } } };
    expect(missingOptionals(bad)).toEqual(['tool-darwin-arm64']);
  });

  it('fixes every version that package.json asks for', () => {
    const manifest = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
      devDependencies: Record<string, string>;
    };
    const asked = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(asked.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  });
});
