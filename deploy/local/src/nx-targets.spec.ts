import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { projectFolders, root } from '../bootstrap.mjs';

interface NxProject {
  readonly targets?: Readonly<Record<string, { readonly inputs?: readonly string[] }>>;
  readonly includedScripts?: readonly string[];
}
interface Manifest {
  readonly scripts?: Readonly<Record<string, string>>;
  readonly nx?: NxProject;
}

const json = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T;
const projects = projectFolders().map((folder): [string, string, Manifest] => [relative(root, folder), folder, json<Manifest>(join(folder, 'package.json'))]);
const { targetDefaults } = json<{ targetDefaults: Record<string, { inputs?: string[]; cache?: boolean }> }>(join(root, 'nx.json'));

describe.each(projects)('%s', (_name, folder, { nx, scripts }) => {
  it('has build, lint and test', () => {
    expect(Object.keys(nx?.targets ?? {})).toEqual(expect.arrayContaining(['build', 'lint', 'test']));
  });

  it('can be served when it has a main of its own, and only then', () => {
    const runs = existsSync(join(folder, 'src/main.ts')) && relative(root, folder).startsWith('services/');
    expect('serve' in (nx?.targets ?? {})).toBe(runs);
  });

  it('keeps the sources of what it depends on among the inputs of every target', () => {
    for (const { inputs } of Object.values(nx?.targets ?? {})) {
      if (inputs !== undefined) expect(inputs).toEqual(expect.arrayContaining(['default', '^default']));
    }
  });

  it('makes no targets of its scripts, which Nx would run uncached', () => {
    expect(scripts === undefined || nx?.includedScripts?.length === 0).toBe(true);
  });
});

it.each(['build', 'lint', 'test'])('%s is cached by the sources of the project and of what it depends on', (target) => {
  expect(targetDefaults[target]?.cache).toBe(true);
  expect(targetDefaults[target]?.inputs).toEqual(expect.arrayContaining(['default', '^default']));
});
