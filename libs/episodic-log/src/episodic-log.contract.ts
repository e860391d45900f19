import type { Episode } from '@troupe/contracts';
import { combinationsOf, episodeAt, episodesFrom, expectedFind, recordAll, stretchOf } from './episode-samples.ts';
import type { EpisodicLog } from './episodic-log.ts';
import { describeOrigins } from './episode-origins.contract.ts';

/** A place for one log, empty at first. Every `open` is another handle on the same log, as another process would have it. */
export interface LogPlace {
  open(): Promise<EpisodicLog>;
  remove(): Promise<void>;
}

const EVERYTHING = { limit: 500 } as const;
/** For the tests that ask hundreds of times or record thousands, on a busy machine. */
const LONG_TEST_MS = 60_000;

/** Runs all that EpisodicLog promises over an adapter. Each test gets a place of its own. */
export function describeEpisodicLog(name: string, makePlace: () => Promise<LogPlace>): void {
  describe(`the episodic log: ${name}`, () => {
    let place: LogPlace;
    let log: EpisodicLog;
    const handles: EpisodicLog[] = [];

    const open = async (): Promise<EpisodicLog> => {
      const handle = await place.open();
      handles.push(handle);
      return handle;
    };

    beforeEach(async () => {
      place = await makePlace();
      log = await open();
    });

    afterEach(async () => {
      for (const handle of handles.splice(0)) await handle.close();
      await place.remove();
    });

    describeOrigins(() => log);

    describe('recording', () => {
      it('starts empty, at sequence 0', async () => {
        expect(await log.lastSequence()).toBe(0);
        expect(await log.find(EVERYTHING)).toEqual([]);
        expect(await log.timeline('story-1')).toEqual([]);
      });

      it('changes nothing when the same stretch is recorded twice', async () => {
        const episodes = episodesFrom(1, 3);
        expect(await log.record(stretchOf(episodes))).toBe(3);
        expect(await log.record(stretchOf(episodes))).toBe(3);
        expect(await log.timeline('story-1')).toEqual(episodes);
      });

      it('keeps an event as first recorded when its id comes again later in the stream', async () => {
        const first = episodeAt(1, { id: 'evt_same' });
        await log.record(stretchOf([first]));
        expect(await log.record(stretchOf([episodeAt(2, { id: 'evt_same', data: 'other' })]))).toBe(2);
        expect(await log.find(EVERYTHING)).toEqual([first]);
      });

      it('keeps the first of several with one id in one stretch, and finds it under what the first said', async () => {
        const first = episodeAt(1, { id: 'evt_same', subject: 'person:ana@example.com' });
        const second = episodeAt(2, { id: 'evt_same', subject: 'person:bo@example.com', correlationid: 'story-2' });
        expect(await log.record(stretchOf([first, second, episodeAt(3, { type: 'evt.other.done' })]))).toBe(3);
        expect(await log.find({ entity: 'person:ana@example.com', limit: 9 })).toEqual([first]);
        expect(await log.find({ entity: 'person:bo@example.com', limit: 9 })).toEqual([]);
        expect(await log.timeline('story-2')).toEqual([]);
      });

      it('stores the new ones of a stretch that is partly known', async () => {
        const episodes = episodesFrom(1, 6);
        await log.record({ after: 1, through: 4, episodes: [episodeAt(2), episodeAt(4)] });
        await log.record(stretchOf(episodes));
        expect(await log.timeline('story-1')).toEqual(episodes);
      });

      it('survives two recorders of the same events at once', async () => {
        const other = await open();
        const episodes = episodesFrom(1, 300);
        await Promise.all([recordAll(log, episodes, 7), recordAll(other, episodes, 11)]);
        expect(await log.timeline('story-1')).toEqual(episodes);
        expect(await other.lastSequence()).toBe(300);
      });

      it('keeps everything when it is closed and opened again', async () => {
        const episodes = episodesFrom(1, 5);
        await recordAll(log, episodes);
        await handles.pop()?.close();
        const reopened = await open();
        expect(await reopened.timeline('story-1')).toEqual(episodes);
        expect(await reopened.lastSequence()).toBe(5);
      });
    });

    describe('lastSequence', () => {
      it('stays where it is while something between is missing, and moves on when it is filled in', async () => {
        await log.record(stretchOf(episodesFrom(1, 2)));
        expect(await log.record(stretchOf([episodeAt(4)]))).toBe(2);
        expect(await log.record(stretchOf(episodesFrom(3, 4)))).toBe(4);
      });

      it('passes over what is no episode', async () => {
        expect(await log.record({ after: 0, through: 10, episodes: [episodeAt(4)] })).toBe(10);
        expect(await log.record({ after: 10, through: 12, episodes: [] })).toBe(12);
        expect(await log.lastSequence()).toBe(12);
      });

      it('never goes back when old stretches come again', async () => {
        await log.record(stretchOf(episodesFrom(1, 9)));
        expect(await log.record(stretchOf(episodesFrom(2, 3)))).toBe(9);
      });
    });

    describe('clear', () => {
      it('forgets everything, and the stream can be recorded again', async () => {
        const episodes = episodesFrom(1, 4);
        await recordAll(log, episodes);
        await log.clear();
        expect(await log.find(EVERYTHING)).toEqual([]);
        expect(await log.lastSequence()).toBe(0);
        await recordAll(log, episodes);
        expect(await log.timeline('story-1')).toEqual(episodes);
        expect(await log.lastSequence()).toBe(4);
      });
    });

    describe('find', () => {
      it('answers every combination of filters as looking at each episode would', async () => {
        const episodes = mixedEpisodes(60);
        await recordAll(log, episodes);
        for (const parts of combinationsOf(ALL_PARTS)) {
          const filter = { limit: 10, ...parts };
          expect({ filter, found: await log.find(filter) }).toEqual({ filter, found: expectedFind(episodes, filter) });
        }
      }, LONG_TEST_MS);

      it('shows memory as it was, whatever was recorded since', async () => {
        await recordAll(log, episodesFrom(1, 20));
        const then = await log.find({ asOf: 20, limit: 5 });
        await recordAll(log, episodesFrom(21, 30));
        expect(await log.find({ asOf: 20, limit: 5 })).toEqual(then);
        expect(await log.find({ asOf: 0, limit: 5 })).toEqual([]);
      });

      it('pages through a long answer without loss or repetition', async () => {
        const episodes = mixedEpisodes(100);
        await recordAll(log, episodes);
        const filter = { types: ['evt.email.received', 'evt.action.proposed'] };
        expect(await pages(log, filter, 7)).toEqual(expectedFind(episodes, { ...filter, limit: 500 }));
      });

      it('compares moments, not their spelling, and takes `since` in and leaves `until` out', async () => {
        const times = ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00.5Z', '2026-01-01T00:00:00.500Z', '2026-01-01T00:00:01Z'];
        await recordAll(log, times.map((time, index) => episodeAt(index + 1, { time })));
        const found = await log.find({ since: '2026-01-01T00:00:00.500Z', until: '2026-01-01T00:00:01.000Z', limit: 9 });
        expect(found.map(({ sequence }) => sequence)).toEqual([3, 2]);
      });

      it('finds a window of time wherever it lies, though times do not follow the stream', async () => {
        const episodes = wanderingTimes(4_500);
        await recordAll(log, episodes);
        for (const [since, until] of WINDOWS) {
          for (const types of [undefined, ['evt.email.received']]) {
            const filter = { limit: 6, ...(since && { since }), ...(until && { until }), ...(types && { types }) };
            expect({ filter, found: await log.find(filter) }).toEqual({ filter, found: expectedFind(episodes, filter) });
          }
        }
      }, LONG_TEST_MS);

      it('finds by time again after it was cleared', async () => {
        await recordAll(log, episodesFrom(1, 5));
        await log.clear();
        expect(await log.find({ since: '2026-01-01T00:00:00Z', limit: 9 })).toEqual([]);
        await recordAll(log, episodesFrom(1, 5));
        expect(await log.find({ since: '2026-01-01T00:00:04Z', limit: 9 })).toHaveLength(2);
      });

      it('takes an empty list of types at its word, and a repeated type once', async () => {
        await recordAll(log, episodesFrom(1, 3));
        expect(await log.find({ types: [], limit: 9 })).toEqual([]);
        expect(await log.find({ types: ['evt.email.received', 'evt.email.received'], limit: 9 })).toHaveLength(3);
      });
    });

    describe('find by entity', () => {
      const PERSON = 'person:ana@example.com';
      const mail = episodeAt(1, { subject: PERSON, data: { from: { address: 'Ana@Example.com' } } });
      const failure = episodeAt(2, { subject: 'customer:cus_ana', data: { customer: { id: 'cus_ana', email: 'ana@example.com' } } });
      const stranger = episodeAt(3, { subject: 'person:bo@example.com', data: { from: { address: 'bo@example.com' }, text: 'ana@example.com' } });
      const found = async (entity: string) => (await log.find({ entity, limit: 9 })).map(({ sequence }) => sequence);

      it('finds a person under every name events know them by, and nobody who only mentions them', async () => {
        await recordAll(log, [mail, failure, stranger]);
        expect(await found(PERSON)).toEqual([2, 1]);
        expect(await found('customer:cus_ana')).toEqual([2]);
        expect(await found('person:nobody@example.com')).toEqual([]);
      });

      it('finds nothing of what was cleared, and everything once when recorded again twice', async () => {
        await recordAll(log, [mail, failure, stranger]);
        await log.clear();
        expect(await found(PERSON)).toEqual([]);
        await recordAll(log, [mail, failure, stranger]);
        await recordAll(log, [mail, failure, stranger]);
        expect(await found(PERSON)).toEqual([2, 1]);
      });
    });

    describe('what comes out equals what went in', () => {
      it.each(DIFFICULT_DATA)('%s', async (_what, data) => {
        const subject = 'person:jürgen.o\'neill+"😀"@bücher.example';
        const episode = episodeAt(1, { subject, correlationid: 'story/ünï-$x.y', data });
        await log.record(stretchOf([episode]));
        const found = await log.find({ subject, limit: 1 });
        expect(JSON.stringify(found)).toBe(JSON.stringify([episode]));
        expect(await log.timeline('story/ünï-$x.y')).toEqual([episode]);
      });
    });

    describe('what nobody here knows', () => {
      const unknown = { type: 'evt.future.thing_done', dataschema: 'urn:troupe:evt.future.thing_done:v7', correlationid: 'story-9', agent: 'newcomer' };

      it('is kept and found like any event: a type without a contract', async () => {
        const episode = episodeAt(2, { ...unknown, data: { customer: { id: 'cus_9' }, of: ['another', { kind: 1 }] } });
        await recordAll(log, [episodeAt(1), episode, episodeAt(3)]);
        expect(await log.timeline('story-9')).toEqual([episode]);
        for (const filter of [{ types: [unknown.type] }, { agent: 'newcomer' }, { entity: 'customer:cus_9' }, { correlationId: 'story-9' },
          { since: '2026-01-01T00:00:02Z', until: '2026-01-01T00:00:03Z' }])
          expect({ filter, found: await log.find({ ...filter, limit: 9 }) }).toEqual({ filter, found: [episode] });
      });

      it('survives among the attributes of an envelope', async () => {
        const { sequence, event } = episodeAt(1);
        const open = { ...event, traceparent: '00-4bf9-00f0-01', realm: 'r1', nested: { kept: [1, null] } };
        await log.record({ after: 0, through: 1, episodes: [{ sequence, event: open }] });
        expect(JSON.stringify(await log.find(EVERYTHING))).toBe(JSON.stringify([{ sequence, event: open }]));
      });

      it('comes out as it lay on the stream, where less or other of it could be read', async () => {
        const read = episodeAt(1, { correlationid: 'story-1', subject: 'person:ana@example.com', data: { upcast: true } });
        const { data: _data, ...attributes } = read.event;
        const text = JSON.stringify({ later: 'attribute', ...attributes, data: { 'as it': 'came', v: 1 } }, undefined, 2);
        await log.record({ after: 0, through: 1, episodes: [{ ...read, text }] });
        const found = await log.find({ subject: 'person:ana@example.com', limit: 1 });
        expect(JSON.stringify(found[0]?.event)).toBe(JSON.stringify(JSON.parse(text)));
        expect(await log.timeline('story-1')).toEqual(found);
      });
    });

    describe('history', () => {
      it('holds thousands of events in one story, in stream order', async () => {
        const episodes = episodesFrom(1, 3_000);
        await recordAll(log, episodes.slice(1_500));
        await recordAll(log, episodes.slice(0, 1_500));
        expect((await log.timeline('story-1')).map(({ sequence }) => sequence)).toEqual(episodes.map(({ sequence }) => sequence));
      }, LONG_TEST_MS);

      it('keeps many stories apart', async () => {
        const episodes = Array.from({ length: 2_000 }, (_, index) => episodeAt(index + 1, { correlationid: `story-${index % 1_000}` }));
        await recordAll(log, episodes);
        expect(await log.timeline('story-7')).toEqual([episodes[7], episodes[1_007]]);
        expect(await log.find({ correlationId: 'story-99', limit: 9 })).toEqual([episodes[1_099], episodes[99]]);
      }, LONG_TEST_MS);
    });
  });
}

