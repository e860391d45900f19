import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { runCommand } from './run-command.ts';

/** A running process, as far as one may look at it from outside. */
export interface RunningProcess {
  readonly parentPid: number;
  readonly args: readonly string[];
}

/** Looks a process up; undefined when it does not run (a zombie has no arguments, and counts as not running). */
export async function findProcess(pid: number): Promise<RunningProcess | undefined> {
  const found = await (process.platform === 'linux' ? readProc(pid) : askPs(pid)).catch(() => undefined);
  return found !== undefined && found.args.length > 0 ? found : undefined;
}

/** Reads /proc. `stat` has the parent's pid second after the command, which is in parentheses and may hold anything. */
async function readProc(pid: number): Promise<RunningProcess> {
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8');
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const parentPid = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  return { parentPid, args: commandLine.split('\0').filter(Boolean) };
}

async function askPs(pid: number): Promise<RunningProcess> {
  const { stdout } = await runCommand('ps', ['-o', 'ppid=,command=', '-p', String(pid)]);
  const [parentPid, ...args] = stdout.trim().split(/\s+/);
  return { parentPid: Number(parentPid), args };
}

/** Sends a signal; a process that is already gone is fine. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Asks a process that is not our child to end, insists after `patienceMs`, and returns when it is gone. */
export async function endProcess(pid: number, patienceMs: number): Promise<void> {
  signal(pid, 'SIGTERM');
  const insistAt = Date.now() + patienceMs;
  let insisted = false;
  while ((await findProcess(pid)) !== undefined) {
    if (!insisted && Date.now() > insistAt) {
      signal(pid, 'SIGKILL');
      insisted = true;
    }
    await sleep(20);
  }
}
