import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/**
 * What a reader would otherwise have to remember. The restrictions of one rule do not add up over several blocks (the
 * last block wins), so each kind of file composes its list from the parts below.
 */

const SYNTAX = {
  everywhere: [
    {
      selector: 'MemberExpression[object.name="Math"][property.name="random"]',
      message: 'Math.random can be foreseen: take node:crypto, or a seeded generator in tests.',
    },
    {
      selector: 'Identifier[name="forwardRef"]',
      message: 'A circle of modules is resolved by an event, a port or moving the flow up (architecture §4).',
    },
  ],
  time: [
    {
      selector: 'NewExpression[callee.name="Date"][arguments.length=0], CallExpression[callee.name="Date"]',
      message: 'The time comes from the injected Clock.',
    },
    {
      selector: 'MemberExpression[object.name="Date"][property.name="now"]',
      message: 'The time comes from the injected Clock.',
    },
    {
      selector: 'MemberExpression[object.name="Temporal"][property.name="Now"]',
      message: 'The time comes from the injected Clock.',
    },
  ],
  environment: [
    {
      selector:
        'MemberExpression[object.name="process"]:matches([property.name="env"], [property.value="env"]), ' +
        'VariableDeclarator[init.name="process"] > ObjectPattern > Property[key.name="env"]',
      message: 'Only src/config reads the environment: inject AppConfig.',
    },
  ],
  defaultExport: [
    {
      selector: 'ExportDefaultDeclaration, ExportSpecifier[exported.name="default"], TSExportAssignment',
      message: 'Exports have names, so that one thing has one name everywhere.',
    },
  ],
  barrel: [{ selector: 'Program', message: 'No barrel: a file is imported by its own name.' }],
  feature: [
    {
      selector: 'Decorator[expression.callee.name=/^(Req|Request|Res|Response|Next)$/]',
      message: 'A feature knows no request and no response of the framework: take DTOs and return a value.',
    },
  ],
  controller: [
    {
      selector: 'IfStatement, TryStatement, SwitchStatement, ConditionalExpression',
      message: 'A route is one statement: what decides belongs to the service.',
    },
  ],
  tests: [
    {
      selector: [
        'MemberExpression[object.name=/^(describe|it|test)$/][property.name=/^(only|skip|todo|failing)$/]',
        'MemberExpression[object.object.name=/^(describe|it|test)$/][property.name=/^(only|skip|failing)$/]',
        'CallExpression[callee.name=/^(fdescribe|fit|xdescribe|xit|xtest)$/]',
      ].join(', '),
      message: 'No focused and no skipped test.',
    },
    {
      selector: 'CallExpression:matches([callee.name="setTimeout"], [callee.property.name="setTimeout"])',
      message: 'No sleep: poll for what you wait for, with a deadline, or move the clock.',
    },
    {
      selector: 'CallExpression[callee.object.name="jest"][callee.property.name=/^(mock|doMock|setSystemTime)$/]',
      message: 'What is tested is not mocked, and the time is moved through the Clock.',
    },
  ],
  // A unit that waits by a timer may be tried with fake ones; PostgreSQL and HTTP never come back under them.
  wholeApplication: [
    {
      selector: 'CallExpression[callee.object.name="jest"][callee.property.name="useFakeTimers"]',
      message: 'What is tested is not mocked, and the time is moved through the Clock.',
    },
  ],
};

const IMPORTS = {
  parent: {
    patterns: [{ regex: '(^|/)\\.\\.(/|$)', message: 'Across folders an import starts with src/ or test/.' }],
  },
  everywhere: {
    paths: [
      { name: 'node:process', importNames: ['env'], message: 'Only src/config reads the environment.' },
      { name: 'process', importNames: ['env'], message: 'Only src/config reads the environment.' },
    ],
  },
  feature: {
    paths: [
      { name: 'express', message: 'A feature knows no request and no response of the framework.' },
      {
        name: '@nestjs/common',
        importNames: ['Req', 'Request', 'Res', 'Response', 'Next'],
        message: 'A feature knows no request and no response of the framework.',
      },
    ],
  },
  tests: {
    paths: [
      {
        name: 'node:timers/promises',
        message: 'No sleep: poll for what you wait for, with a deadline, or move the clock.',
      },
      { name: 'timers/promises', message: 'No sleep: poll for what you wait for, with a deadline, or move the clock.' },
    ],
  },
};

const syntax = (...parts) => ['error', ...parts.flat()];
const imports = (...parts) => [
  'error',
  { paths: parts.flatMap(({ paths = [] }) => paths), patterns: parts.flatMap(({ patterns = [] }) => patterns) },
];

/** What plain scripts find in Node; TypeScript knows by itself. */
const NODE_GLOBALS = [
  'process',
  'console',
  'Buffer',
  'URL',
  'URLSearchParams',
  'fetch',
  'performance',
  'AbortController',
  'AbortSignal',
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'setImmediate',
  'structuredClone',
];
const SPECS = ['**/*.spec.ts', '**/*.e2e-spec.ts'];

