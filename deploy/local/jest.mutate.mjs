import base from '../../jest.config.mjs';

/** The tests that need neither a server nor a process. */
export default {
  ...base,
  rootDir: '../..',
  testMatch: ['<rootDir>/{libs,services}/**/src/**/!(*.int|*.journey).spec.ts'],
};
