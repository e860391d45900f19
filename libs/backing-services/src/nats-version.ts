import { runCommand } from './run-command.ts';

/** An older nats-server refuses to start with `sync_interval`. */
const FIRST_WITH_SYNC_INTERVAL = [2, 10] as const;

/** Whether the server can be told when to flush to the disk. Throws an Error when it does not say its version. */
export async function knowsSyncInterval(binary: string): Promise<boolean> {
  const { stdout } = await runCommand(binary, ['--version']);
  const [, major, minor] = /v(\d+)\.(\d+)\./.exec(stdout) ?? [];
  if (major === undefined) throw new Error(`${binary} --version says "${stdout.trim()}", which names no version of nats-server`);
  const [wantedMajor, wantedMinor] = FIRST_WITH_SYNC_INTERVAL;
  return Number(major) > wantedMajor || (Number(major) === wantedMajor && Number(minor) >= wantedMinor);
}