const TYPES = ['evt.email.received', 'evt.email.triaged', 'evt.action.proposed'];
const AGENTS = ['gateway', 'triage'];
const CUSTOMERS = ['cus_ana', 'cus_bo'];
const SUBJECTS = ['person:ana@example.com', 'person:bo@example.com', undefined];

/** One value for each part of a filter that some of the mixed episodes match and some do not. */
const ALL_PARTS = {
  correlationId: 'story-0',
  subject: 'person:ana@example.com',
  entity: 'customer:cus_ana',
  types: ['evt.email.received', 'evt.action.proposed'],
  agent: 'gateway',
  since: '2026-01-01T00:00:08Z',
  until: '2026-01-01T00:00:50Z',
  asOf: 55,
  before: 49,
};

/** Stories, types, agents and subjects in unequal rhythms, so that every combination occurs. */
function mixedEpisodes(count: number): Episode[] {
  return episodesFrom(1, count).map(({ sequence }) => {
    const subject = SUBJECTS[sequence % 3];
    return episodeAt(sequence, {
      correlationid: `story-${Math.floor(sequence / 2) % 2}`,
      type: TYPES[Math.floor(sequence / 3) % 3] ?? '',
      agent: AGENTS[Math.floor(sequence / 5) % 2] ?? '',
      data: { customer: { id: CUSTOMERS[Math.floor(sequence / 4) % 2] } },
      ...(subject === undefined ? {} : { subject }),
    });
  });
}

