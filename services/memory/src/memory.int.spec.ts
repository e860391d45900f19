import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmailRefused, eventSubject, RebuildMemory, RecallEpisodes, Streams, TraceOrigins, type Episode, type EpisodeFilter } from '@troupe/contracts';
import { openLink, provisionStreams, Publisher, Queries, type NatsLink } from '@troupe/messaging';
import { startServices, type RunningServices } from '@troupe/service-host';
import { describeWith, eventually, startTestNats, type TestNats } from '@troupe/testkit';
import { memory } from './index.ts';
import { openEpisodicLog } from './open-episodic-log.ts';

const TEST_TIMEOUT_MS = 30_000;

/** Where the memory under test keeps its episodes. */
interface Backend {
  readonly home: string;
  readonly mongodbUrl: string | undefined;
}

async function embedded(): Promise<Backend> {
  return { home: await mkdtemp(join(tmpdir(), 'troupe-test-memory-')), mongodbUrl: undefined };
}

async function mongodb(): Promise<Backend> {
  const url = new URL(process.env['MONGODB_URL'] ?? '');
  url.pathname = `/troupe-test-${randomUUID()}`;
  return { ...(await embedded()), mongodbUrl: url.href };
}

function describeMemory(name: string, makeBackend: () => Promise<Backend>): void {
  describe(`memory, episodes kept in ${name}`, () => {
    let nats: TestNats;
    let link: NatsLink;
    let publisher: Publisher;
    let queries: Queries;
    let backend: Backend;
    const running: RunningServices[] = [];

    const start = async (options: { deliverTwice?: boolean } = {}): Promise<void> => {
      const env = { TROUPE_HOME: backend.home, ...(backend.mongodbUrl === undefined ? {} : { MONGODB_URL: backend.mongodbUrl }) };
      running.push(await startServices([memory], { env, natsUrl: nats.url, ...options }));
    };
    const stop = async (): Promise<void> => void (await Promise.all(running.splice(0).map((services) => services.stop())));

    const publish = async (first: number, last: number): Promise<number> => {
      let sequence = 0;
      for (let number = first; number <= last; number += 1) {
        const failure = { code: 'too_large', retryable: false, message: `refusal ${number}`, hint: 'Send less.' };
        const event = { id: `evt_${number}`, origin: 'external', correlationId: `story-${number % 3}` } as const;
        ({ sequence } = await publisher.publish(EmailRefused, { sizeBytes: number, failure }, event));
      }
      return sequence;
    };

    const recall = async (filter: Partial<EpisodeFilter>): Promise<Episode[]> => {
      const reply = await queries.ask(RecallEpisodes, { limit: 500, ...filter });
      if (reply.kind === 'failed') throw new Error(reply.failure.code);
      return reply.episodes;
    };
    const recalledIds = async (filter: Partial<EpisodeFilter>): Promise<string[]> => (await recall(filter)).map(({ event }) => event.id);

    const forget = async (): Promise<void> => {
      const log = await openEpisodicLog(backend);
      await log.clear();
      await log.close();
    };

    beforeEach(async () => {
      nats = await startTestNats();
      backend = await makeBackend();
      link = await openLink({ url: nats.url, service: 'test' });
      publisher = new Publisher(link, { name: 'gateway', version: '1.0.0', emits: [EmailRefused] });
      queries = new Queries(link, [RecallEpisodes, RebuildMemory, TraceOrigins]);
      await start({ deliverTwice: true });
    }, TEST_TIMEOUT_MS);

    afterEach(async () => {
      await stop();
      await link.connection.close();
      await nats.stop();
      await forget();
      await rm(backend.home, { recursive: true, force: true });
    }, TEST_TIMEOUT_MS);

    it('records every event once, in the order of the stream, though each is delivered twice', async () => {
      const last = await publish(1, 40);
      expect(await recalledIds({ asOf: last })).toEqual(numbered(40, 1));
      expect(await recalledIds({ asOf: last, correlationId: 'story-1', limit: 3 })).toEqual(['evt_40', 'evt_37', 'evt_34']);
    }, TEST_TIMEOUT_MS);

    const beginHistoryAnew = async (): Promise<void> => {
      await link.manager.streams.delete(Streams.events.name);
      await provisionStreams(link);
    };

    it.each([3, 9, 20])('records anew, at a start, a history that is not the log\'s: %s events instead of nine', async (count) => {
      await recalledIds({ asOf: await publish(1, 9) });
      await stop();
      await beginHistoryAnew();
      const last = await publish(101, 100 + count);
      await start();
      expect(await recalledIds({})).not.toContain('evt_1');
      expect(await recalledIds({ asOf: last })).toEqual(numbered(100 + count, 101));
    }, TEST_TIMEOUT_MS);

    it.each([3, 20])('records anew, while it runs, a history that is not the log\'s: %s events instead of nine', async (count) => {
      await recalledIds({ asOf: await publish(1, 9) });
      await beginHistoryAnew();
      const last = await publish(101, 100 + count);
      await eventually(async () => expect(await recalledIds({ asOf: last })).toEqual(numbered(100 + count, 101)), { timeoutMs: 20_000 });
    }, TEST_TIMEOUT_MS);

    it('answers as of a sequence with what had been stored by then', async () => {
      const then = await publish(1, 5);
      const now = await publish(6, 9);
      expect(await recalledIds({ asOf: now })).toHaveLength(9);
      expect(await recalledIds({ asOf: then })).toEqual(numbered(5, 1));
    }, TEST_TIMEOUT_MS);

    it('gets beyond what is no event at the end of the stream, and what speaks in the name of another', async () => {
      await publish(1, 2);
      const [{ event }] = (await recall({ asOf: 2 })) as [Episode];
      await link.jetstream.publish(eventSubject(EmailRefused.type, 'somebody'), JSON.stringify({ ...event, id: 'evt_forged' }));
      const { seq } = await link.jetstream.publish('evt.never.heard_of.gateway', '{}');
      expect(await recalledIds({ asOf: seq })).toEqual(numbered(2, 1));
    }, TEST_TIMEOUT_MS);

    it('keeps what a service of tomorrow says, to the last attribute: an unknown type, an unknown version', async () => {
      await publish(1, 1);
      const [{ event }] = (await recall({ asOf: 1 })) as [Episode];
      const unknown = { ...event, id: 'evt_parcel', type: 'evt.parcel.sent', dataschema: 'urn:troupe:evt.parcel.sent:v3', traceparent: '00-ab-01', data: { big: '😀', n: 1 } };
      const newer = { ...event, id: 'evt_newer', dataschema: 'urn:troupe:evt.email.refused:v9', data: { all: 'new' } };
      let last = 0;
      for (const told of [unknown, newer]) last = (await link.jetstream.publish(eventSubject(told.type, event.agent), JSON.stringify(told))).seq;
      const found = await recall({ asOf: last, correlationId: event.correlationid });
      expect(found.map((episode) => episode.event)).toEqual([newer, unknown, event]);
      expect((await recall({ asOf: last, types: ['evt.parcel.sent'] })).map((episode) => episode.event.id)).toEqual(['evt_parcel']);
    }, TEST_TIMEOUT_MS);

    it('says that it has not caught up when asked about a sequence that has not come', async () => {
      const last = await publish(1, 1);
      await expect(recall({ asOf: last + 1 })).rejects.toThrow('not_caught_up');
    }, TEST_TIMEOUT_MS);

    it('says where an event comes from as soon as it is on the stream, and not before it has recorded that far', async () => {
      const last = await publish(1, 60);
      const trace = (eventId: string, asOf: number) => queries.ask(TraceOrigins, { eventId, asOf });
      const story = [{ eventId: 'evt_3', origin: 'external' }];
      expect(await trace('evt_60', last)).toEqual({ kind: 'traced', story, sources: [], unknown: [], addresses: [] });
      expect(await trace('evt_61', last)).toMatchObject({ kind: 'failed', failure: { code: 'unknown_event', retryable: false } });
      expect(await trace('evt_60', last + 1)).toMatchObject({ kind: 'failed', failure: { code: 'not_caught_up', retryable: true } });
    }, TEST_TIMEOUT_MS);

    it('rebuilds to the same log while events go on arriving', async () => {
      const before = await recall({ asOf: await publish(1, 60) });
      const [rebuilt, last] = await Promise.all([queries.ask(RebuildMemory, {}), publish(61, 90)]);
      expect(rebuilt).toMatchObject({ kind: 'rebuilt' });
      const after = await recall({ asOf: last });
      expect(after.map(({ event }) => event.id)).toEqual(numbered(90, 1));
      expect(after.slice(30)).toEqual(before);
    }, TEST_TIMEOUT_MS);

    it('fills in what the log lost while it was away', async () => {
      await recall({ asOf: await publish(1, 30) });
      await stop();
      await forget();
      const last = await publish(31, 33);
      await start();
      expect(await recalledIds({ asOf: last })).toEqual(numbered(33, 1));
    }, TEST_TIMEOUT_MS);

    it('copies what it lacks when it starts, without waiting for an event or a question about it', async () => {
      await recall({ asOf: await publish(1, 450) });
      await stop();
      await forget();
      await start();
      await eventually(async () => expect(await recalledIds({})).toEqual(numbered(450, 1)));
      const last = await publish(451, 452);
      expect(await recalledIds({ asOf: last, limit: 3 })).toEqual(numbered(452, 450));
    }, TEST_TIMEOUT_MS);

    it('may run as several replicas on one log', async () => {
      await start();
      const last = await publish(1, 120);
      await eventually(async () => expect(await recalledIds({ asOf: last })).toEqual(numbered(120, 1)));
    }, TEST_TIMEOUT_MS);
  });
}

/** `evt_<from>` down to `evt_<to>`. */
function numbered(from: number, to: number): string[] {
  return Array.from({ length: from - to + 1 }, (_, index) => `evt_${from - index}`);
}

describeMemory('a file', embedded);
describeWith('mongodb', 'memory on the MongoDB wire protocol', () => describeMemory('MongoDB', mongodb));
