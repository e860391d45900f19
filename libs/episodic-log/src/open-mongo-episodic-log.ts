import type { EpisodicLog } from './episodic-log.ts';
import type { MongoOptions } from './mongo-episodic-log.adapter.ts';
import { ReopenedLog } from './reopened-log.ts';

/** Opens the log in MongoDB. The driver is loaded only now: most installations run without it. */
export async function openMongoEpisodicLog(options: MongoOptions): Promise<EpisodicLog> {
  const { isServerLost, MongoEpisodicLog } = await import('./mongo-episodic-log.adapter.ts');
  return ReopenedLog.over(() => MongoEpisodicLog.open(options), isServerLost);
}
