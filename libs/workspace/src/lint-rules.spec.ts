import { join } from 'node:path';
import { jest } from '@jest/globals';
import { ESLint, type Linter } from 'eslint';

jest.setTimeout(60_000);

const ROOT = join(import.meta.dirname, '../../..');

/** ESLint with the rules of the workspace. Types are left out: what is asked here needs none, and files that do not exist have none. */
const eslint = new ESLint({
  cwd: ROOT,
  overrideConfig: { files: ['**/*.ts'], languageOptions: { parserOptions: { project: null } } },
  ruleFilter: ({ ruleId }) => !ruleId.startsWith('@typescript-eslint/'),
});

/** The rules that report `source` when it stands at `path`. */
async function reported(path: string, source: string): Promise<(string | null)[]> {
  const [result] = await eslint.lintText(source, { filePath: join(ROOT, path) });
  return (result?.messages ?? []).map(({ ruleId }: Linter.LintMessage) => ruleId);
}

const AGENT = 'services/agents/triage/src/index.ts';
const SERVICE = 'services/memory/src/index.ts';
const LIBRARY = 'libs/messaging/src/index.ts';

describe('the lint rules', () => {
  it.each([
    ['an agent that imports a service', AGENT, "import { gateway } from '@troupe/gateway';\nexport { gateway };\n"],
    ['an agent that imports the messaging library', AGENT, "import { On } from '@troupe/messaging';\nexport { On };\n"],
    ['a service that imports another service', SERVICE, "export { policy } from '@troupe/policy';\n"],
    ['a library that imports a service', LIBRARY, "import type { gateway } from '@troupe/gateway';\nexport type Gateway = typeof gateway;\n"],
    ['production code that imports the test kit', SERVICE, "export { eventually } from '@troupe/testkit';\n"],
  ])('refuse %s', async (_name, path, source) => {
    expect(await reported(path, source)).toContain('boundaries/dependencies');
  });

  it.each([
    ['export everything', LIBRARY, "export * from './errors.ts';\n", 'no-restricted-syntax'],
    ['reach into another project by a path', SERVICE, "export { On } from '../../../libs/messaging/src/delivery/on.ts';\n", 'import-x/no-relative-packages'],
    ['reach past its door', SERVICE, "export { On } from '@troupe/messaging/src/delivery/on.ts';\n", 'no-restricted-imports'],
    ['use what package.json does not name', SERVICE, "export { default } from 'nodemailer';\n", 'import-x/no-extraneous-dependencies'],
    ['use a test door in production', AGENT, "export { scenario } from '@troupe/agent-kit/testing';\n", 'no-restricted-imports'],
    ['print', SERVICE, "console.log('here');\n", 'no-console'],
    ['compare loosely', SERVICE, "export const same = (a: string, b: string) => a == b;\n", 'eqeqeq'],
    ['switch a rule off', SERVICE, '/* eslint-disable eqeqeq */\nexport const same = (a: string, b: string) => a == b;\n', 'no-warning-comments'],
    ['heed a switched-off rule', SERVICE, '/* eslint-disable eqeqeq */\nexport const same = (a: string, b: string) => a == b;\n', 'eqeqeq'],
    ['write a file of more than 350 lines', SERVICE, 'export {};\n'.repeat(351), 'max-lines'],
  ])('refuse to %s', async (_name, path, source, rule) => {
    expect(await reported(path, source)).toContain(rule);
  });

  it.each([
    ['a function', 'export function one(): number {\n  return 1;\n}\n'],
    ['a constant', 'export const ONE = 1;\n'],
    ['an interface', 'export interface One {\n  readonly one: 1;\n}\n'],
    ['a type', 'export type One = 1;\n'],
    ['a class', 'export class One {}\n'],
  ])('want a docstring on %s that a library exports, and only there', async (_what, source) => {
    const rule = 'jsdoc/require-jsdoc';
    expect(await reported('libs/resilience/src/guard.ts', source)).toContain(rule);
    expect(await reported('libs/resilience/src/guard.ts', `/** One. */\n${source}`)).not.toContain(rule);
    expect(await reported('libs/resilience/src/guard.ts', source.replace('export ', ''))).not.toContain(rule);
    expect(await reported('libs/resilience/src/guard.spec.ts', source)).not.toContain(rule);
    expect(await reported(SERVICE, source)).not.toContain(rule);
  });

  it('want no docstring on a type that is read off a documented schema', async () => {
    const source = "import { z } from 'zod';\n/** One. */\nexport const OneSchema = z.literal(1);\nexport type One = z.infer<typeof OneSchema>;\n";
    expect(await reported('libs/contracts/src/entities.ts', source)).not.toContain('jsdoc/require-jsdoc');
  });

  it('refuse an import cycle', async () => {
    const source = "import { bootProblems } from './boot-checks.ts';\nexport const durableName = bootProblems;\n";
    expect(await reported('libs/messaging/src/delivery/handler-spec.ts', source)).toContain('import-x/no-cycle');
  });

  it.each([
    ['an agent that imports contracts and the kit', AGENT, "export { On } from '@troupe/agent-kit';\nexport { EmailReceived } from '@troupe/contracts';\n"],
    ['a service that imports the platform', SERVICE, "export { On } from '@troupe/messaging';\n"],
    ['a test that imports the test kit', 'services/memory/src/new.spec.ts', "import { eventually } from '@troupe/testkit';\nvoid eventually;\n"],
  ])('let %s pass', async (_name, path, source) => {
    expect(await reported(path, source)).toEqual([]);
  });

  it('know errors only, no warnings', async () => {
    const config = (await eslint.calculateConfigForFile(join(ROOT, SERVICE))) as { rules: Record<string, [severity: number]> };
    const warnings = Object.entries(config.rules).filter(([, [severity]]) => severity === 1);
    expect(warnings).toEqual([]);
  });
});
