export { describeEpisodicLog, type LogPlace } from './episodic-log.contract.ts';
export { episodeAt, episodesFrom, recordAll, stretchOf } from './episode-samples.ts';
