export type { EpisodicLog, StoredEpisode, Stretch } from './episodic-log.ts';
export { EmbeddedEpisodicLog } from './embedded-episodic-log.adapter.ts';
export type { MongoOptions } from './mongo-episodic-log.adapter.ts';
export { openMongoEpisodicLog } from './open-mongo-episodic-log.ts';
