import { findProcess } from '@troupe/backing-services';

const LOOK_EVERY_MS = 300;

/**
 * Settles with the reason when this process has been told to stop: SIGINT, SIGTERM, or who started us (npm, or our supervisor)
 * is gone.
 * npm runs scripts through a shell which, when signalled alone, may die without telling us.
 */
export async function endOfRun(env: NodeJS.ProcessEnv): Promise<string> {
  const signalled = (['SIGINT', 'SIGTERM'] as const).map(
    (name) => new Promise<string>((resolve) => process.once(name, () => resolve(name))),
  );
  return Promise.race([...signalled, ...supervisorGone(), ...(await startedBy(env)).map(disappearanceOf)]);
}

/** Where `npm start` supervises this process, over a channel that closes with it. */
function supervisorGone(): Promise<string>[] {
  if (process.channel === undefined) return [];
  return [new Promise((resolve) => process.once('disconnect', () => resolve('the process that supervises this one is gone')))];
}

/** npm, and its shell if it is still there; nobody when npm has not started us, so that `nohup node start.mjs &` lives on. */
async function startedBy(env: NodeJS.ProcessEnv): Promise<number[]> {
  if (env['npm_lifecycle_event'] === undefined) return [];
  const parent = await findProcess(process.ppid);
  const isShell = parent?.args[1] === '-c';
  return isShell ? [process.ppid, parent.parentPid] : [process.ppid];
}

function disappearanceOf(pid: number): Promise<string> {
  return new Promise((resolve) => {
    const look = async (): Promise<void> => {
      if ((await findProcess(pid)) !== undefined) return;
      clearInterval(timer);
      resolve(`process ${pid}, which started this one, is gone`);
    };
    const timer = setInterval(() => void look(), LOOK_EVERY_MS).unref();
  });
}