/** Windows of the times below: within, across and beyond, open to either side, and one that is empty. */
const WINDOWS: readonly (readonly [since: string | undefined, until: string | undefined])[] = [
  ['2026-01-01T00:20:00Z', '2026-01-01T00:21:00Z'],
  ['2026-01-01T00:00:00Z', undefined],
  ['2026-01-01T01:10:00Z', undefined],
  [undefined, '2026-01-01T00:00:10Z'],
  [undefined, '2019-01-01T00:10:00Z'],
  ['2018-12-31T00:00:00Z', '2019-01-01T00:00:30Z'],
  ['2020-01-01T00:00:00Z', '2025-01-01T00:00:00Z'],
  ['2030-01-01T00:00:00Z', undefined],
  ['2026-01-01T00:30:00Z', '2026-01-01T00:20:00Z'],
];

/** One second after the other, but for a stretch of imported history in the middle and a clock that was wrong now and then. */
function wanderingTimes(count: number): Episode[] {
  return episodesFrom(1, count).map((episode) => {
    const { sequence } = episode;
    const isOld = sequence >= 2_000 && sequence < 2_300;
    const timeMs = isOld ? Date.UTC(2019, 0, 1) + sequence * 7_000 : Date.parse(episode.event.time) - (sequence % 500 === 7 ? 3_000_000 : 0);
    return episodeAt(sequence, { time: new Date(timeMs).toISOString(), type: TYPES[sequence % 3] ?? '' });
  });
}

const DIFFICULT_DATA: [what: string, data: unknown][] = [
  ['text from many scripts', { text: 'naïve — 日本語 – עברית – 🧑‍🚀 \u2028' }],
  ['control characters and half a surrogate pair', { text: 'a\u0000b\u0007\ud83d' }],
  ['keys that databases take for operators or paths', JSON.parse('{"$set":{"a.b":1},"":2,"__proto__":3,"_id":4}')],
  ['keys in their order, numbers of all sizes', { z: 1, a: 2, big: 9_007_199_254_740_991, tiny: 5e-324, no: null }],
  ['deep nesting', JSON.parse('['.repeat(300) + ']'.repeat(300))],
  ['256 KB', { text: 'ö'.repeat(128 * 1_024) }],
  ['no data to speak of', null],
];

async function pages(log: EpisodicLog, filter: { types: string[] }, limit: number): Promise<Episode[]> {
  const all: Episode[] = [];
  for (;;) {
    const last = all.at(-1);
    const page = await log.find({ ...filter, limit, ...(last === undefined ? {} : { before: last.sequence }) });
    all.push(...page);
    if (page.length < limit) return all;
  }
}
