import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outOfDate, writeFiles } from './generated-file.ts';

const files = [
  { path: 'docs/one.md', text: 'one\n' },
  { path: 'two.conf', text: 'two\n' },
];

describe('generated files', () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'troupe-generated-'));
  });
  afterEach(() => rm(root, { recursive: true }));

  it('are up to date once written', async () => {
    await writeFiles(root, files);
    expect(await outOfDate(root, files)).toEqual([]);
  });

  it('are named when somebody changed them, or when they are missing', async () => {
    await writeFiles(root, files.slice(0, 1));
    await writeFile(join(root, 'docs/one.md'), 'edited by hand\n');
    expect(await outOfDate(root, files)).toEqual(['docs/one.md', 'two.conf']);
  });
});
