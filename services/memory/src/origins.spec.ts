import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Envelope, Episode, Origin } from '@troupe/contracts';
import { EmbeddedEpisodicLog, type EpisodicLog } from '@troupe/episodic-log';
import { episodeAt, recordAll } from '@troupe/episodic-log/testing';
import { traceOrigins, type Witnesses } from './origins.ts';

const PROPOSED = 'evt.action.proposed';

/** An event of a story: what caused it, and what it cites. */
function told(sequence: number, id: string, story: string, origin: Origin, more: Partial<Envelope> & { cites?: string[] } = {}): Episode {
  const { cites = [], ...attributes } = more;
  const data = { evidence: cites.map((source) => ({ source })) };
  return episodeAt(sequence, { id, type: 'evt.webhook.received', correlationid: story, origin, data, ...attributes });
}

describe('where an event comes from', () => {
  let folder: string;
  let log: EpisodicLog;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'troupe-test-origins-'));
    log = EmbeddedEpisodicLog.open(join(folder, 'episodes.db'));
  });
  afterEach(async () => {
    await log.close();
    await rm(folder, { recursive: true });
  });

  const traced = async (episodes: Episode[], id = 'p', from: Witnesses = log) => {
    await recordAll(log, episodes);
    const reply = await traceOrigins(from, id);
    if (reply.kind === 'failed') throw new Error(reply.failure.code);
    return reply;
  };
  const words = (witnesses: readonly { eventId: string; origin: string }[]) => witnesses.map(({ eventId, origin }) => `${eventId}:${origin}`).sort();

  it('is its story up to it, the first event of each origin, and not what comes later', async () => {
    const { story } = await traced([
      told(1, 'a', 's', 'system'), told(2, 'b', 's', 'system'), told(3, 'c', 's', 'operator'), told(4, 'other', 't', 'external'),
      told(5, 'p', 's', 'system', { type: PROPOSED }), told(6, 'late', 's', 'external'),
    ]);
    expect(words(story)).toEqual(['a:system', 'c:operator']);
  });

  it('is what it cites, of whatever story', async () => {
    const { sources, unknown } = await traced([
      told(1, 'mail', 't', 'external'), told(2, 'a', 's', 'system'), told(3, 'p', 's', 'system', { causationid: 'a', cites: ['mail', 'a', 'mail'] }),
    ]);
    expect(words(sources)).toEqual(['a:system', 'mail:external']);
    expect(unknown).toEqual([]);
  });

  it('is the whole chain of its causes, also where that leads out of its story', async () => {
    const { story, sources } = await traced([
      told(1, 'mail', 't', 'external'), told(2, 'x', 't', 'system', { causationid: 'mail' }), told(3, 'y', 's', 'system', { causationid: 'x' }),
      told(4, 'z', 's', 'system', { causationid: 'y' }), told(5, 'p', 's', 'system', { causationid: 'z' }),
    ]);
    expect(words(story)).toEqual(['y:system']);
    expect(words(sources)).toEqual(['mail:external', 'x:system', 'y:system', 'z:system']);
  });

  it.each<[what: string, episodes: Episode[], unknown: string[]]>([
    ['a cause', [told(1, 'p', 's', 'system', { causationid: 'gone' })], ['gone']],
    ['a cause of a cause', [told(1, 'a', 's', 'system', { causationid: 'gone' }), told(2, 'p', 's', 'system', { causationid: 'a' })], ['gone']],
    ['a source', [told(1, 'p', 's', 'system', { cites: ['mem_1', 'p'] })], ['mem_1']],
    ['a chain that bites its tail', [told(1, 'a', 's', 'system', { causationid: 'b' }), told(2, 'b', 's', 'system', { causationid: 'a' }), told(3, 'p', 's', 'system', { causationid: 'a' })], ['a']],
  ])('is not known where nobody recorded %s', async (_what, episodes, unknown) => {
    expect((await traced(episodes)).unknown).toEqual(unknown);
  });

  it('names who is in the arrivals of its story', async () => {
    const mail = { from: { address: 'Ana@Example.com' }, replyTo: { address: 'ana@example.com' }, to: [{ address: 'owner@localhost' }], cc: [{ address: 'bo@example.com' }] };
    const { addresses } = await traced([
      told(1, 'a', 's', 'external', { type: 'evt.email.received', data: mail }),
      told(2, 'b', 's', 'external', { type: 'evt.invoice.payment_failed', data: { customer: { id: 'cus_1', email: 'Pay@Example.com' } } }),
      told(3, 'c', 't', 'external', { type: 'evt.email.received', data: { from: { address: 'eve@example.com' } } }),
      told(4, 'p', 's', 'external'), told(5, 'd', 's', 'external', { type: 'evt.email.received', data: { from: { address: 'late@example.com' } } }),
    ]);
    expect(addresses.sort()).toEqual(['ana@example.com', 'bo@example.com', 'owner@localhost', 'pay@example.com']);
  });

  it('takes as many look-ups in a story of thousands as in one of three, and finds the one event that taints it', async () => {
    const calls: string[] = [];
    const counted: Witnesses = {
      byIds: (ids) => (calls.push('byIds'), log.byIds(ids)),
      firstOf: (...of) => (calls.push('firstOf'), log.firstOf(...of)),
      find: (filter) => (calls.push('find'), log.find(filter)),
    };
    const long = Array.from({ length: 4_998 }, (_, index) => told(index + 1, `e${index}`, 's', index === 2_500 ? 'external' : 'system'));
    const { story } = await traced([...long, told(4_999, 'c', 's', 'system'), told(5_000, 'p', 's', 'system', { causationid: 'c' })], 'p', counted);
    expect(words(story)).toEqual(['e0:system', 'e2500:external']);
    const inLong = calls.splice(0);
    await traced([told(5_001, 'f', 'u', 'system'), told(5_002, 'g', 'u', 'system'), told(5_003, 'q', 'u', 'system', { causationid: 'g' })], 'q', counted);
    expect(inLong).toEqual(calls);
  });

  it('cannot be said of an event that nobody recorded', async () => {
    expect(await traceOrigins(log, 'evt_never')).toMatchObject({ kind: 'failed', failure: { code: 'unknown_event', retryable: false } });
  });
});
