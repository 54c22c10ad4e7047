// Writes what production is made of, as CycloneDX, to standard output. npm's own `--omit dev` leaves out packages that
// something of development asks for too, so the lock file decides which are of production.
const { execFileSync } = require('node:child_process');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');
const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const output = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 64 * 1_024 * 1_024,
  stdio: ['ignore', 'pipe', 'ignore'],
});

const bom = JSON.parse(output);
// npm takes the name from the folder, and every package for a library.
Object.assign(bom.metadata.component, { type: 'application', name: packages[''].name });
const ofProduction = new Set(
  Object.entries(packages)
    .filter(([, { dev, devOptional }]) => !dev && !devOptional)
    .map(([place, { version }]) => `${place.replace(/^.*node_modules\//, '')}@${version}`),
);
const isOfProduction = ({ group, name, version }) =>
  ofProduction.has(`${group ? `${group}/` : ''}${name}@${version}`) || ofProduction.has(`${name}@${version}`);
bom.components = bom.components.filter(isOfProduction);
const kept = new Set([...bom.components, bom.metadata.component].map((component) => component['bom-ref']));
bom.dependencies = bom.dependencies
  .filter(({ ref }) => kept.has(ref))
  .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((each) => kept.has(each)) }));
process.stdout.write(`${JSON.stringify(bom, null, 2)}\n`);
