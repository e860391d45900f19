import type { Envelope } from '@troupe/contracts';
import { mailFromAna } from '../testing/sample-events.ts';
import type { FoldedEvent, PlacedEvent } from './folded-event.ts';
import { InboxChanges } from './inbox-changes.ts';
import { InboxFollower, type FollowerParts } from './inbox-follower.ts';

/** What was warned of. */
const warned: string[] = [];
const log = { info: () => undefined, warn: (_facts: object, message: string) => void warned.push(message) };

/** A stream whose messages are events but for some sequences; it goes no further than `held` until that is lifted. */
class Stream {
  held = Number.MAX_SAFE_INTEGER;
  realm = 'one';
  #length: number;
  readonly #noEvents: readonly number[];

  constructor(length: number, noEvents: readonly number[] = []) {
    this.#length = length;
    this.#noEvents = noEvents;
  }

  async history(): Promise<{ realm: string; lastSequence: number }> {
    return { realm: this.realm, lastSequence: this.#length };
  }

  /** It begins anew, with so many messages. */
  beginAnew(length: number): void {
    this.realm = 'two';
    this.#length = length;
  }

  async follow({ fromSequence, signal, realm, onEvent }: Parameters<FollowerParts['tail']['follow']>[0]): Promise<void> {
    for (let next = fromSequence; !signal.aborted && this.realm === realm; ) {
      if (next > Math.min(this.held, this.#length)) await moment();
      else if (this.#noEvents.includes(next)) next += 1;
      else await onEvent(eventAt(next), { sequence: next, pending: this.#length - next }).then(() => (next += 1), moment);
    }
  }

  async read({ fromSequence, throughSequence, onEvent }: Parameters<FollowerParts['tail']['read']>[0]): Promise<void> {
    for (let next = fromSequence; next <= throughSequence; next += 1) if (!this.#noEvents.includes(next)) await onEvent(eventAt(next), { sequence: next, pending: 0 });
  }
}

async function moment(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 5));
}

function eventAt(sequence: number): Envelope {
  return mailFromAna(`evt_${sequence}`);
}

/** Keeps the sequences it was given, and in how many transactions. */
class Store {
  readonly sequences: number[] = [];
  transactions = 0;
  failing = false;

  #realm = 'one';
  realm = (): string => this.#realm;
  position = (): number => this.sequences.at(-1) ?? 0;

  clear(realm = this.#realm): void {
    this.#realm = realm;
    this.sequences.splice(0);
  }

  applyAll(events: readonly PlacedEvent[]): FoldedEvent[] {
    if (this.failing) throw new Error('disk full');
    this.transactions += 1;
    const fresh = events.filter(({ sequence }) => sequence > this.position());
    this.sequences.push(...fresh.map(({ sequence }) => sequence));
    return fresh.map(({ event, sequence }) => ({ event, change: { sequence, storyId: event.correlationid, deadLetter: false, wait: false } }));
  }
}

function upTo(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}

describe('following the stream', () => {
  let follower: InboxFollower;
  let store: Store;

  /** Time goes two hundred times as fast: a silence of two seconds takes ten milliseconds. */
  const follow = (stream: Stream, now = (): number => performance.now() * 200): void => {
    store = new Store();
    follower = new InboxFollower({ store, tail: stream, changes: new InboxChanges(), now, log });
    follower.start();
  };
  const until = async (isSo: () => boolean): Promise<void> => {
    for (let tries = 0; !isSo() && tries < 400; tries += 1) await moment();
    expect(isSo()).toBe(true);
  };
  afterEach(() => follower.stop());

  it('takes many events in one transaction while more lie behind them, and every one of them once', async () => {
    follow(new Stream(450));
    await until(() => follower.status().caughtUp);
    expect(store.sequences).toEqual(upTo(450));
    expect(store.transactions).toBe(3);
  });

  it.each([1, 200, 201])('is at the end as soon as the last of %s events is stored, without a silence', async (events) => {
    follow(new Stream(events), () => 0);
    await until(() => follower.status().caughtUp);
    expect(store.sequences).toEqual(upTo(events));
  });

  it('does not take a silence for the end while an event is left', async () => {
    const stream = new Stream(300);
    stream.held = 120;
    follow(stream);
    await until(() => store.position() === 120);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(follower.status()).toMatchObject({ caughtUp: false, sequence: 120, pending: 180 });
    stream.held = 300;
    await until(() => follower.status().caughtUp);
    expect(store.sequences).toEqual(upTo(300));
  });

  it.each([[[7, 8, 9]], [[1, 9]], [upTo(9)]])('finds the end of a stream in which these are no events: %p', async (noEvents) => {
    follow(new Stream(9, noEvents));
    await until(() => follower.status().caughtUp);
    expect(store.sequences).toEqual(upTo(9).filter((sequence) => !noEvents.includes(sequence)));
  });

  it.each([5, 30, 80])('folds anew when the stream begins another history while it follows, of %s events', async (length) => {
    const stream = new Stream(30);
    follow(stream);
    await until(() => follower.status().caughtUp);
    warned.length = 0;
    stream.beginAnew(length);
    await until(() => store.realm() === 'two' && follower.status().caughtUp);
    expect(store.sequences).toEqual(upTo(length));
    expect(warned).toEqual(['the projection is of another history than the stream; folding it anew']);
  });

  it('loses nothing while the store fails', async () => {
    const stream = new Stream(30);
    follow(stream);
    store.failing = true;
    await new Promise((resolve) => setTimeout(resolve, 100));
    store.failing = false;
    await until(() => follower.status().caughtUp);
    expect(store.sequences).toEqual(upTo(30));
  });

  it('rebuilds from the first event, says so meanwhile, and is joined by who asks again', async () => {
    const stream = new Stream(50);
    follow(stream);
    await until(() => follower.status().caughtUp);
    stream.held = 20;
    const rebuilds = [follower.rebuild(), follower.rebuild()];
    await until(() => store.position() === 20);
    expect(follower.status()).toMatchObject({ caughtUp: false, rebuilding: true });
    stream.held = 50;
    await Promise.all(rebuilds);
    expect(store.sequences).toEqual(upTo(50));
    expect(follower.status()).toMatchObject({ caughtUp: true, rebuilding: false });
  });
});
