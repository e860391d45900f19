import { spawn } from 'node:child_process';
import { endOfRun } from './end-of-run.ts';
import { supervise } from './supervise.ts';
import type { ChildEnd, SupervisedChild } from './supervise.ts';

const MAIN = new URL('./main.js', import.meta.url).pathname;

/** Everything that runs is in the child: what takes it down, even V8 itself, does not take us down. */
function startMain(): SupervisedChild {
  const child = spawn(process.execPath, [...process.execArgv, MAIN, ...process.argv.slice(2)], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  let ready = false;
  child.on('message', (message) => (ready ||= message === 'ready'));
  const ended = new Promise<ChildEnd>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  // Not the signal that we got: after Ctrl-C the terminal has sent it SIGINT already, and a second one would end it at once.
  return { pid: child.pid ?? 0, isReady: () => ready, stop: () => void child.kill('SIGTERM'), ended };
}

process.exit(await supervise({ start: startMain, end: endOfRun(process.env), log: (line) => console.error(line) }));
