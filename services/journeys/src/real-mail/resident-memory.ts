import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** The resident set of a process in MB (RSS), as the kernel counts it. */
export async function residentMb(pid: number): Promise<number> {
  const kb = process.platform === 'linux' ? await fromProc(pid) : await fromPs(pid);
  return Math.round(kb / 1024);
}

async function fromProc(pid: number): Promise<number> {
  return Number(/^VmRSS:\s*(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

async function fromPs(pid: number): Promise<number> {
  return Number((await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)])).stdout);
}
