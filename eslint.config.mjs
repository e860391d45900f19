/**
 * Lint rules of the workspace: errors only. Module boundaries rest on the `type:` tag of each project's package.json
 * (exactly one, which `npm run verify` checks): what is not allowed below is refused.
 */
import { join, relative } from 'node:path';
import boundaries from 'eslint-plugin-boundaries';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import jsdoc from 'eslint-plugin-jsdoc';
import { importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';
import { projectFolders, readJson, root } from './deploy/local/bootstrap.mjs';

/** Which types of project a project of each type may import. */
const MAY_IMPORT = {
  contracts: [],
  backing: [],
  testing: ['backing'],
  platform: ['contracts', 'platform', 'backing'],
  store: ['contracts'],
  connector: ['contracts', 'platform'],
  kit: ['contracts', 'platform'],
  agent: ['contracts', 'kit'],
  service: ['contracts', 'platform', 'store', 'connector'],
  host: ['contracts', 'platform', 'backing', 'service', 'agent', 'host'],
  journey: ['contracts', 'platform', 'backing', 'testing', 'kit', 'host'],
  tooling: ['contracts', 'platform', 'host'],
};

/** Tests, and what only tests use. A contract suite is a test that ships with its library. */
const TESTS = ['**/*.spec.ts', 'libs/*/src/*.contract.ts', '**/src/testing.ts', '**/src/testing/**', '**/src/fixtures/**'];
const BESIDE_TESTS = [...TESTS, 'libs/testkit/**', 'services/journeys/**'];
/** What a bundler packs is not installed beside the service. */
const BUNDLED = ['services/inbox/web/**'];
const SCRIPTS = ['*.mjs', 'deploy/local/*.mjs'];

const DEEP_IMPORT = {
  group: ['@troupe/*/src/**', '@troupe/*/dist/**'],
  message: 'Import what the project exports: @troupe/<name>.',
};
const TESTING_DOOR = { group: ['@troupe/*/testing', '@jest/globals'], message: 'Only tests may use this door.' };

/** One program over all projects: one for each of them makes the checker read zod's types 25 times, and takes twice as long. */
const PROGRAMS = ['libs/workspace/tsconfig.lint.json', 'services/inbox/web/tsconfig.json'];

/** Whatever a library exports has a docstring: sentences with shapes, units and errors. Signatures say the rest. */
const EXPORTS_SAY_WHAT_THEY_ARE = {
  publicOnly: { esm: true, cjs: false, window: false },
  enableFixer: false,
  require: { FunctionDeclaration: true, ClassDeclaration: true, ArrowFunctionExpression: true, FunctionExpression: true },
  // A type that is read off a schema (`typeof`) is what the schema says it is.
  contexts: ['TSInterfaceDeclaration', 'TSTypeAliasDeclaration:not(:has(TSTypeQuery))', 'ExportNamedDeclaration > VariableDeclaration'],
};

const projects = workspaceProjects();

/** TypeScript's own view of `@troupe/*`: the sources, not what was built from them. */
const resolution = {
  conditionNames: ['@troupe/source', 'types', 'import', 'node', 'default'],
  project: ['tsconfig.base.json'],
};

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '**/.troupe/**', '.nx/**', 'coverage/**'] },
  {
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'max-lines': ['error', 350],
      'no-console': 'error',
      'no-warning-comments': ['error', { terms: ['eslint-disable', 'todo', 'fixme', 'xxx'], location: 'anywhere' }],
      'no-restricted-syntax': ['error', { selector: 'ExportAllDeclaration', message: 'Name what is exported: `export *` hides it and invites cycles.' }],
    },
  },
  { files: SCRIPTS, extends: [tseslint.configs.disableTypeChecked], rules: { 'no-console': 'off' } },
  { files: ['deploy/local/**'], rules: { 'no-console': 'off' } },
  {
    files: ['**/*.ts', '**/*.tsx', '**/*.mts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { project: PROGRAMS, tsconfigRootDir: root } },
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [createTypeScriptImportResolver(resolution)],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx'] },
      'import-x/extensions': ['.ts', '.tsx'],
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // A method that fulfils an interface may promise what it has at hand.
      '@typescript-eslint/require-await': 'off',
      'no-restricted-imports': ['error', { patterns: [DEEP_IMPORT, TESTING_DOOR] }],
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-relative-packages': 'error',
    },
  },
  {
    files: BESIDE_TESTS,
    rules: {
      // Jest types its asymmetric matchers (`expect.any`) as any.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      'no-restricted-imports': ['error', { patterns: [DEEP_IMPORT] }],
    },
  },
  {
    files: ['{libs,services,deploy}/**/*.ts'],
    ignores: BESIDE_TESTS,
    rules: { 'max-lines-per-function': ['error', { max: 45, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: ['libs/**/src/**/*.ts'],
    ignores: TESTS,
    plugins: { jsdoc },
    rules: { 'jsdoc/require-jsdoc': ['error', EXPORTS_SAY_WHAT_THEY_ARE] },
  },
  {
    files: ['{libs,services,deploy}/**/*.ts', '{libs,services,deploy}/**/*.tsx'],
    plugins: { boundaries },
    settings: {
      'import/resolver': { typescript: resolution },
      'boundaries/root-path': root,
      'boundaries/elements': projects.map(({ folder, type }) => ({ type, pattern: folder, partialMatch: false })),
      'boundaries/files': [{ category: 'test', pattern: TESTS }],
    },
    rules: {
      'boundaries/no-unknown-files': 'error',
      'boundaries/no-unknown-dependencies': 'error',
      'boundaries/dependencies': ['error', { default: 'disallow', policies: policies() }],
    },
  },
  ...projects.map(({ folder }) => ({
    files: [`${folder}/**/*.ts`, `${folder}/**/*.tsx`],
    rules: {
      'import-x/no-extraneous-dependencies': ['error', {
        packageDir: [join(root, folder), root],
        includeInternal: true,
        devDependencies: [...BESIDE_TESTS, ...BUNDLED],
      }],
    },
  })),
);

function policies() {
  const allowed = Object.entries(MAY_IMPORT)
    .filter(([, others]) => others.length > 0)
    .map(([type, others]) => allow({ element: { type } }, others));
  return [...allowed, allow({ file: { categories: 'test' } }, ['testing'])];
}

function allow(from, types) {
  return { from, allow: { to: types.map((type) => ({ element: { type } })) } };
}

/** Folder and type tag of every project. */
function workspaceProjects() {
  return projectFolders().map((folder) => {
    const tag = readJson(join(folder, 'package.json')).nx.tags.find((name) => name.startsWith('type:'));
    return { folder: relative(root, folder), type: tag.slice('type:'.length) };
  });
}
