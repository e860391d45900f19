import { cacheFolder, unpackFromDebian } from './debian-package.ts';
import { findOnPath, isExecutable } from './executables.ts';

/** Which of the places had the binary: `NATS_SERVER_BIN`, the PATH, or Debian's package. */
export type NatsBinaryOrigin = 'env' | 'path' | 'package';

/** A nats-server that can be started, and where it was found. */
export interface NatsBinary {
  readonly binary: string;
  readonly how: NatsBinaryOrigin;
}

/** A line for a person about something that takes a while. */
export type Log = (line: string) => void;

const HOW_TO_GET_ONE =
  'install it (Debian: apt-get install nats-server; elsewhere: https://nats.io/download), ' +
  'or set NATS_SERVER_BIN to the binary, or NATS_URL to a server that runs';

/**
 * Finds a nats-server: `NATS_SERVER_BIN`, then the PATH, then Debian's package, which is downloaded
 * and unpacked into the user's cache (no root, nothing installed) and found there the next time.
 * Throws an Error that says how to get one when all three fail.
 */
export async function locateNatsServer({ log = () => {} }: { log?: Log | undefined } = {}): Promise<NatsBinary> {
  const named = process.env['NATS_SERVER_BIN'];
  if (named) return { binary: requireExecutable(named), how: 'env' };
  const onPath = findOnPath('nats-server');
  if (onPath !== undefined) return { binary: onPath, how: 'path' };
  return { binary: await unpackNatsServer(log), how: 'package' };
}

function requireExecutable(path: string): string {
  if (isExecutable(path)) return path;
  throw new Error(`NATS_SERVER_BIN names ${path}, which cannot be executed: correct it, or unset it to search elsewhere`);
}

async function unpackNatsServer(log: Log): Promise<string> {
  const folder = cacheFolder('nats-server');
  try {
    log(`nats-server is not on the PATH: taking it from Debian's package, or from ${folder}`);
    return await unpackFromDebian('nats-server', 'usr/sbin/nats-server', folder);
  } catch (cause) {
    throw new Error(`There is no nats-server on this machine: ${HOW_TO_GET_ONE}.`, { cause });
  }
}
