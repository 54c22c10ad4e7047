/**
 * Who may import whom (docs/architecture.md §4). An import that only names a type is an arrow like any other: it ties
 * the reader, if not the machine.
 */

/** Feature -> the features below it. A feature that is not here may import none. */
const BELOW = {
  auth: [],
  gym: ['auth'],
  social: ['auth'],
  coach: ['auth', 'gym', 'social'],
  payment: ['auth', 'coach'],
  booking: ['auth', 'gym', 'coach', 'payment'],
  waitlist: ['auth', 'coach', 'booking'],
  client: ['auth', 'gym', 'social', 'coach', 'payment', 'booking'],
  messaging: ['auth', 'coach', 'booking'],
  performance: ['auth', 'gym', 'coach', 'booking', 'client'],
  program: ['auth', 'coach', 'client', 'performance'],
  integration: ['auth', 'client', 'booking', 'performance'],
  enrollment: ['auth', 'coach', 'client'],
  wellness: ['auth', 'coach'],
  feedback: ['auth'],
  gdpr: ['auth'],
  notification: ['auth', 'client'],
  system: [],
};

/** The files of a feature that others may know: its module, use cases, facts, answers, public types and rows. */
const FACE = [
  '\\.(module|service|events|response|types)\\.ts$',
  '/entities/[^/]+\\.entity\\.ts$',
  // Ports: the upper features register their points of the profile's completion here.
  '^src/modules/auth/completion-parts\\.ts$',
  // And whoever shows what third parties gave asks here whether its owner agrees.
  '^src/modules/auth/sharing-consents\\.ts$',
  // And bookings say here in which currency they are paid.
  '^src/modules/payment/booking-currencies\\.ts$',
  // Whoever mails a link of an account makes it at the moment of mailing, from what the event carries encrypted.
  '^src/modules/auth/account-links\\.ts$',
];

/** Processes begin here; nobody imports them. */
const ENTRIES = [
  '^src/(main|openapi|reapply-erasures|rotate-keys)\\.ts$',
  '^src/database/(migrate|seed|seed-large)\\.ts$',
  '^src/database/embedded/keeper\\.ts$',
  '^src/demo/demo\\.ts$',
  '^src/modules/[^/]+/commands/[^/]+\\.ts$',
];

const featureArrows = Object.entries(BELOW).map(([feature, below]) => ({
  name: `${feature}-imports-only-what-is-below-it`,
  comment:
    `${feature} may import ${below.length > 0 ? below.join(', ') : 'no other feature'}. ` +
    'Upward it speaks by events, or by a port that the upper feature registers into.',
  severity: 'error',
  from: { path: `^src/modules/${feature}/`, pathNot: '/commands/' },
  to: {
    path: '^src/modules/',
    pathNot: [
      `^src/modules/(${[feature, ...below].join('|')})/`,
      // It tells people what happened anywhere.
      ...(feature === 'notification' ? ['\\.events\\.ts$'] : []),
    ],
  },
}));

