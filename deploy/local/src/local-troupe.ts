import { provideNats } from '@troupe/backing-services';
import type { Log, ProvidedNats } from '@troupe/backing-services';
import { startSolo } from '@troupe/solo';
import { lockHome } from './home-lock.ts';
import type { LocalSettings } from './settings.ts';

/** A Troupe that runs in this process, with the nats-server it uses. */
export interface LocalTroupe {
  readonly httpUrl: string;
  readonly smtpPort: number;
  /** Services first, so that they drain into a broker that still answers; then the broker; then the lock on the home. */
  stop(): Promise<void>;
}

/** Starts everything on `home`. What was started before a failure is stopped again. */
export async function startLocalTroupe({ home }: LocalSettings, env: NodeJS.ProcessEnv, log: Log): Promise<LocalTroupe> {
  const undo: Array<() => Promise<void>> = [];
  const stop = async (): Promise<void> => {
    for (let step = undo.pop(); step !== undefined; step = undo.pop()) await step();
  };
  try {
    undo.push((await lockHome(home)).release);
    const nats = await provideNats({ home, log });
    undo.push(nats.stop);
    log(describeNats(nats));
    const solo = await startSolo({ home, natsUrl: nats.url, env });
    undo.push(() => solo.stop());
    return { httpUrl: solo.httpUrl, smtpPort: solo.smtpPort, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function describeNats({ url, how }: ProvidedNats): string {
  return how === 'url' ? `NATS: ${url} (NATS_URL)` : `NATS: started at ${url} (binary from ${how})`;
}
