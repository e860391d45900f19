import { mkdir, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { cachedExecutable } from './package-cache.ts';
import { runCommand } from './run-command.ts';

/**
 * Takes one executable out of a Debian package into `folder`, without root and without installing anything, and answers
 * its path. One that is already there is used as it is; several processes may call this at once.
 */
export function unpackFromDebian(packageName: string, pathInPackage: string, folder: string): Promise<string> {
  return cachedExecutable(join(folder, basename(pathInPackage)), async (scratch) => {
    await downloadPackage(packageName, scratch);
    const archive = (await readdir(scratch)).find((file) => file.endsWith('.deb'));
    if (archive === undefined) throw new Error(`apt-get download ${packageName} left no .deb file`);
    await runCommand('dpkg-deb', ['-x', archive, '.'], scratch);
    return join(scratch, pathInPackage);
  });
}

/** Downloads with the machine's package lists, else with lists of our own: `apt-get update` on the machine's needs root. */
async function downloadPackage(packageName: string, scratch: string): Promise<void> {
  const download = (options: readonly string[]): Promise<unknown> =>
    runCommand('apt-get', [...options, 'download', packageName], scratch);
  try {
    await download(SANDBOX_OFF);
  } catch {
    const ownLists = [...SANDBOX_OFF, ...(await privateLists(join(scratch, 'apt')))];
    await runCommand('apt-get', [...ownLists, 'update'], scratch);
    await download(ownLists);
  }
}

/** apt would drop to its own user, who may not write into our cache. */
const SANDBOX_OFF = process.getuid?.() === 0 ? ['-o', 'APT::Sandbox::User=root'] : [];

async function privateLists(folder: string): Promise<string[]> {
  const lists = join(folder, 'lists');
  const cache = join(folder, 'cache');
  await mkdir(join(lists, 'partial'), { recursive: true });
  await mkdir(join(cache, 'archives', 'partial'), { recursive: true });
  return ['-o', `Dir::State::Lists=${lists}`, '-o', `Dir::Cache=${cache}`];
}
