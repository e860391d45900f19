import { isDeepStrictEqual } from 'node:util';
import {
  evolve, joinLives, NOTHING_YET, RulingContracts, stateOf, type ActionLife, type LifecycleEvent, type Ruling, type Stamp,
} from '@troupe/contracts';
import { decide, decideAtDeadline, type Deadline, type Decision } from './approval.decider.ts';
import { instant, type DecisionContext } from './decision-context.ts';
import { about, contextWith, FORBID, HOUR_MS, label, NEEDS_OWNER, PERMIT, settings, START_MS } from '../testing/life.ts';

interface Told {
  readonly event: LifecycleEvent;
  readonly stamp: Stamp;
}

/**
 * A small world around one action. Policy takes the events of the stream out of order, as two replicas do, and what it says
 * reaches the stream late; everybody else only reacts to what the stream already shows them.
 */
class World {
  live: ActionLife = NOTHING_YET;
  nowMs = START_MS;
  readonly stream: Told[] = [];
  readonly rulings: Ruling[] = [];
  readonly #untaken: Told[] = [];
  readonly #unpublished: { ruling: Ruling; cause: Stamp }[] = [];
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  run(steps: number): this {
    this.#say(about(label).proposed());
    for (let step = 0; step < steps; step += 1) this.#step();
    while (this.#unpublished.length > 0 || this.#untaken.length > 0) this.#policyActs();
    return this;
  }

  /** The stream in another order, some of it twice. */
  shuffled(): Told[] {
    const doubled = this.stream.flatMap((told) => (this.#random() < 0.4 ? [told, told] : [told]));
    return doubled.map((told) => ({ told, at: this.#random() })).sort((one, other) => one.at - other.at).map(({ told }) => told);
  }

  #step(): void {
    this.nowMs += this.#pick([0, 10, 1_000, HOUR_MS, 6 * HOUR_MS]);
    if (this.#random() < 0.55) return this.#policyActs();
    if (this.#random() < 0.25) return this.#deadline();
    const event = this.#pick([this.#verifier, this.#owner, this.#connectors]).call(this);
    if (event) this.#say(event);
  }

  /** Takes one of the next events, or brings a ruling to the stream. */
  #policyActs(): void {
    const [waiting] = this.#random() < 0.5 ? this.#unpublished.splice(this.#index(this.#unpublished), 1) : [];
    if (waiting) return void this.#append(waiting.ruling, { causeId: waiting.cause.id, position: waiting.cause.position });
    const [next] = this.#untaken.splice(this.#index(this.#untaken), 1);
    if (next) this.#keep(decide(this.live, next.event, next.stamp, this.#context()), next.stamp);
  }

  #keep({ life, rulings }: Decision, cause: Stamp): void {
    this.live = life;
    this.rulings.push(...rulings);
    this.#unpublished.push(...rulings.map((ruling) => ({ ruling, cause })));
  }

  /** A timer runs from the event that set it, once that is on the stream. */
  #deadline(): void {
    const [accepted, authorized] = [this.#last('accepted'), this.#last('authorized')];
    const timers: [Deadline, Told | undefined][] = [
      [{ kind: 'verification' }, this.#last('proposed')],
      [{ kind: 'expiry' }, this.#last('held')],
      [{ kind: 'snooze', until: accepted?.event.data.until ?? '' }, accepted?.event.data.until ? accepted : undefined],
      ...(authorized ? [[{ kind: 'outcome', authorization: authorized.event.data }, authorized] as [Deadline, Told]] : []),
    ];
    const [deadline, set] = this.#pick(timers);
    if (!set) return;
    const stamp = { ...set.stamp, position: this.stream.indexOf(set) + 1 };
    this.#keep(decideAtDeadline(this.live, deadline, stamp, this.#context()), stamp);
  }

  #verifier(): LifecycleEvent {
    return this.#pick([about(label).verified(), about(label).flagged()]);
  }

  #owner(): LifecycleEvent | undefined {
    const card = this.#last('held')?.event;
    if (!card) return undefined;
    const { decided, undoRequested, retryRequested } = about(card.data.action);
    return this.#pick([
      () => decided({ decision: 'approve' }),
      () => decided({ decision: 'approve', digest: 'sha256:old' }),
      () => decided({ decision: 'edit', args: { ...label.args, add: [this.#pick(['a', 'b', 'forbidden'])] } }),
      () => decided({ decision: 'snooze', until: instant(this.nowMs + this.#pick([1, HOUR_MS])) }),
      () => (this.#random() < 0.1 ? decided({ decision: 'reject' }) : undefined),
      () => (this.#random() < 0.1 ? decided({ decision: 'respond', response: 'No' }) : undefined),
      () => (this.#last('authorized') ? undoRequested() : undefined),
      () => (this.#last('failed') ? retryRequested() : undefined),
    ])();
  }

  /** The effect gate: cancels or attempts once per authorisation, then says how it went. */
  #connectors(): LifecycleEvent | undefined {
    const authorized = this.#last('authorized')?.event;
    if (!authorized) return undefined;
    const { action, actionId, authorizationId, compensates } = authorized.data;
    const of = about(action, actionId);
    const more = { authorizationId, ...(compensates === undefined ? {} : { compensates }) };
    const told = this.stream.filter(({ event }) => event.kind === 'undone' || ('authorizationId' in event.data && event.data.authorizationId === authorizationId)).map(({ event }) => event.kind);
    if (told.some((kind) => kind === 'executed' || kind === 'failed' || kind === 'undone')) return undefined;
    const isUndone = this.stream.some(({ event }) => event.kind === 'undo_requested') && compensates === undefined;
    if (!told.includes('attempted')) return isUndone && this.#random() < 0.5 ? of.undone() : of.attempted(authorizationId);
    const deferral = compensates === undefined ? of.deferred(authorizationId, told.filter((kind) => kind === 'deferred').length + 1) : of.failed(more);
    return this.#pick([of.executed(more), of.executed(more), of.executed(more), of.failed({ ...more, retryable: this.#random() < 0.5 }), deferral, told.includes('unknown') ? of.executed(more) : of.unknown(authorizationId)]);
  }

  #last<Kind extends 'proposed' | 'held' | 'authorized' | 'accepted' | 'failed'>(kind: Kind) {
    const found = this.stream.filter(({ event }) => event.kind === kind).at(-1);
    return found as { event: LifecycleEvent<Kind>; stamp: Stamp } | undefined;
  }

  #say(event: LifecycleEvent): void {
    this.#untaken.push(this.#append(event, {}));
  }

  /** An event's place is its sequence; a ruling's is that of the event it follows from. */
  #append(event: LifecycleEvent, more: Partial<Stamp>): Told {
    const sequence = this.stream.length + 1;
    const told = { event, stamp: { id: `evt_${sequence}`, origin: 'external' as const, agent: 'a', story: 's', position: sequence, ...more } };
    this.stream.push(told);
    return told;
  }

  #context(): DecisionContext {
    const alone = this.#random() < 0.3 ? PERMIT : NEEDS_OWNER;
    return contextWith((card) => (JSON.stringify(card.action.args).includes('forbidden') ? FORBID : alone), this.nowMs);
  }

  /** One of the first three: what overtakes does so by little. */
  #index(list: readonly unknown[]): number {
    return Math.floor(this.#random() * Math.min(3, list.length));
  }

  #pick<Value>(values: readonly Value[]): Value {
    return values[Math.floor(this.#random() * values.length)] as Value;
  }
}

/** A million comparisons: only one that fails is worth explaining. */
function expectSame(one: unknown, other: unknown): void {
  if (!isDeepStrictEqual(one, other)) expect(one).toEqual(other);
}

function fold(told: readonly Told[], from: ActionLife = NOTHING_YET): ActionLife {
  return told.reduce((life, { event, stamp }) => evolve(life, event, stamp), from);
}

/** https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const LIVES = 10_000;
const worlds = Array.from({ length: LIVES }, (_, seed) => new World(seed).run(50));

describe(`${LIVES} random lives of an action, its events taken by policy out of order`, () => {
  it('come to many different ends, so that this says something', () => {
    const ends = new Map<string, number>();
    for (const { live } of worlds) ends.set(stateOf(live).kind, (ends.get(stateOf(live).kind) ?? 0) + 1);
    const wanted = [
      'answered', 'authorized', 'compensated', 'compensating', 'denied', 'executed', 'executing', 'expired', 'failed', 'held', 'snoozed', 'undone', 'unknown',
    ];
    expect(wanted.filter((end) => (ends.get(end) ?? 0) < 10)).toEqual([]);
  });

  it('I6: what policy knows is the fold of the stream', () => {
    for (const { live, stream } of worlds) expectSame(fold(stream), live);
  });

  it('I2: shuffled and doubled, the events come to the same', () => {
    for (const world of worlds) expectSame(fold(world.shuffled()), world.live);
  });

  it('taken by two who then put together what they know, they come to the same', () => {
    for (const world of worlds.slice(0, 1_000)) {
      const events = world.shuffled();
      const half = Math.floor(events.length / 2);
      expectSame(joinLives(fold(events.slice(0, half)), fold(events.slice(half))), world.live);
    }
  });

  it('a repeat of any event, however late, is answered by nothing', () => {
    for (const { live, stream } of worlds.slice(0, 1_000)) {
      for (const { event, stamp } of stream.filter(({ event: { kind } }) => !(kind in RulingContracts))) {
        const repeat = decide(live, event, { ...stamp, position: stream.length + 1 }, contextWith(PERMIT, START_MS + settings.approvalTtlMs));
        expect(repeat.rulings.filter(({ kind }) => kind === 'authorized' || kind === 'held' || kind === 'denied')).toEqual([]);
        expectSame(stateOf(repeat.life), stateOf(live));
      }
    }
  });

  it('no verdict is lost: nothing that has one stays unjudged', () => {
    for (const { live } of worlds) expect(['verified', 'flagged', 'absent']).not.toContain(stateOf(live).kind);
  });

  it('I1: no authorisation is given twice', () => {
    for (const { rulings } of worlds) {
      const ids = rulings.flatMap((ruling) => (ruling.kind === 'authorized' ? [ruling.data.authorizationId] : []));
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it('I8: what policy let run alone was verified first', () => {
    for (const { rulings, stream } of worlds) {
      const alone = rulings.some((ruling) => ruling.kind === 'authorized' && ruling.data.by === 'policy');
      if (alone) expect(stream.some(({ event }) => event.kind === 'verified' || event.kind === 'flagged')).toBe(true);
    }
  });
});
