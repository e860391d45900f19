import { freePort } from '@troupe/backing-services';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Idle {
  readonly readyMs: number;
  readonly rssMb: number;
  readonly natsRssMb: number;
}

const MAIN = join(import.meta.dirname, '..', '..', '..', '..', 'deploy', 'local', 'dist', 'main.js');
const SETTLE_MS = 10_000;

/** What `npm start` runs, after the build: time until it says it is ready, and its memory after ten idle seconds. */
export async function measureIdle(home: string): Promise<Idle> {
  const [http, smtp] = [await freePort(), await freePort()];
  const beganMs = performance.now();
  const child = spawn(process.execPath, [MAIN], {
    env: { ...process.env, TROUPE_HOME: home, TROUPE_HTTP_PORT: String(http), TROUPE_SMTP_PORT: String(smtp), TROUPE_LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await said(child.stdout, 'Troupe is ready');
  const readyMs = performance.now() - beganMs;
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  const rssMb = rssOf(child.pid ?? 0);
  const natsRssMb = rssOf(Number(readFileSync(join(home, 'nats', 'nats.pid'), 'utf8')));
  child.kill('SIGTERM');
  await once(child, 'exit');
  return { readyMs, rssMb, natsRssMb };
}

async function said(stream: NodeJS.ReadableStream, words: string): Promise<void> {
  let text = '';
  for await (const chunk of stream) {
    text += String(chunk);
    if (text.includes(words)) return;
  }
  throw new Error(`npm start ended without saying "${words}": run it by itself to see why.`);
}

/** Resident set size in megabytes, from Linux's /proc. */
function rssOf(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1_024;
}
