import { runCommand } from './run-command.ts';

/** From this version on, nats-server knows `sync_interval`; an older one refuses to start with it. */
const KNOWS_SYNC_INTERVAL = [2, 10] as const;

/** Whether the server can be told to flush to the disk before it acknowledges. Throws an Error when it does not say its version. */
export async function canFlushAlways(binary: string): Promise<boolean> {
  const { stdout } = await runCommand(binary, ['--version']);
  const [, major, minor] = /v(\d+)\.(\d+)\./.exec(stdout) ?? [];
  if (major === undefined) throw new Error(`${binary} --version says "${stdout.trim()}", which names no version of nats-server`);
  const [wantedMajor, wantedMinor] = KNOWS_SYNC_INTERVAL;
  return Number(major) > wantedMajor || (Number(major) === wantedMajor && Number(minor) >= wantedMinor);
}
