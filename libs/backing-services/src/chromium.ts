import { findOnPath, isExecutable } from './executables.ts';
import type { Log } from './fetch-nats.ts';
import { runCommand } from './run-command.ts';

/** A browser to test with, or the reason why there is none. */
export type ChromiumSearch = { readonly binary: string } | { readonly binary: undefined; readonly reason: string };

/** Looks for Chromium: `CHROMIUM_BIN`, then the PATH. Installs nothing. */
export function findChromium(): ChromiumSearch {
  const named = process.env['CHROMIUM_BIN'];
  if (named) {
    return isExecutable(named) ? { binary: named } : { binary: undefined, reason: `CHROMIUM_BIN names ${named}, which cannot be executed` };
  }
  const binary = findOnPath('chromium', 'chromium-browser', 'google-chrome');
  return binary ? { binary } : { binary: undefined, reason: 'no chromium on the PATH; install it (Debian: apt-get install chromium) or set CHROMIUM_BIN' };
}

/** Like `findChromium`, and installs Debian's package when there is none and we are root. */
export async function provideChromium({ log = () => {} }: { log?: Log | undefined } = {}): Promise<ChromiumSearch> {
  const found = findChromium();
  if (found.binary !== undefined || process.getuid?.() !== 0) return found;
  log('installing chromium from Debian');
  try {
    await runCommand('apt-get', ['update']);
    await runCommand('apt-get', ['install', '--yes', '--no-install-recommends', 'chromium']);
    return findChromium();
  } catch (error) {
    return { binary: undefined, reason: `chromium could not be installed: ${String(error)}` };
  }
}
