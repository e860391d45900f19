/** One Jest project for the whole workspace; the depth of a test is in its file name (.spec, .int.spec, .journey.spec). */
export default {
  testEnvironment: '<rootDir>/deploy/local/test-environment.mjs',
  // The temp folder belongs to the tests, which must leave it empty.
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  testEnvironmentOptions: { customExportConditions: ['@troupe/source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          target: 'es2022',
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  testMatch: ['<rootDir>/{libs,services,deploy}/**/src/**/*.spec.ts'],
  modulePathIgnorePatterns: ['/dist/'],
  watchPathIgnorePatterns: ['/dist/', '/.troupe/'],
};
