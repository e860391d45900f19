import type { Stretch } from '@troupe/episodic-log';
import { episodeAt } from '@troupe/episodic-log/testing';
import { copyStream } from './copy-stream.ts';

/** A stream of `count` events, each with the text it came as. */
function streamOf(count: number) {
  return {
    lastSequence: async () => count,
    read: async ({ fromSequence, throughSequence, onEvent }: Parameters<Parameters<typeof copyStream>[0]['read']>[0]): Promise<void> => {
      for (let sequence = fromSequence; sequence <= throughSequence; sequence += 1) {
        const at = { sequence, pending: count - sequence, text: `{"came":${sequence}}` };
        await onEvent(episodeAt(sequence).event, at);
      }
    },
  };
}

async function copy(reachedAfter: (stretch: Stretch) => number) {
  const stretches: Stretch[] = [];
  const progress: number[] = [];
  const log = { record: async (stretch: Stretch) => (stretches.push(stretch), reachedAfter(stretch)) };
  const request = { afterSequence: 10, throughSequence: Number.MAX_SAFE_INTEGER, signal: new AbortController().signal };
  const copied = await copyStream(streamOf(450), log, { ...request, onProgress: (sequence) => void progress.push(sequence) });
  return { stretches, progress, copied };
}

describe('copying a stretch of the stream', () => {
  it('records it in batches that join on to each other, as it came', async () => {
    const { stretches, copied } = await copy(({ through }) => through);
    expect(stretches.map(({ after, through, episodes }) => [after, through, episodes.length])).toEqual([[10, 210, 200], [210, 410, 200], [410, 450, 40]]);
    expect(stretches[0]?.episodes[0]).toEqual({ ...episodeAt(11), text: '{"came":11}' });
    expect(copied).toBe(440);
  });

  it('tells how far everything is recorded, and nothing of what did not join on', async () => {
    expect((await copy(({ through }) => through)).progress).toEqual([210, 410, 450]);
    expect((await copy(({ through }) => (through > 300 ? 0 : through))).progress).toEqual([210]);
  });
});
