import { startSolo } from '@troupe/solo';
import type { Running, Surroundings } from './surroundings.ts';

/** All services in this process, each with its own user on the broker. */
export async function startInOneProcess({ home, natsUrl, credentials, env, deliverTwice }: Surroundings): Promise<Running> {
  const solo = await startSolo({ home, natsUrl, natsCredentials: credentials, env, deliverTwice });
  return { inboxUrl: solo.httpUrl, gatewayUrl: solo.httpUrl, stop: () => solo.stop() };
}
