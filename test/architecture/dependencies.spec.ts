import { join } from 'node:path';
import { FIXTURES, ROOT, runNode } from './sources';

interface Cruise {
  modules: { source: string; dependencies: { resolved: string }[] }[];
  summary: {
    violations: { rule: { name: string }; from: string; to: string }[];
    ruleSetUsed: { forbidden: { name: string; comment?: string }[] };
  };
}

const AUTH = 'src/modules/auth/auth';
const SYSTEM = 'src/modules/system/system.service.ts';
const FEATURES = [
  'auth',
  'gym',
  'social',
  'coach',
  'payment',
  'booking',
  'waitlist',
  'client',
  'messaging',
  'performance',
  'program',
  'integration',
  'enrollment',
  'wellness',
  'feedback',
  'gdpr',
  'notification',
];

/** Rule -> the bad imports of the fixture tree that it must find, and no others. */
const RED: Record<string, string[]> = {
  ...Object.fromEntries(
    FEATURES.map((feature) => [
      `${feature}-imports-only-what-is-below-it`,
      [`src/modules/${feature}/reaches-across.ts -> ${SYSTEM}`],
    ]),
  ),
  'booking-imports-only-what-is-below-it': [
    'src/modules/booking/plays-in-the-sandbox.ts -> src/modules/sandbox/sandbox.module.ts',
    `src/modules/booking/reaches-across.ts -> ${SYSTEM}`,
  ],
  'gym-imports-only-what-is-below-it': [
    `src/modules/gym/reaches-across.ts -> ${SYSTEM}`,
    'src/modules/gym/tells-notification.ts -> src/modules/notification/notification.service.ts',
  ],
  'system-imports-only-what-is-below-it': [`src/modules/system/reaches-across.ts -> ${AUTH}.service.ts`],
  'a-new-feature-has-its-arrows': [`src/modules/karma/karma.service.ts -> ${AUTH}.service.ts`],
  'a-feature-shows-its-face-only': [
    'controller',
    'dto',
    'errors',
    'jobs',
    'listener',
    'policy',
    'repository',
    'rules',
    'state',
  ].map((kind) => `src/modules/coach/reads-what-is-not-shown.ts -> ${AUTH}.${kind}.ts`),
  'nobody-imports-the-sandbox': [
    'src/modules/booking/plays-in-the-sandbox.ts -> src/modules/sandbox/sandbox.module.ts',
  ],
  'nobody-imports-notification': [
    'src/modules/gym/tells-notification.ts -> src/modules/notification/notification.service.ts',
  ],
  'only-the-root-composes': [
    `src/common/knows-a-feature.ts -> ${AUTH}.service.ts`,
    `src/demo/demo.ts -> ${AUTH}.service.ts`,
  ],
  'the-root-takes-modules-and-guards': [`src/app.module.ts -> ${AUTH}.service.ts`],
  'a-feature-stays-below-the-root': ['src/modules/auth/knows-the-application.ts -> src/app.module.ts'],
  'common-knows-no-feature': [`src/common/knows-a-feature.ts -> ${AUTH}.service.ts`],
  'database-knows-the-configuration-only': ['src/database/knows-the-kernel.ts -> src/common/kernel.ts'],
  'config-knows-nothing': ['src/config/knows-the-kernel.ts -> src/common/kernel.ts'],
  'rules-are-pure': [
    'src/modules/booking/asks-around.rules.ts -> @nestjs/common',
    'src/modules/booking/asks-around.rules.ts -> src/modules/booking/booking.repository.ts',
    'src/modules/booking/asks-around.rules.ts -> typeorm',
  ],
  'entities-hold-no-logic': [
    'src/modules/booking/entities/thinks.entity.ts -> src/modules/booking/booking.repository.ts',
  ],
  'no-circle': ['src/modules/coach/circle-one.ts -> src/modules/coach/circle-two.ts'],
  'the-product-knows-no-test': ['src/modules/coach/reads-a-test.ts -> test/support/test-app.ts'],
  'no-development-package': ['src/modules/coach/needs-a-development-package.ts -> fast-check'],
  'no-undeclared-package': ['src/modules/coach/needs-an-undeclared-package.ts -> qs'],
  'no-broken-import': ['src/modules/coach/imports-nothing-there.ts -> ./not-written-yet'],
};

async function cruise(folder: string): Promise<Cruise> {
  const tool = join(ROOT, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  const config = join(ROOT, '.dependency-cruiser.cjs');
  const { stdout, stderr } = await runNode([tool, 'src', '--config', config, '--output-type', 'json'], { cwd: folder });
  if (!stdout) throw new Error(stderr);
  return JSON.parse(stdout) as Cruise;
}

/** Paths of packages end in the file that happened to be resolved: their name is enough. */
function named(path: string): string {
  return /node_modules\/((@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? path;
}

function found(result: Cruise, rule: string): string[] {
  return result.summary.violations
    .filter((violation) => violation.rule.name === rule)
    .map(({ from, to }) => `${from} -> ${named(to)}`)
    .sort();
}

describe('the import rules', () => {
  let bad: Cruise;

  beforeAll(async () => {
    bad = await cruise(join(FIXTURES, 'tree'));
  }, 60_000);

  it('have a bad import each in the fixtures, and a comment', () => {
    const rules = bad.summary.ruleSetUsed.forbidden;
    expect(rules.map(({ name }) => name).sort()).toEqual([...Object.keys(RED), 'no-dead-file'].sort());
    expect(rules.filter(({ comment }) => !comment)).toEqual([]);
  });

  it.each(Object.entries(RED))('%s', (rule, imports) => {
    expect(found(bad, rule)).toEqual(imports);
  });

  it('no-dead-file', () => {
    const dead = found(bad, 'no-dead-file').map((violation) => violation.split(' -> ')[0]);
    expect(dead).toContain('src/modules/coach/nobody-reads-this.ts');
    expect(dead).not.toContain('src/modules/auth/auth.module.ts');
  });

  it('let a feature use what another one shows', () => {
    const spoken = bad.summary.violations.filter(({ rule }) => rule.name !== 'no-dead-file').map(({ from }) => from);
    expect(spoken).not.toContain('src/modules/coach/reads-what-is-shown.ts');
    expect(spoken).not.toContain('src/modules/notification/hears.listener.ts');
    expect(spoken).not.toContain('src/modules/auth/commands/create-admin.ts');
  });

  it('hold in the sources', async () => {
    const { modules, summary } = await cruise(ROOT);
    expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)).toEqual([]);
    // Neither aliases nor imports of types alone slip through.
    const root = modules.find(({ source }) => source === 'src/app.module.ts');
    const filter = modules.find(({ source }) => source === 'src/common/http/error.filter.ts');
    expect(root?.dependencies.map(({ resolved }) => resolved)).toContain('src/config/app-config.ts');
    expect(filter?.dependencies.map(({ resolved }) => resolved)).toContain('src/common/http/error.response.ts');
  }, 60_000);
});
