import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeliveryResumed, DeliveryWaiting, type Envelope } from '@troupe/contracts';
import { mailFromAna, sampleEvent } from '../testing/sample-events.ts';
import { CardQueries } from './card-queries.ts';
import { CardStore } from './card-store.ts';
import { joinedWaits, waitNewsOf } from './wait.projection.ts';

const away = { service: 'memory', handler: 'recordEvent', code: 'episodic_log_away', message: 'The log is away.', hint: 'Start it.', since: '2026-11-23T09:00:00.000Z' };
type Wait = typeof away;

function began(wait: Partial<Wait & { messages: number }> = {}, id = `began ${JSON.stringify(wait)}`): Envelope {
  return sampleEvent(DeliveryWaiting, { ...away, messages: 3, ...wait }, { id, correlationid: id, agent: wait.service ?? away.service });
}

function ended(wait: Partial<Wait> = {}, id = `ended ${JSON.stringify(wait)}`): Envelope {
  return sampleEvent(DeliveryResumed, { ...away, ...wait }, { id, correlationid: id, agent: wait.service ?? away.service });
}

describe('what handlers wait for', () => {
  const folder = mkdtempSync(join(tmpdir(), 'troupe-waits-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  let files = 0;
  const after = (events: readonly Envelope[], use: (store: CardStore, queries: CardQueries) => void): void => {
    const store = new CardStore(join(folder, `${(files += 1)}.db`));
    events.forEach((event, index) => store.apply(event, index + 1));
    use(store, new CardQueries(store.db));
    store.close();
  };
  const shown = (...events: readonly Envelope[]): unknown[] => {
    let rows: unknown[] = [];
    after(events, (_store, queries) => (rows = queries.waits()));
    return rows;
  };

  it('is shown from the moment it is said, with what is waited for and since when', () => {
    expect(shown(began())).toEqual([{ ...away, messages: 3 }]);
  });

  it.each<[string, Envelope[]]>([
    ['in order', [began(), ended()]],
    ['the end before the beginning', [ended(), began()]],
    ['each twice', [began(), ended(), began(), ended()]],
    ['the beginning once more, under another id, after the end', [began(), ended(), began({}, 'again')]],
    ['the end twice, and only then the beginning', [ended(), ended({}, 'again'), began()]],
  ])('is gone once it is over: %s', (_name, events) => {
    expect(shown(...events)).toEqual([]);
  });

  it.each<[string, Partial<Wait>]>([
    ['another service', { service: 'policy' }],
    ['another handler', { handler: 'judge' }],
    ['another reason', { code: 'breaker_open' }],
    ['an earlier wait of the same', { since: '2026-11-23T08:00:00.000Z' }],
  ])('is not ended by the end of %s, in either order', (_name, other) => {
    expect(shown(began(), ended(other))).toEqual([{ ...away, messages: 3 }]);
    expect(shown(ended(other), began())).toEqual([{ ...away, messages: 3 }]);
  });

  it('two replicas, or one that was started again, are one row that has waited since the first; it goes with the last', () => {
    const later = { since: '2026-11-23T09:05:00.000Z', messages: 2, message: 'Still away.' };
    const expected = [{ ...away, message: 'Still away.', messages: 5 }];
    expect(shown(began(), began(later))).toEqual(expected);
    expect(shown(began(later), began())).toEqual(expected);
    expect(shown(began(), began(later), ended({ since: later.since }))).toEqual([{ ...away, messages: 3 }]);
    expect(shown(began(), began(later), ended(), ended({ since: later.since }))).toEqual([]);
  });

  it('the longest wait comes first, by moment and not by how the moment is written', () => {
    const [nine, eight] = [{ ...away, messages: 1, since: '2026-11-23T09:00:00Z' }, { ...away, handler: 'judge', messages: 1, since: '2026-11-23T10:00:00+02:00' }];
    expect(joinedWaits([nine, eight])).toEqual([eight, nine]);
  });

  it('one that nobody ended is ended by who knows better: that handler, all its reasons, nobody else', () => {
    after([began(), began({ code: 'breaker_open' }), began({ handler: 'judge' }), began({ service: 'policy' })], (store, queries) => {
      store.endWaits('memory', 'recordEvent');
      expect(queries.waits().map(({ service, handler }) => `${service} ${handler}`)).toEqual(['memory judge', 'policy recordEvent']);
      store.apply(began({ since: '2026-11-23T11:00:00.000Z' }), 9);
      expect(queries.waits()).toHaveLength(3);
    });
  });

  it('is told to those who watch; nothing else is', () => {
    after([], (store) => {
      expect([began(), ended(), mailFromAna()].map((event, index) => store.apply(event, index + 1)?.wait)).toEqual([true, true, false]);
    });
  });

  it('an event that says nothing readable of a wait says nothing', () => {
    expect(waitNewsOf({ ...began(), data: { service: 'memory' } })).toBeUndefined();
    expect(waitNewsOf(mailFromAna())).toBeUndefined();
  });
});
