/**
 * `npm run mutate`: breaks the pure deciders and the delivery code line by line and sees whether a test notices.
 * Only what is decided without a broker is broken here: a test against a real server takes too long for a thousand mutants.
 * https://stryker-mutator.io/docs/stryker-js/configuration
 */
export default {
  mutate: [
    'libs/messaging/src/delivery/answer-to-failure.ts',
    'libs/messaging/src/delivery/answered-messages.ts',
    'libs/messaging/src/delivery/work-queue.ts',
  ],
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  jest: { projectType: 'custom', configFile: 'deploy/local/jest.mutate.mjs', enableFindRelatedTests: true },
  coverageAnalysis: 'off',
  concurrency: 2,
  timeoutMS: 10_000,
  ignorePatterns: ['**/dist', '.troupe', '.nx', 'services/engine/sample', 'services/inbox/docs'],
  tempDirName: '.stryker-tmp',
  reporters: ['clear-text', 'progress'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  thresholds: { high: 95, low: 90, break: 90 },
};
