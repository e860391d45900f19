import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockHome } from './home-lock.ts';

describe('lockHome', () => {
  let home: string;

  beforeEach(async () => (home = await mkdtemp(join(tmpdir(), 'troupe-home-'))));
  afterEach(() => rm(home, { recursive: true }));

  it('refuses a second holder, naming the pid and the fix', async () => {
    const lock = await lockHome(home);
    await expect(lockHome(home)).rejects.toThrow(
      `Troupe already runs on ${home} as process ${process.pid}: stop it (kill ${process.pid}), or set TROUPE_HOME to another folder.`,
    );
    await lock.release();
    await (await lockHome(home)).release();
  });

  it('takes over from a process that died', async () => {
    await writeFile(join(home, 'troupe.pid'), '999999999\nnode\nstart.mjs');
    await lockHome(home);
    expect(await readFile(join(home, 'troupe.pid'), 'utf8')).toMatch(new RegExp(`^${process.pid}\n`));
  });

  it('is not deceived when the pid of a dead holder was given to another program', async () => {
    await writeFile(join(home, 'troupe.pid'), `${process.ppid}\nnode\nstart.mjs`);
    await expect(lockHome(home)).resolves.toBeDefined();
  });
});
