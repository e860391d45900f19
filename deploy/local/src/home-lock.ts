import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findProcess } from '@troupe/backing-services';

/** Says that one process uses the home folder, until `release`. */
export interface HomeLock {
  release(): Promise<void>;
}

/**
 * Takes the home folder for this process. The lock is a file with our pid and command line, so that a lock left by a
 * process that died is recognised even when its pid has been given to another one.
 * Throws an Error that names the pid and the fix while a living process holds it.
 */
export async function lockHome(home: string): Promise<HomeLock> {
  const file = join(home, 'troupe.pid');
  await mkdir(home, { recursive: true, mode: 0o700 });
  await refuseWhileHeld(file, home);
  await writeFile(file, await describeProcess(process.pid), { flag: 'wx' });
  return { release: () => rm(file, { force: true }) };
}

async function refuseWhileHeld(file: string, home: string): Promise<void> {
  const holder = await readFile(file, 'utf8').catch(() => undefined);
  if (holder === undefined) return;
  const pid = Number(holder.split('\n', 1)[0]);
  if (holder === (await describeProcess(pid))) {
    throw new Error(`Troupe already runs on ${home} as process ${pid}: stop it (kill ${pid}), or set TROUPE_HOME to another folder.`);
  }
  await rm(file, { force: true });
}

async function describeProcess(pid: number): Promise<string> {
  const found = await findProcess(pid);
  return [pid, ...(found?.args ?? [])].join('\n');
}
