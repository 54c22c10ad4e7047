import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FIXTURES, filesUnder, ROOT, runNode } from './sources';

interface Judged {
  filePath: string;
  messages: { ruleId: string | null; message: string }[];
}

const TREE = join(FIXTURES, 'lint');
const SYNTAX = 'no-restricted-syntax';
const IMPORTS = 'no-restricted-imports';
const CLOCK = 'The time comes from the injected Clock.';
const ENVIRONMENT = /Only src\/config reads the environment/;
const FRAMEWORK = /A feature knows no request and no response of the framework/;

/** Bad file -> the rules that must turn it red, and no others; with the reason where one rule has many. */
const RED: Record<string, [rule: string, reason?: string | RegExp][]> = {
  'src/modules/booking/asserts-non-null.ts': [['@typescript-eslint/no-non-null-assertion']],
  'src/modules/booking/compares-loosely.ts': [['eqeqeq']],
  'src/modules/booking/decides.controller.ts': [[SYNTAX, /A route is one statement/]],
  'src/modules/booking/disables-for-nothing.ts': [['unused directive', /Unused eslint-disable directive/]],
  'src/modules/booking/exports-default.ts': [[SYNTAX, /Exports have names/]],
  'src/modules/booking/floats-a-promise.ts': [['@typescript-eslint/no-floating-promises']],
  'src/modules/booking/forgets-a-case.ts': [['@typescript-eslint/switch-exhaustiveness-check']],
  'src/modules/booking/goes-on-and-on.ts': [['max-lines']],
  'src/modules/booking/imports-a-type-as-a-value.ts': [['@typescript-eslint/consistent-type-imports']],
  'src/modules/booking/imports-env.ts': [[IMPORTS, ENVIRONMENT]],
  'src/modules/booking/imports-express.ts': [[IMPORTS, FRAMEWORK]],
  'src/modules/booking/imports-parent.ts': [[IMPORTS, /Across folders/]],
  'src/modules/booking/index.ts': [[SYNTAX, /No barrel/]],
  'src/modules/booking/injects-response.ts': [
    [IMPORTS, FRAMEWORK],
    [SYNTAX, FRAMEWORK],
  ],
  'src/modules/booking/logs-to-the-console.ts': [['no-console']],
  'src/modules/booking/misuses-a-promise.ts': [['@typescript-eslint/no-misused-promises']],
  'src/modules/booking/reads-process-env.ts': [[SYNTAX, ENVIRONMENT], ['@typescript-eslint/dot-notation']],
  'src/modules/booking/silences-the-compiler.ts': [['@typescript-eslint/ban-ts-comment']],
  'src/modules/booking/takes-env-apart.ts': [[SYNTAX, ENVIRONMENT]],
  'src/modules/booking/uses-any.ts': [['@typescript-eslint/no-explicit-any']],
  'src/modules/booking/uses-date-now.ts': [[SYNTAX, CLOCK]],
  'src/modules/booking/uses-forward-ref.ts': [[SYNTAX, /A circle of modules/]],
  'src/modules/booking/uses-math-random.ts': [[SYNTAX, /Math\.random/]],
  'src/modules/booking/uses-new-date.ts': [[SYNTAX, CLOCK]],
  'src/modules/booking/uses-temporal-now.ts': [[SYNTAX, CLOCK]],
  'test/booking/focuses-a-test.ts': [[SYNTAX, /No focused and no skipped test/]],
  'test/booking/mocks-a-module.ts': [[SYNTAX, /What is tested is not mocked/]],
  'test/booking/mocks-the-time.ts': [[SYNTAX, /What is tested is not mocked/]],
  'test/booking/skips-a-test.ts': [[SYNTAX, /No focused and no skipped test/]],
  'test/booking/sleeps-politely.ts': [[IMPORTS, /No sleep/]],
  'test/booking/sleeps.ts': [[SYNTAX, /No sleep/]],
};

/** Files in the places where a rule is lifted, or with nothing wrong in them. */
const GREEN = [
  'src/common/clock/reads-the-time.ts',
  'src/config/reads-the-environment.ts',
  'src/modules/booking/clean.service.ts',
  'test/support/starts-a-process.ts',
  // Red for the check of reasons below, which ESLint itself does not know.
  'src/modules/booking/disables-without-a-reason.ts',
];

/** Comments that switch a rule off without naming it, or without a reason after `--`. */
function unexplainedDisables(text: string): string[] {
  const comments = text.match(/(?:\/\/|\/\*)\s*eslint-disable[^\n]*/g) ?? [];
  return comments.filter((comment) => !/eslint-disable(-next-line|-line)? [@\w/, -]+? -- \S.{9,}/.test(comment));
}

describe('the lint rules', () => {
  const judged = new Map<string, Judged['messages']>();

  beforeAll(async () => {
    // Laid out as the repository is, and linted from there: the same patterns of the same configuration apply.
    const eslint = join(ROOT, 'node_modules', 'eslint', 'bin', 'eslint.js');
    const { stdout, stderr } = await runNode(
      [eslint, '--config', join(ROOT, 'eslint.config.mjs'), '--format', 'json', '.'],
      { cwd: TREE },
    );
    if (!stdout) throw new Error(stderr);
    for (const { filePath, messages } of JSON.parse(stdout) as Judged[])
      judged.set(filePath.slice(TREE.length + 1).replaceAll('\\', '/'), messages);
  }, 120_000);

  it('are tried on every fixture', () => {
    expect([...judged.keys()].sort()).toEqual([...Object.keys(RED), ...GREEN].sort());
    expect([...judged.keys()].sort()).toEqual(filesUnder(TREE, /\.ts$/));
  });

  it.each(Object.entries(RED))('refuse %s', (path, expected) => {
    const messages = judged.get(path) ?? [];
    const rules = new Set(messages.map(({ ruleId }) => ruleId ?? 'unused directive'));
    expect([...rules].sort()).toEqual(expected.map(([rule]) => rule).sort());
    for (const [rule, reason] of expected)
      if (reason)
        for (const { message } of messages.filter(({ ruleId }) => (ruleId ?? 'unused directive') === rule))
          expect(message).toMatch(reason);
  });

  it.each(GREEN)('let %s pass', (path) => {
    expect(judged.get(path)).toEqual([]);
  });

  it('are switched off by name and with a reason only', () => {
    const found = ['src', 'test', 'seeds', 'bench'].flatMap((folder) =>
      sourcesOf(folder).flatMap((path) =>
        unexplainedDisables(readFileSync(join(ROOT, path), 'utf8')).map((comment) => `${path}: ${comment}`),
      ),
    );
    expect(found).toEqual([]);
  });

  it('notice a rule that is switched off without a reason', () => {
    const text = readFileSync(join(TREE, 'src/modules/booking/disables-without-a-reason.ts'), 'utf8');
    expect(unexplainedDisables(text)).toEqual(['// eslint-disable-next-line no-console']);
    expect(unexplainedDisables('/* eslint-disable */')).toHaveLength(1);
  });
});

function sourcesOf(folder: string): string[] {
  try {
    return filesUnder(join(ROOT, folder), /\.ts$/)
      .map((path) => `${folder}/${path}`)
      .filter((path) => !path.startsWith('test/architecture/fixtures/') && path !== 'test/architecture/lint.spec.ts');
  } catch {
    // bench/ and seeds/ need not have sources.
    return [];
  }
}
