import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { isExecutable } from './executables.ts';

/** Where binaries taken out of packages are kept between runs: `$XDG_CACHE_HOME/troupe/<name>`. */
export function cacheFolder(name: string): string {
  return join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'troupe', name);
}

/**
 * Answers `target`, an executable: as it is when it is there, else what `unpack` leaves at the path it answers, below a
 * scratch folder that is removed afterwards. Several processes may call this at once: each unpacks for itself, and the
 * file appears whole, by a rename. Throws what `unpack` throws, and leaves nothing behind then.
 */
export async function cachedExecutable(target: string, unpack: (scratch: string) => Promise<string>): Promise<string> {
  if (isExecutable(target)) return target;
  const folder = dirname(target);
  await mkdir(folder, { recursive: true });
  const scratch = await mkdtemp(join(folder, 'unpack-'));
  try {
    await rename(await unpack(scratch), target);
    return target;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
