import { randomUUID } from 'node:crypto';
import { describeWith } from '@troupe/testkit';
import { MongoClient } from 'mongodb';
import { describeAdoptedHistory } from './adopted-history.contract.ts';
import { episodesFrom, recordAll } from './episode-samples.ts';
import { describeEpisodicLog } from './episodic-log.contract.ts';
import type { LogPlace } from './episodic-log.contract.ts';
import { MongoEpisodicLog } from './mongo-episodic-log.adapter.ts';

const url = process.env['MONGODB_URL'] ?? '';

/** A database of its own, dropped afterwards. */
async function temporaryDatabase(): Promise<LogPlace & { readonly database: string }> {
  const database = `troupe-test-${randomUUID()}`;
  return {
    database,
    open: () => MongoEpisodicLog.open({ url, database }),
    remove: () => withClient(async (client) => void (await client.db(database).dropDatabase())),
  };
}

async function withClient<T>(use: (client: MongoClient) => Promise<T>): Promise<T> {
  const client = new MongoClient(url);
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}

describeWith('mongodb', 'MongoEpisodicLog', () => {
  describeEpisodicLog('MongoDB wire protocol', temporaryDatabase);
  describeAdoptedHistory('MongoDB wire protocol', temporaryDatabase);

  it('has an index that ends in the sequence for each part of a filter (L4)', async () => {
    const place = await temporaryDatabase();
    const log = await place.open();
    const indexes = await withClient((client) => client.db(place.database).collection('episodes').indexes());
    await log.close();
    await place.remove();
    const keys = indexes.map(({ key }) => Object.keys(key as object));
    const parts = ['correlationId', 'subject', 'entities', 'type', 'agent'];
    expect(keys).toEqual(expect.arrayContaining([['sequence'], ...parts.map((part) => [part, 'sequence']), ['agent', 'type', 'sequence']]));
  });

  it('finds by time in a log that was begun before windows were kept, also when two open it at once', async () => {
    const place = await temporaryDatabase();
    const episodes = episodesFrom(1, 3_000);
    const begun = await place.open();
    await recordAll(begun, episodes);
    await begun.close();
    await withClient(async (client) => {
      await client.db(place.database).collection('spans').deleteMany({});
      await client.db(place.database).collection('recorded').updateOne({}, { $unset: { spanned: '' } });
    });
    const logs = await Promise.all([place.open(), place.open()]);
    for (const log of logs) {
      const [since, until] = [episodes[1_500]?.event.time ?? '', episodes[1_502]?.event.time ?? ''];
      expect(await log.find({ since, until, limit: 9 })).toEqual(episodes.slice(1_500, 1_502).reverse());
      await log.close();
    }
    await place.remove();
  }, 60_000);
});

describe('a MongoDB that is not there', () => {
  it('is named in the error, with what to do and without the password', async () => {
    const opening = MongoEpisodicLog.open({ url: 'mongodb://ana:secret@127.0.0.1:1', serverSelectionTimeoutMs: 200 });
    await expect(opening).rejects.toThrow(/mongodb:\/\/127\.0\.0\.1:1.*correct MONGODB_URL/);
    await expect(opening).rejects.not.toThrow(/secret/);
  });
});