module.exports = {
  forbidden: [
    ...featureArrows,
    {
      name: 'a-new-feature-has-its-arrows',
      comment: 'A folder of src/modules that the table of arrows does not know: add it there, and to architecture §4.',
      severity: 'error',
      from: { path: '^src/modules/[^/]+/', pathNot: `^src/modules/(${Object.keys(BELOW).join('|')}|sandbox)/` },
      to: { path: '^src/' },
    },
    {
      name: 'a-feature-shows-its-face-only',
      comment:
        'From another feature: its module, services, events, responses, public types, and entities going down. Never its ' +
        'repository, dto, policy, rules, state, errors, controller, listener or jobs.',
      severity: 'error',
      from: { path: '^src/modules/([^/]+)/' },
      to: { path: '^src/modules/', pathNot: ['^src/modules/$1/', ...FACE] },
    },
    {
      name: 'nobody-imports-the-sandbox',
      comment: 'Production never loads it. The composition root alone asks for it, when it is not production.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/modules/sandbox/', '^src/app\\.module\\.ts$'] },
      to: { path: '^src/modules/sandbox/' },
    },
    {
      name: 'nobody-imports-notification',
      comment: 'It hears everybody’s events; who wants a message to leave publishes one.',
      severity: 'error',
      from: { path: '^src/modules/', pathNot: '^src/modules/(notification|sandbox)/' },
      to: { path: '^src/modules/notification/' },
    },
    {
      name: 'only-the-root-composes',
      comment:
        'What is not a feature knows no feature: app.module.ts composes them, of modules and global guards. A command ' +
        'that needs the whole application names the service that it runs.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(modules/|(app\\.module|reapply-erasures)\\.ts$)' },
      to: { path: '^src/modules/' },
    },
    {
      name: 'the-root-takes-modules-and-guards',
      comment: 'The composition root names modules and global guards, no other part of a feature.',
      severity: 'error',
      from: { path: '^src/app\\.module\\.ts$' },
      to: { path: '^src/modules/', pathNot: '\\.(module|guard)\\.ts$' },
    },
    {
      name: 'a-feature-stays-below-the-root',
      comment: 'A feature does not know the application it is part of. A command starts one, so it may.',
      severity: 'error',
      from: { path: '^src/modules/', pathNot: '/commands/' },
      to: { path: '^src/[^/]+\\.ts$' },
    },
    {
      name: 'common-knows-no-feature',
      comment: 'The kernel stands on the configuration and the database, and on nothing of the product.',
      severity: 'error',
      from: { path: '^src/common/' },
      to: { path: '^src/', pathNot: '^src/(common|config|database)/' },
    },
    {
      name: 'database-knows-the-configuration-only',
      comment:
        'Migrations, seeds and the embedded server run without an application. Of the kernel they take the time, ids ' +
        'that are made of a name, and how texts are sealed.',
      severity: 'error',
      from: { path: '^src/database/' },
      to: {
        path: '^src/',
        pathNot: ['^src/(database|config)/', '^src/common/(clock/clock|crypto/(field-cipher|name-based-uuid))\\.ts$'],
      },
    },
    {
      name: 'config-knows-nothing',
      comment: 'Everything reads the configuration, so it reads nothing of ours.',
      severity: 'error',
      from: { path: '^src/config/' },
      to: { path: '^src/', pathNot: '^src/config/' },
    },
    {
      name: 'rules-are-pure',
      comment: 'Rules, states and policies are plain functions: they can be read and tested with nothing around them.',
      severity: 'error',
      from: { path: '\\.(rules|state|policy)\\.ts$' },
      to: {
        path: [
          '(^|/)node_modules/(@nestjs|@nestjs-cls|typeorm|pg|graphile-worker|nestjs-[^/]+)/',
          '\\.(module|controller|service|repository|listener|jobs)\\.ts$',
          '^src/common/(transaction|events|jobs|idempotency|limits)/',
          '^src/database/',
        ],
      },
    },
    {
      name: 'entities-hold-no-logic',
      comment: 'An entity is a table. It may name the types of its columns and, going down, another entity.',
      severity: 'error',
      from: { path: '\\.entity\\.ts$' },
      to: { path: '\\.(module|controller|service|repository|listener|jobs|dto|response)\\.ts$' },
    },
    {
      name: 'no-circle',
      comment: 'A circle is resolved by an event, by a port, or by moving the flow up.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-dead-file',
      comment: 'A file that no process reaches is not part of the product.',
      severity: 'error',
      from: { path: ENTRIES },
      to: { path: '^src/', pathNot: ['\\.spec\\.ts$', ...ENTRIES], reachable: false },
    },
    {
      name: 'the-product-knows-no-test',
      comment: 'Nothing of test/ is in a build.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: ['^test/', '\\.(e2e-)?spec\\.ts$'] },
    },
    {
      name: 'no-development-package',
      comment: 'The image installs the dependencies of production only.',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['npm-dev'], pathNot: '(^|/)node_modules/@types/' },
    },
    {
      name: 'no-undeclared-package',
      comment: 'What is imported stands in package.json, not only by chance in node_modules.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-broken-import',
      comment: 'It resolves to no file, so no rule above could judge it.',
      severity: 'error',
      from: { path: '^src/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    // This version reads TypeScript up to 5; swc reads today's, and keeps imports that only name a type.
    parser: 'swc',
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};
