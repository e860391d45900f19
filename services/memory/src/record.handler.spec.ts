import type { StoredEpisode } from '@troupe/episodic-log';
import { RetryableError } from '@troupe/messaging';
import { episodeAt } from '@troupe/episodic-log/testing';
import { RecordHandler } from './record.handler.ts';

const { event, sequence } = episodeAt(7);
const context = { sequence };

describe('recording an event', () => {
  it('is tried again for as long as the store is away, and says so in the log: it never becomes a dead letter', async () => {
    const warnings: object[] = [];
    const storeAway = { record: () => Promise.reject(new Error('disk full')) };
    const handler = new RecordHandler(storeAway, { warn: (about) => void warnings.push(about) });
    await expect(handler.recordEvent(event, context)).rejects.toBeInstanceOf(RetryableError);
    expect(warnings).toEqual([{ sequence: 7, error: 'Error: disk full' }]);
  });

  it('hands on the event as it lay on the stream, where the transport gives it', async () => {
    const recorded: StoredEpisode[] = [];
    const handler = new RecordHandler({ record: async (episode) => void recorded.push(episode) }, { warn: () => undefined });
    await handler.recordEvent(event, context);
    await handler.recordEvent(event, { sequence: 8, text: '{"as":"it came"}' });
    expect(recorded).toEqual([{ sequence: 7, event }, { sequence: 8, event, text: '{"as":"it came"}' }]);
  });
});
