import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { freePort } from './free-port.ts';
import { locateNatsServer } from './nats-binary.ts';
import type { Log, NatsBinaryOrigin } from './fetch-nats.ts';
import { serverNamePrefix, spawnNats } from './nats-child.ts';
import type { NatsChild } from './nats-child.ts';
import { natsConfigText, natsFiles } from './nats-config.ts';
import type { SyncInterval } from './nats-config.ts';
import { knowsSyncInterval } from './nats-version.ts';
import { endProcess, findProcess } from './process-table.ts';
import type { RunningProcess } from './process-table.ts';

const LEFTOVER_PATIENCE_MS = 5_000;
const PORT_ATTEMPTS = 3;

/** How to start a server. Only `folder` must be given. */
export interface NatsOptions {
  /** Holds the configuration, the log, the pid file and JetStream's store; made when missing. */
  readonly folder: string;
  /** The executable; found by `locateNatsServer` when not given. */
  readonly binary?: string | undefined;
  /** 0 or nothing: a free one. */
  readonly port?: number | undefined;
  /** A server before 2.10 knows no such setting; it starts all the same, and `log` hears about it. */
  readonly syncInterval?: SyncInterval | undefined;
  /** The JetStream domain it is to be; none when not given. */
  readonly domain?: string | undefined;
  /** Appended to nats.conf as it is, for example an `authorization {}` block; the file is readable by its owner alone. */
  readonly extraConfig?: string | undefined;
  readonly log?: Log | undefined;
  /** Called when the process ends although nobody asked for it. */
  readonly onCrash?: (() => void) | undefined;
}

/** A nats-server that this process started. */
export class NatsServer {
  #child: NatsChild;
  #wanted = true;

  private constructor(
    private readonly binary: string,
    private readonly options: NatsOptions,
    /** Where the executable came from; `given` when the caller named it. */
    readonly how: NatsBinaryOrigin | 'given',
    readonly port: number,
    child: NatsChild,
  ) {
    this.#child = this.#watch(child);
  }

  /** See `startNats`. */
  static async start(options: NatsOptions): Promise<NatsServer> {
    const folder = resolve(options.folder);
    const { binary, how } = options.binary ? { binary: options.binary, how: 'given' as const } : await locateNatsServer(options);
    await mkdir(folder, { recursive: true });
    await endLeftover(folder, options.log);
    const { port, child } = await spawnOnPort(binary, { ...options, folder });
    return new NatsServer(binary, { ...options, folder }, how, port, child);
  }

  get url(): string {
    return `nats://127.0.0.1:${this.port}`;
  }

  /** Changes with every restart. */
  get pid(): number {
    return this.#child.pid;
  }

  /** Asks it to end and waits; everything acknowledged is on disk afterwards. A second call does nothing. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  /** Ends it with SIGKILL, as a crash would, and waits until it is gone. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Starts it again on the same folder and port; stops it first when it still runs. */
  async restart(): Promise<void> {
    await this.stop();
    this.#child = this.#watch(await spawnNats(this.binary, this.options.folder, this.port));
    this.#wanted = true;
  }

  async #end(name: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    this.#wanted = false;
    await this.#child.end(name);
    await rm(natsFiles(this.options.folder).pid, { force: true });
  }

  #watch(child: NatsChild): NatsChild {
    void child.ended.then(() => {
      if (this.#wanted && child === this.#child) this.options.onCrash?.();
    });
    return child;
  }
}

/**
 * Starts a nats-server with JetStream on 127.0.0.1 and returns when it answers. Works with 2.9 and later.
 * A server that an earlier, dead process left running on the same folder is ended first.
 * Throws an Error when a living process uses the folder, when no binary is found, or when it does not come up.
 */
export function startNats(options: NatsOptions): Promise<NatsServer> {
  return NatsServer.start(options);
}

/** A free port may be taken before the server listens on it; a port that the caller asked for gets one attempt. */
async function spawnOnPort(binary: string, options: NatsOptions): Promise<{ port: number; child: NatsChild }> {
  const { folder, domain, extraConfig } = options;
  const syncInterval = await possibleSyncInterval(binary, options);
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port || (await freePort());
    await writeFile(natsFiles(folder).config, natsConfigText({ folder, port, syncInterval, domain, extraConfig }), { mode: 0o600 });
    try {
      return { port, child: await spawnNats(binary, folder, port) };
    } catch (error) {
      if (options.port || attempt === PORT_ATTEMPTS || !String(error).includes('address already in use')) throw error;
    }
  }
}

async function possibleSyncInterval(binary: string, { syncInterval, log = () => {} }: NatsOptions): Promise<SyncInterval | undefined> {
  if (syncInterval === undefined || (await knowsSyncInterval(binary))) return syncInterval;
  log(`${binary} is older than 2.10 and flushes every two minutes: a power cut may lose what it acknowledged since.`);
  return undefined;
}

async function endLeftover(folder: string, log: Log = () => {}): Promise<void> {
  const files = natsFiles(folder);
  const pid = Number(await readFile(files.pid, 'utf8').catch(() => ''));
  const found = pid > 0 ? await findProcess(pid) : undefined;
  if (found === undefined || !found.args.includes(files.config)) return;
  if (runsForItsParent(found)) {
    throw new Error(
      `${folder} is in use: process ${found.parentPid} runs nats-server ${pid} on it. Stop that process, or choose another folder (TROUPE_HOME).`,
    );
  }
  log(`ending nats-server ${pid}, left behind on ${folder} by a process that died`);
  await endProcess(pid, LEFTOVER_PATIENCE_MS);
}

/** The kernel gives an orphan another parent, so a server whose parent is the process it is named after is in use. */
function runsForItsParent({ parentPid, args }: RunningProcess): boolean {
  return args.some((arg) => arg.startsWith(serverNamePrefix(parentPid)));
}
