import { EmailReceived, type Episode, type EpisodeFilter } from '@troupe/contracts';
import { RetryableError, TerminalError } from '@troupe/messaging';
import { brokerPorts } from './broker-ports.ts';
import { aMail, happened } from './testing.ts';

/** A memory of `count` mails whose replies hold at most `perReply` of them. */
function memoryOf(count: number, perReply: number) {
  const asked: EpisodeFilter[] = [];
  const ask = async (_query: unknown, filter: EpisodeFilter) => {
    asked.push(filter);
    const below = Math.min(filter.before ?? Infinity, count + 1);
    const size = Math.max(0, Math.min(filter.limit, perReply, below - 1));
    const episodes = Array.from({ length: size }, (_, index) => episodeAt(below - 1 - index));
    return { kind: 'found', episodes, more: size === filter.limit || below - 1 > size };
  };
  return { asked, recall: brokerPorts({ ask: ask as never }, 'owner@troupe.example').recall };
}

function episodeAt(sequence: number): Episode {
  return { sequence, event: happened(EmailReceived, aMail(), { id: `evt_${sequence}` }) };
}

const sequences = (episodes: readonly Episode[]) => episodes.map(({ sequence }) => sequence);

describe('recall over the broker', () => {
  it('asks on below the last episode until it has as many as it wants', async () => {
    const { recall, asked } = memoryOf(10, 3);
    expect(sequences(await recall({ asOf: 40, limit: 7 }))).toEqual([10, 9, 8, 7, 6, 5, 4]);
    expect(asked).toEqual([{ asOf: 40, limit: 7 }, { asOf: 40, limit: 4, before: 8 }, { asOf: 40, limit: 1, before: 5 }]);
  });

  it('stops where memory ends', async () => {
    const { recall, asked } = memoryOf(4, 3);
    expect(sequences(await recall({ limit: 50 }))).toEqual([4, 3, 2, 1]);
    expect(asked).toHaveLength(2);
  });

  it('asks once when one reply holds it all, and when there is nothing', async () => {
    const { recall, asked } = memoryOf(2, 50);
    await recall({ limit: 50 });
    expect(asked).toHaveLength(1);
    expect(await memoryOf(0, 50).recall({ limit: 50 })).toEqual([]);
  });

  it.each([
    [true, RetryableError],
    [false, TerminalError],
  ])('turns a failure of memory (retryable: %s) into what happens next', async (retryable, error) => {
    const failure = { code: 'not_caught_up', retryable, message: 'later', hint: 'wait' };
    const { recall } = brokerPorts({ ask: (async () => ({ kind: 'failed', failure })) as never }, '');
    await expect(recall({ limit: 1 })).rejects.toBeInstanceOf(error);
  });
});
