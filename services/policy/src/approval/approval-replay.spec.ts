import { ABSENT, type ApprovalState } from './approval-state.ts';
import { decide, decideAtDeadline, type Deadline, type Decision } from './approval.decider.ts';
import { evolve } from './approval-evolution.ts';
import type { Desk } from './desk.ts';
import type { LifecycleEvent, Ruling, Stamp } from './lifecycle-event.ts';
import { instant } from './desk.ts';
import { about, desk, FORBID, HOUR_MS, label, NEEDS_OWNER, PERMIT, settings, START_MS, stamp } from '../testing/life.ts';

/**
 * A small world around one action. What policy says reaches the stream late and out of step with what others say, as on a
 * real broker; everybody else only reacts to what the stream already shows them.
 */
class World {
  live: ApprovalState = ABSENT;
  nowMs = START_MS;
  readonly stream: { event: LifecycleEvent; stamp: Stamp }[] = [];
  readonly rulings: Ruling[] = [];
  #taken = 0;
  readonly #unpublished: { lane: 'events' | 'timers'; ruling: Ruling; atMs: number }[] = [];
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = mulberry32(seed);
  }

  run(steps: number): this {
    this.#say(about(label).proposed());
    for (let step = 0; step < steps; step += 1) this.#step();
    while (this.#unpublished.length > 0 || this.#taken < this.stream.length) this.#policyActs();
    return this;
  }

  #step(): void {
    this.nowMs += this.#pick([0, 10, 1_000, HOUR_MS, 6 * HOUR_MS]);
    if (this.#random() < 0.55) return this.#policyActs();
    if (this.#random() < 0.25) return this.#deadline();
    const event = this.#pick([this.#verifier, this.#owner, this.#connectors]).call(this);
    if (event) this.#say(event);
  }

  /** Takes the next event of others, or brings a ruling to the stream; the two lanes overtake each other. */
  #policyActs(): void {
    const lane = this.#pick(['events', 'timers'] as const);
    const at = this.#unpublished.findIndex((waiting) => waiting.lane === lane);
    const [waiting] = at < 0 ? [] : this.#unpublished.splice(at, 1);
    if (waiting) return this.#append(waiting.ruling, stamp(waiting.atMs));
    if (this.#unpublished.some((other) => other.lane === 'events')) return;
    const next = this.stream[this.#taken];
    if (!next) return;
    this.#taken += 1;
    if (!isRuling(next.event)) this.#keep('events', decide(this.live, next.event, next.stamp, this.#desk()));
  }

  #keep(lane: 'events' | 'timers', { state, rulings }: Decision): void {
    this.live = state;
    this.rulings.push(...rulings);
    this.#unpublished.push(...rulings.map((ruling) => ({ lane, ruling, atMs: this.nowMs })));
  }

  /** A timer runs from the event that set it, once that is on the stream. */
  #deadline(): void {
    const until = this.#last('accepted')?.data.until;
    const deadline = this.#pick<Deadline>([
      { kind: 'verification' },
      ...(this.#last('held') ? [{ kind: 'expiry' } as const] : []),
      ...(until ? [{ kind: 'snooze', until } as const] : []),
    ]);
    this.#keep('timers', decideAtDeadline(this.live, deadline, this.#desk()));
  }

  #verifier(): LifecycleEvent {
    return this.#pick([about(label).verified(), about(label).flagged()]);
  }

  #owner(): LifecycleEvent | undefined {
    const card = this.#last('held');
    if (!card) return undefined;
    const { decided, undoRequested } = about(card.data.action);
    return this.#pick([
      () => decided({ decision: 'approve' }),
      () => decided({ decision: 'approve', digest: 'sha256:old' }),
      () => decided({ decision: 'edit', args: { ...label.args, add: [this.#pick(['a', 'b', 'forbidden'])] } }),
      () => decided({ decision: 'snooze', until: instant(this.nowMs + this.#pick([1, HOUR_MS])) }),
      () => (this.#random() < 0.1 ? decided({ decision: 'reject' }) : undefined),
      () => (this.#random() < 0.1 ? decided({ decision: 'respond', response: 'No' }) : undefined),
      () => (this.#last('authorized') ? undoRequested() : undefined),
    ])();
  }

  /** The effect gate: cancels or attempts once per authorisation, then says how it went. */
  #connectors(): LifecycleEvent | undefined {
    const authorized = this.#last('authorized');
    if (!authorized) return undefined;
    const { actionId, action, authorizationId, compensates } = authorized.data;
    const of = about(action, actionId);
    const more = { authorizationId, ...(compensates === undefined ? {} : { compensates }) };
    const told = this.stream.filter(({ event }) => event.data.actionId === actionId).map(({ event }) => event.kind);
    if (told.some((kind) => kind === 'executed' || kind === 'failed' || kind === 'undone')) return undefined;
    if (!told.includes('attempted')) return told.includes('undo_requested') && this.#random() < 0.5 ? of.undone() : of.attempted(authorizationId);
    return this.#pick([of.executed(more), of.executed(more), of.failed(more), told.includes('unknown') ? of.executed(more) : of.unknown(authorizationId)]);
  }

  #last<Kind extends 'held' | 'authorized' | 'accepted'>(kind: Kind): LifecycleEvent<Kind> | undefined {
    return this.stream.flatMap(({ event }) => (event.kind === kind ? [event as LifecycleEvent<Kind>] : [])).at(-1);
  }

  #say(event: LifecycleEvent): void {
    this.#append(event, stamp(this.nowMs));
  }

  #append(event: LifecycleEvent, at: Stamp): void {
    this.stream.push({ event, stamp: at });
  }

  #desk(): Desk {
    const alone = this.#random() < 0.3 ? PERMIT : NEEDS_OWNER;
    return desk((card) => (JSON.stringify(card.action.args).includes('forbidden') ? FORBID : alone), this.nowMs);
  }

  #pick<Value>(values: readonly Value[]): Value {
    return values[Math.floor(this.#random() * values.length)] as Value;
  }
}

const RULINGS = ['held', 'authorized', 'denied', 'expired', 'accepted', 'refused', 'compensated', 'compensation_failed'];
const isRuling = (event: LifecycleEvent) => RULINGS.includes(event.kind);

/** A seeded random number generator (Tommy Ettinger's mulberry32, public domain), so that a failure can be repeated. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

describe('2,000 random lives', () => {
  const worlds = Array.from({ length: 2_000 }, (_, seed) => new World(seed).run(60));

  it('are rebuilt by folding the stream, wherever a ruling came to lie on it (I6)', () => {
    for (const [seed, world] of worlds.entries()) {
      const rebuilt = world.stream.reduce((state, { event, stamp: at }) => evolve(state, event, at), ABSENT);
      expect({ seed, state: rebuilt }).toEqual({ seed, state: world.live });
    }
  });

  it('never see two authorisations for one action (I1, I4)', () => {
    for (const { rulings } of worlds) {
      const ids = rulings.flatMap((ruling) => (ruling.kind === 'authorized' ? [ruling.data.actionId] : []));
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it('are authorised by a permit or by a word of the owner that came in time, never by time (I8)', () => {
    for (const { stream } of worlds) {
      const authorized = stream.findIndex(({ event }) => event.kind === 'authorized');
      if (authorized < 0) continue;
      const before = stream.slice(0, authorized).map(({ event }) => event);
      expect(before.some((event) => event.kind === 'verified' || event.kind === 'flagged' || event.kind === 'decided')).toBe(true);
      expect(before.some((event) => event.kind === 'expired' || event.kind === 'denied')).toBe(false);
    }
  });

  it('answer each decision of the owner once', () => {
    const answers = ['authorized', 'held', 'denied', 'accepted', 'refused'];
    for (const { stream, rulings } of worlds) {
      const decisions = stream.filter(({ event }) => event.kind === 'decided').length;
      const byPolicy = rulings.filter((ruling) => answers.includes(ruling.kind)).length;
      expect(byPolicy).toBeGreaterThanOrEqual(decisions);
    }
  });

  it('answer each undo, once its action has come to an end', () => {
    for (const { stream, live } of worlds) {
      const undos = stream.filter(({ event }) => event.kind === 'undo_requested').length;
      const isOpen = live.kind === 'authorised' || live.kind === 'executing';
      const answered = stream.some(({ event }) => event.kind === 'undone' || event.kind === 'compensation_failed' || isCompensation(event));
      if (undos > 0 && !isOpen) expect(answered).toBe(true);
    }
  });

  it('come into every state that ends a life, so that the above says something', () => {
    const ends = new Set(worlds.map(({ live }) => live.kind));
    for (const kind of ['executed', 'failed', 'unknown', 'undone', 'denied', 'answered', 'compensated', 'compensating']) expect(ends).toContain(kind);
    expect(settings.approvalTtlMs).toBeLessThan(60 * 6 * HOUR_MS);
    expect(ends).toContain('expired');
  });
});

function isCompensation(event: LifecycleEvent): boolean {
  return event.kind === 'authorized' && event.data.compensates !== undefined;
}
