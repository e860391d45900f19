import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { findProcess, signal } from '@troupe/backing-services';
import { eventually } from '@troupe/testkit';

jest.setTimeout(60_000);

const MAIN = new URL('../dist/supervised-main.js', import.meta.url).pathname;

/** `npm start -- --broker-only` as it runs after the build: a supervisor, its child, and the child's nats-server. */
describe('npm start, supervised', () => {
  let home: string;
  let supervisor: ChildProcess;
  let output: string;
  /** The supervisor and its child are gone: both hold the pipes. */
  let closed: Promise<unknown>;

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'troupe-supervised-'));
    const env: NodeJS.ProcessEnv = { ...process.env, TROUPE_HOME: home };
    for (const name of ['NATS_URL', 'npm_lifecycle_event', 'NODE_OPTIONS']) delete env[name];
    output = '';
    supervisor = spawn(process.execPath, [MAIN, '--broker-only'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    closed = once(supervisor, 'close');
    for (const stream of [supervisor.stdout, supervisor.stderr]) stream?.on('data', (text: Buffer) => (output += text.toString()));
    await ready(1);
  });
  afterEach(async () => {
    supervisor.kill('SIGKILL');
    await closed;
    await rm(home, { recursive: true });
  });

  const ready = (times: number) => eventually(async () => expect(output.match(/is ready/g)).toHaveLength(times), { timeoutMs: 45_000 });
  const lockedBy = () => readFile(join(home, 'troupe.pid'), 'utf8');
  const childPid = async (): Promise<number> => Number((await lockedBy()).split('\n')[0]);
  const gone = (pid: number) => eventually(async () => expect(pid > 0 ? await findProcess(pid) : undefined).toBeUndefined(), { timeoutMs: 45_000 });

  it('is there again after SIGKILL, and says so', async () => {
    const first = await childPid();
    signal(first, 'SIGKILL');
    await ready(2);
    expect(await childPid()).not.toBe(first);
    expect(output).toContain(`Troupe (process ${first}) died: ended by SIGKILL. Starting it again in 1 s`);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('stops all of it on %s, with exit code 0', async (name) => {
    const child = await childPid();
    supervisor.kill(name);
    await once(supervisor, 'exit');
    expect(supervisor.exitCode).toBe(0);
    expect(await findProcess(child)).toBeUndefined();
    expect(output).not.toContain('died');
  });

  it('stops all of it when Ctrl-C reaches the child too, or the child alone', async () => {
    signal(await childPid(), 'SIGINT');
    supervisor.kill('SIGINT');
    await once(supervisor, 'exit');
    expect([supervisor.exitCode, output.includes('died')]).toEqual([0, false]);
  });

  it('takes the child along when the supervisor itself is killed', async () => {
    const child = await childPid();
    supervisor.kill('SIGKILL');
    await gone(child);
  });

  it('does not start again what cannot start', async () => {
    const second = spawn(process.execPath, [MAIN, '--broker-only'], { env: { ...process.env, NODE_OPTIONS: '', TROUPE_HOME: home }, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    second.stderr?.on('data', (text: Buffer) => (said += text.toString()));
    await once(second, 'close');
    expect(second.exitCode).toBe(1);
    expect(said).toMatch(/^Troupe already runs on /);
    expect(said.trim().split('\n')).toHaveLength(1);
  });
});
