import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { natsFiles } from './nats-config.ts';

const READY_WITHIN_MS = 30_000;
const ASK_EVERY_MS = 10;
const STOP_WITHIN_MS = 10_000;

/** Ends the server (first argument) when its stdin closes, which the kernel does when we die, whatever we die of. */
const WATCHDOG = 'read -r _; kill -TERM "$1"';

/** One run of the nats-server process, from its spawn to its end. */
export interface NatsChild {
  readonly pid: number;
  /** Settles when the process has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Sends the signal and waits for the end; a server that ignores SIGTERM for ten seconds is killed. */
  end(name: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

/**
 * Spawns nats-server on the configuration in `folder` and returns once it answers on `port`.
 * It runs in a process group of its own, so that Ctrl-C in a terminal reaches us alone and we can drain first;
 * a watchdog ends it should we disappear without stopping it.
 * Throws an Error with the end of the server's log when it does not come up.
 */
export async function spawnNats(binary: string, folder: string, port: number): Promise<NatsChild> {
  const name = `${serverNamePrefix(process.pid)}${randomBytes(4).toString('hex')}`;
  const child = watched(spawnLogged(binary, ['-c', natsFiles(folder).config, '--server_name', name], natsFiles(folder).log));
  try {
    await child.spawned;
    await answering(port, name, child.ended);
    return child;
  } catch (cause) {
    await child.end('SIGKILL');
    throw new Error(`nats-server (${binary}) did not start on port ${port}: ${await logTail(folder)}`, { cause });
  }
}

/** Servers are named after the process that started them: a later run can tell a server in use from one left behind. */
export function serverNamePrefix(ownerPid: number): string {
  return `troupe-${ownerPid}-`;
}

function spawnLogged(binary: string, args: readonly string[], logFile: string): ChildProcess {
  const log = openSync(logFile, 'a', 0o600);
  try {
    return spawn(binary, args, { detached: true, stdio: ['ignore', log, log] });
  } finally {
    closeSync(log);
  }
}

function watched(child: ChildProcess): NatsChild & { readonly spawned: Promise<void> } {
  const spawned = new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()));
  const watchdog = child.pid === undefined ? undefined : startWatchdog(child.pid);
  child.unref();
  void ended.then(() => watchdog?.kill('SIGKILL'));
  const end = async (name: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    child.kill(name);
    const insist = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
    child.ref();
    await ended;
    clearTimeout(insist);
  };
  return { pid: child.pid ?? 0, spawned, ended, end };
}

function startWatchdog(serverPid: number): ChildProcess {
  const watchdog = spawn('/bin/sh', ['-c', WATCHDOG, 'troupe-nats-watchdog', String(serverPid)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watchdog.on('error', () => {});
  watchdog.unref();
  return watchdog;
}

/** Returns when the server with this name greets on the port; throws when it has ended or time is up. */
async function answering(port: number, name: string, ended: Promise<void>): Promise<void> {
  let gone = false;
  void ended.then(() => (gone = true));
  const until = Date.now() + READY_WITHIN_MS;
  while (!gone && Date.now() < until) {
    if ((await greeting(port)).includes(`"${name}"`)) return;
    await sleep(ASK_EVERY_MS);
  }
  throw new Error(gone ? 'the process ended' : `no answer within ${READY_WITHIN_MS} ms`);
}

/** The INFO line that a nats-server sends to whoever connects; empty when nobody answers. */
function greeting(port: number): Promise<string> {
  return new Promise((resolve) => {
    let received = '';
    const socket = connect({ port, host: '127.0.0.1', timeout: 1_000 });
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      received += text;
      if (received.includes('\r\n')) socket.destroy();
    });
    socket.on('timeout', () => socket.destroy());
    socket.on('error', () => {});
    socket.on('close', () => resolve(received));
  });
}

async function logTail(folder: string): Promise<string> {
  const log = await readFile(natsFiles(folder).log, 'utf8').catch(() => '');
  return log.trim().split('\n').slice(-3).join(' | ') || 'it wrote no log';
}
