import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPolicyFiles, SCHEMA_FILE } from './policy-files.ts';

const permit = (id: string) => `@id("${id}") @reason("because") permit (principal, action, resource);\n`;

describe('a folder of policies', () => {
  let folder: string;
  const put = (file: string, text: string) => writeFileSync(join(folder, file), text);
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'troupe-policies-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is read whole, each policy with its file and its reason', () => {
    put(SCHEMA_FILE, 'entity Agent;');
    put('b.cedar', permit('second'));
    put('a.cedar', `${permit('first')}${permit('third')}`);
    put('notes.md', 'not a policy');
    const { policies, schema } = readPolicyFiles(folder);
    expect(schema).toBe('entity Agent;');
    expect(policies.map(({ id, file, reason }) => [id, file, reason])).toEqual([
      ['first', 'a.cedar', 'because'], ['third', 'a.cedar', 'because'], ['second', 'b.cedar', 'because'],
    ]);
  });

  it('without a policy, without a schema, or with an id used twice is refused', () => {
    expect(() => readPolicyFiles(folder)).toThrow(/has no \*\.cedar file/);
    put('a.cedar', permit('same'));
    expect(() => readPolicyFiles(folder)).toThrow(/troupe\.cedarschema cannot be read/);
    put(SCHEMA_FILE, '');
    put('b.cedar', permit('same'));
    expect(() => readPolicyFiles(folder)).toThrow(/@id\("same"\) is used twice, in a\.cedar and b\.cedar/);
  });
});
