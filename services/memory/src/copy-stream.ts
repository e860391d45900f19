import type { EpisodicLog, StoredEpisode } from '@troupe/episodic-log';
import type { EventTail } from '@troupe/messaging';

/** Episodes written at once: most of the speed of a transaction, little of the memory. */
const BATCH = 200;

export interface CopyRequest {
  /** The stream sequence that the log has come to; 0 copies the whole stream. */
  readonly afterSequence: number;
  /** The stream sequence to come to. One beyond the end of the stream is taken as its end. */
  readonly throughSequence: number;
  readonly signal: AbortSignal;
  /** Told how far everything is recorded, after each batch that joined on to the one before. */
  readonly onProgress?: (sequence: number) => void;
}

/**
 * Records a stretch of the stream and answers how many events were in it. What is no event is passed over and counts as
 * recorded, which is how the log gets beyond it. Safe to run beside other recorders of the same log. Rejects when log or
 * broker fail or the signal aborts; the log then stands wherever it had come to.
 */
export async function copyStream(
  tail: Pick<EventTail, 'read' | 'lastSequence'>,
  log: Pick<EpisodicLog, 'record'>,
  { afterSequence, throughSequence, signal, onProgress }: CopyRequest,
): Promise<number> {
  signal.throwIfAborted();
  const through = Math.min(throughSequence, await tail.lastSequence());
  if (afterSequence >= through) return 0;
  let after = afterSequence;
  let batch: StoredEpisode[] = [];
  let copied = 0;
  const flush = async (sequence: number): Promise<void> => {
    const reached = await log.record({ after, through: sequence, episodes: batch });
    copied += batch.length;
    after = sequence;
    batch = [];
    if (reached >= sequence) onProgress?.(sequence);
  };
  await tail.read({
    fromSequence: after + 1,
    throughSequence: through,
    everything: true,
    signal,
    onEvent: async (event, { sequence, text }: { sequence: number; text?: string }) => {
      batch.push({ sequence, event, ...(text !== undefined && { text }) });
      if (batch.length >= BATCH) await flush(sequence);
    },
  });
  await flush(through);
  return copied;
}
