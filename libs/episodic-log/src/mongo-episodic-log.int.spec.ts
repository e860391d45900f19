import { randomUUID } from 'node:crypto';
import { describeWith, eventually, SeverableLine } from '@troupe/testkit';
import { MongoClient } from 'mongodb';
import { describeAdoptedHistory } from './adopted-history.contract.ts';
import { episodesFrom, recordAll } from './episode-samples.ts';
import { describeEpisodicLog } from './episodic-log.contract.ts';
import type { LogPlace } from './episodic-log.contract.ts';
import { MongoEpisodicLog } from './mongo-episodic-log.adapter.ts';
import { openMongoEpisodicLog } from './open-mongo-episodic-log.ts';

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
    expect(keys).toEqual(expect.arrayContaining([['sequence'], ['correlationId', 'origin', 'sequence'], ...parts.map((part) => [part, 'sequence']), ['agent', 'type', 'sequence']]));
  });

  it('finds the first of an origin in a log that was begun before origins were kept', async () => {
    const place = await temporaryDatabase();
    const log = await place.open();
    await recordAll(log, [...episodesFrom(1, 3, { origin: 'system' }), ...episodesFrom(4, 6)]);
    await withClient((client) => client.db(place.database).collection('episodes').updateMany({ sequence: { $lt: 6 } }, { $unset: { origin: '' } }));
    expect((await log.firstOf('story-1', 'external', 9))?.sequence).toBe(4);
    expect((await log.firstOf('story-1', 'system', 9))?.sequence).toBe(1);
    await log.close();
    await place.remove();
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

describeWith('mongodb', 'a MongoDB that goes away', () => {
  it.each<[string, number, (line: SeverableLine) => unknown]>([
    ['closes its connections', 3, (line) => line.cut()],
    ['says nothing any more', 1, (line) => line.fallSilent()],
  ])('and %s: what is asked meanwhile fails in time, and it is used again soon after it is back', async (_how, rounds, goAway) => {
    const line = await SeverableLine.to(Number(new URL(url).port));
    const database = `troupe-test-${randomUUID()}`;
    const log = await openMongoEpisodicLog({ url: `mongodb://127.0.0.1:${line.port}/?directConnection=true`, database, serverSelectionTimeoutMs: 1_000, silenceTimeoutMs: 1_000 });
    const episodes = episodesFrom(1, 20);
    await recordAll(log, episodes.slice(0, 10));
    for (let round = 0; round < rounds; round += 1) {
      const asked = Promise.allSettled(Array.from({ length: 6 }, () => log.find({ limit: 1 })));
      await goAway(line);
      await asked;
      await expect(log.find({ limit: 1 })).rejects.toThrow();
      await line.mend();
      await eventually(async () => expect(await log.find({ limit: 1 })).toEqual([episodes[9]]), { timeoutMs: 8_000 });
    }
    await log.close();
    await line.cut();
    await withClient(async (client) => void (await client.db(database).dropDatabase()));
  }, 60_000);
});

describe('a MongoDB that is not there', () => {
  it('is named in the error, with what to do and without the password', async () => {
    const opening = MongoEpisodicLog.open({ url: 'mongodb://ana:secret@127.0.0.1:1', serverSelectionTimeoutMs: 200 });
    await expect(opening).rejects.toThrow(/mongodb:\/\/127\.0\.0\.1:1.*correct MONGODB_URL/);
    await expect(opening).rejects.not.toThrow(/secret/);
  });
});
