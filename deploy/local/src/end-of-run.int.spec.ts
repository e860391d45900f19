import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { signal } from '@troupe/backing-services';

/** The built module: the test runs it in a process of its own. */
const MODULE = new URL('../dist/end-of-run.js', import.meta.url).href;
const SCRIPT = `const { endOfRun } = await import(${JSON.stringify(MODULE)});
  const end = endOfRun(process.env);
  setTimeout(() => console.log('up ' + process.pid), 200);
  setInterval(() => {}, 1000); console.log('end: ' + await end); process.exit(0);`;

/** Runs the script below a shell, as npm does, and answers the shell and the script's pid. */
async function startBelowShell(env: NodeJS.ProcessEnv): Promise<{ shell: ChildProcess; pid: number; output: () => string }> {
  const command = `'${process.execPath}' --input-type=module -e "$SCRIPT"; true`;
  const shell = spawn('/bin/sh', ['-c', command], { env: { ...env, SCRIPT }, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  shell.stdout?.on('data', (text: Buffer) => (output += text.toString()));
  while (!output.includes('\n')) await once(shell.stdout as NodeJS.ReadableStream, 'data');
  return { shell, pid: Number(/up (\d+)/.exec(output)?.[1]), output: () => output };
}

describe('endOfRun', () => {
  const pids: number[] = [];

  afterEach(() => pids.splice(0).forEach((pid) => signal(pid, 'SIGKILL')));

  const started = async (event: string | undefined): ReturnType<typeof startBelowShell> => {
    const env = { ...process.env };
    delete env['npm_lifecycle_event'];
    const running = await startBelowShell(event === undefined ? env : { ...env, npm_lifecycle_event: event });
    pids.push(running.pid);
    return running;
  };

  it('notices that the shell between npm and us is gone', async () => {
    const { shell, output } = await started('start');
    shell.kill('SIGKILL');
    await once(shell.stdout as NodeJS.ReadableStream, 'close');
    expect(output()).toContain(`end: process ${shell.pid}, which started this one, is gone`);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('ends on %s', async (name) => {
    const { shell, pid, output } = await started('start');
    process.kill(pid, name);
    await once(shell.stdout as NodeJS.ReadableStream, 'close');
    expect(output()).toContain(`end: ${name}`);
  });

  it('outlives a shell when npm has nothing to do with it', async () => {
    const { shell, pid, output } = await started(undefined);
    shell.kill('SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 800));
    expect(output()).not.toContain('end:');
    process.kill(pid, 'SIGTERM');
    await once(shell.stdout as NodeJS.ReadableStream, 'close');
  });
});
