import { join } from 'node:path';
import { EmbeddedEpisodicLog, openMongoEpisodicLog, type EpisodicLog } from '@troupe/episodic-log';
import type { TroupeConfig } from '@troupe/service-host';

/** Injects the episodic log: `@Inject(EPISODIC_LOG) log: EpisodicLog`. */
export const EPISODIC_LOG = Symbol('troupe.memory.episodic-log');

/** MongoDB where its address is configured, else a file in the home folder. */
export async function openEpisodicLog({ mongodbUrl, home }: Pick<TroupeConfig, 'mongodbUrl' | 'home'>): Promise<EpisodicLog> {
  if (mongodbUrl !== undefined) return openMongoEpisodicLog({ url: mongodbUrl });
  return EmbeddedEpisodicLog.open(join(home, 'episodes.db'));
}
