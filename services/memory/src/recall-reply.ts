import type { Episode, Failure, RecallEpisodes, ReplyOf } from '@troupe/contracts';

/** Fits into one message of a broker with default settings (1 MiB), with room for the envelope of the reply. */
const MAX_REPLY_BYTES = 768 * 1_024;

/**
 * The newest episodes that fit into one reply, and whether there may be older ones. At least one is always in it: it
 * came as one message itself.
 */
export function foundReply(episodes: readonly Episode[], limit: number): ReplyOf<typeof RecallEpisodes> {
  const fitting = fittingCount(episodes);
  return { kind: 'found', episodes: episodes.slice(0, fitting), more: fitting < episodes.length || episodes.length === limit };
}

function fittingCount(episodes: readonly Episode[]): number {
  let bytes = 0;
  const tooMuch = episodes.findIndex((episode) => (bytes += Buffer.byteLength(JSON.stringify(episode))) > MAX_REPLY_BYTES);
  return tooMuch < 0 ? episodes.length : Math.max(tooMuch, 1);
}

/** The log has not come to the sequence that the asker has already seen. */
export function notCaughtUp(asOf: number): Failure {
  return {
    code: 'not_caught_up',
    retryable: true,
    message: `Memory has not recorded everything up to sequence ${asOf} yet.`,
    hint: 'Ask again in a moment. If it stays like this, see the log of the memory service.',
  };
}
