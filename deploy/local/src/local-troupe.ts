import type { Log } from '@troupe/backing-services';
import { startSolo } from '@troupe/solo';
import type { Solo } from '@troupe/solo';
import { lockHome } from './home-lock.ts';
import { startLocalBroker } from './local-broker.ts';
import type { LocalSettings } from './settings.ts';

/** What runs in this process on one home folder. */
export interface LocalTroupe {
  readonly natsUrl: string;
  /** Absent when only the broker was asked for. */
  readonly solo?: Pick<Solo, 'httpUrl' | 'smtpPort'>;
  /** Services first, so that they drain into a broker that still answers; then the broker; then the lock on the home. */
  stop(): Promise<void>;
}

/** Starts the broker and, unless `brokerOnly`, every service on `home`. What was started before a failure is stopped again. */
export async function startLocalTroupe(
  { home }: LocalSettings,
  { brokerOnly, env, log }: { brokerOnly: boolean; env: NodeJS.ProcessEnv; log: Log },
): Promise<LocalTroupe> {
  const undo: Array<() => Promise<void>> = [];
  const stop = async (): Promise<void> => {
    for (let step = undo.pop(); step !== undefined; step = undo.pop()) await step();
  };
  try {
    const lock = await lockHome(home);
    undo.push(() => lock.release());
    const broker = await startLocalBroker(home, env, log);
    undo.push(() => broker.stop());
    if (brokerOnly) return { natsUrl: broker.natsUrl, stop };
    const solo = await startSolo({ home, natsUrl: broker.natsUrl, natsCredentials: broker.credentials, env });
    undo.push(() => solo.stop());
    return { natsUrl: broker.natsUrl, solo, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
