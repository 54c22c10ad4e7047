/** One run, two kinds of test: `*.spec.ts` beside the code, `*.e2e-spec.ts` through HTTP on a real PostgreSQL. */
module.exports = {
  rootDir: '.',
  testRegex: ['src/.*\\.spec\\.ts$', 'test/.*\\.e2e-spec\\.ts$', 'test/(architecture|containers)/.*\\.spec\\.ts$'],
  testEnvironment: 'node',
  transform: { '^.+\\.[tj]s$': '@swc/jest' },
  // ES modules, and one that imports such a module only when it is used.
  transformIgnorePatterns: [
    '/node_modules/(?!(@nestjs|oauth4webapi|temporal-polyfill|temporal-utils|gaxios|node-fetch|fetch-blob|formdata-polyfill|data-uri-to-buffer)/)',
  ],
  moduleNameMapper: { '^src/(.*)$': '<rootDir>/src/$1', '^test/(.*)$': '<rootDir>/test/$1' },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.data'],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  reporters: ['default', '<rootDir>/test/support/totals-reporter.js'],
  maxWorkers: 2,
  // Each file loads the whole application anew, and not all of it goes with the file: beyond that a worker is replaced.
  workerIdleMemoryLimit: '1GB',
  testTimeout: 60_000,
};