export default defineConfig(
  globalIgnores([
    'dist/',
    'coverage/',
    '.data/',
    'test/architecture/fixtures/',
    'test/mobile/api.d.ts',
    'test/mobile/fixtures/',
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    // The tsconfig nearest to a file decides, so the fixtures of the architecture tests have their own.
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-syntax': syntax(SYNTAX.everywhere, SYNTAX.time, SYNTAX.environment),
      'no-restricted-imports': imports(IMPORTS.everywhere, IMPORTS.parent),
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Classes that Nest injects are told apart from types by their decorators' metadata.
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { prefer: 'type-imports', fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/ban-ts-comment': [
        'error',
        {
          'ts-ignore': true,
          'ts-nocheck': true,
          'ts-expect-error': 'allow-with-description',
          minimumDescriptionLength: 10,
        },
      ],
      // Modules, tokens and ports are classes whose content is their decorator or their name.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // Nest reads the type of a property from the decorators' metadata: it is written even where it can be inferred.
      '@typescript-eslint/no-inferrable-types': ['error', { ignoreProperties: true }],
      // `rows.map(BookingResponse.from)`: the static mappers use no `this`.
      '@typescript-eslint/unbound-method': ['error', { ignoreStatic: true }],
      // Responses and DTOs name a shape of the wire for the documentation: literals and copies of them are the rule.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      // `headers['x-api-key']` beside `headers['origin']`: keys of records look alike.
      '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
      // A number in a message is what one means by it.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `() => this.send(mail)` and `return next(error)`: nobody looks at a value there.
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // An empty text counts as missing: `(found && found.name) || null` means it.
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
      // The signature of a library is implemented as the library writes it.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // What a library hands on as an error is thrown on.
      '@typescript-eslint/only-throw-error': ['error', { allowThrowingUnknown: true, allowRethrowing: true }],
      // An interface asks for a promise that this implementation fulfils at once.
      '@typescript-eslint/require-await': 'off',
      // `_` is what a signature asks for and nobody needs.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'max-lines': ['error', { max: 250 }],
      'no-restricted-syntax': syntax(SYNTAX.everywhere, SYNTAX.time, SYNTAX.environment, SYNTAX.defaultExport),
    },
  },
  {
    files: ['src/modules/**/*.ts'],
    rules: {
      'no-restricted-syntax': syntax(
        SYNTAX.everywhere,
        SYNTAX.time,
        SYNTAX.environment,
        SYNTAX.defaultExport,
        SYNTAX.feature,
      ),
      'no-restricted-imports': imports(IMPORTS.everywhere, IMPORTS.parent, IMPORTS.feature),
    },
  },
  {
    files: ['src/modules/**/*.controller.ts'],
    rules: {
      'no-restricted-syntax': syntax(
        SYNTAX.everywhere,
        SYNTAX.time,
        SYNTAX.environment,
        SYNTAX.defaultExport,
        SYNTAX.feature,
        SYNTAX.controller,
      ),
    },
  },
  {
    files: ['src/common/clock/**/*.ts'],
    rules: { 'no-restricted-syntax': syntax(SYNTAX.everywhere, SYNTAX.environment, SYNTAX.defaultExport) },
  },
  {
    files: ['src/config/**/*.ts'],
    rules: { 'no-restricted-syntax': syntax(SYNTAX.everywhere, SYNTAX.time, SYNTAX.defaultExport) },
  },
  {
    // A migration is as long as its tables.
    files: ['src/database/migrations/**/*.ts', ...SPECS],
    rules: { 'max-lines': 'off' },
  },
  {
    files: ['test/**/*.ts', ...SPECS],
    rules: {
      // Bodies of answers and rows of the database arrive untyped; what a test expects of them is its assertion.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
    },
  },
  {
    files: ['test/**/*.ts', ...SPECS],
    rules: {
      'no-restricted-syntax': syntax(
        SYNTAX.everywhere,
        SYNTAX.time,
        SYNTAX.environment,
        SYNTAX.defaultExport,
        SYNTAX.tests,
      ),
      'no-restricted-imports': imports(IMPORTS.everywhere, IMPORTS.parent, IMPORTS.tests),
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'no-restricted-syntax': syntax(
        SYNTAX.everywhere,
        SYNTAX.time,
        SYNTAX.environment,
        SYNTAX.defaultExport,
        SYNTAX.tests,
        SYNTAX.wholeApplication,
      ),
    },
  },
  {
    // They start processes, measure real time and poll with a deadline.
    files: ['test/support/**/*.ts', 'bench/**/*.ts'],
    rules: {
      'no-restricted-syntax': syntax(SYNTAX.everywhere),
      'no-restricted-imports': imports(IMPORTS.everywhere, IMPORTS.parent),
    },
  },
  {
    // Jest and the TypeORM command line load these by themselves: they want a default export, and know no alias.
    files: ['ormconfig.ts', 'test/support/global-setup.ts', 'test/support/global-teardown.ts'],
    rules: { 'no-restricted-imports': imports(IMPORTS.everywhere) },
  },
  {
    files: ['src/**/index.ts', 'test/**/index.ts'],
    rules: { 'no-restricted-syntax': syntax(SYNTAX.barrel) },
  },
  {
    files: ['**/*.js', '**/*.cjs', '**/*.mjs'],
    languageOptions: { globals: Object.fromEntries(NODE_GLOBALS.map((name) => [name, 'readonly'])) },
  },
  {
    files: ['**/*.js', '**/*.cjs'],
    languageOptions: { sourceType: 'commonjs', globals: { __dirname: 'readonly', __filename: 'readonly' } },
  },
);
