import { Inject, Injectable } from '@nestjs/common';
import { evolve, joinLives, lifeOf, NOTHING_YET, readLifecycleEvent, stampOf, type ActionLife, type Envelope } from '@troupe/contracts';
import { EventTail } from '@troupe/messaging';
import { LOG } from '@troupe/service-host';
import { APPROVALS, keyOf, type ApprovalStore } from './action-decisions.ts';

export interface Rebuilt {
  readonly actions: number;
  readonly throughSequence: number;
}

interface Says {
  info(facts: object, message: string): void;
}

/** All that is said about actions; in any order, since the fold does not depend on it. */
const FILTERS = ['evt.action.>', 'evt.approval.>', 'evt.compensation.>'];
/** No action has this id: theirs begin with `act_`. */
const MARK_KEY = 'rebuild';
const PROGRESS_EVERY = 20_000;

/**
 * Writes what is known of every action again from the stream (I6). Emits nothing.
 *
 * Decisions go on meanwhile, here and in other replicas. What was written since the rebuild began is joined with what the
 * stream tells instead of being replaced; and policy hears its own rulings, so one that was under way is not lost either.
 */
@Injectable()
export class ApprovalRebuild {
  readonly #store: ApprovalStore;
  readonly #tail: EventTail;
  readonly #log: Says;
  #running: Promise<Rebuilt> | undefined;

  constructor(@Inject(APPROVALS) store: ApprovalStore, @Inject(EventTail) tail: EventTail, @Inject(LOG) log: Says) {
    this.#store = store;
    this.#tail = tail;
    this.#log = log;
  }

  /** Killed half-way it leaves each action either as it was or as the stream tells it. Whoever asks meanwhile gets the same rebuild. */
  run(): Promise<Rebuilt> {
    this.#running ??= this.#rebuild().finally(() => (this.#running = undefined));
    return this.#running;
  }

  async #rebuild(): Promise<Rebuilt> {
    const beganAt = await this.#mark();
    const throughSequence = await this.#tail.lastSequence();
    const lives = await this.#fold(throughSequence);
    for (const [key, life] of lives) await this.#write(key, life, beganAt);
    await this.#dropOthers(lives, beganAt);
    this.#log.info({ actions: lives.size, throughSequence }, 'rebuilt');
    return { actions: lives.size, throughSequence };
  }

  /** The revision of a write made now: later ones are of decisions that go on. */
  async #mark(): Promise<number> {
    const mark = { state: NOTHING_YET, outbox: [] };
    const found = await this.#store.get(MARK_KEY);
    await (found ? this.#store.update(MARK_KEY, mark, found.revision) : this.#store.create(MARK_KEY, mark));
    return (await this.#store.get(MARK_KEY))?.revision ?? 0;
  }

  async #fold(throughSequence: number): Promise<Map<string, ActionLife>> {
    const lives = new Map<string, ActionLife>();
    let read = 0;
    if (throughSequence === 0) return lives;
    for (const filter of FILTERS) {
      await this.#tail.read({
        filter,
        fromSequence: 1,
        throughSequence,
        signal: new AbortController().signal,
        onEvent: (envelope, { sequence }) => {
          foldInto(lives, envelope, sequence);
          read += 1;
          if (read % PROGRESS_EVERY === 0) this.#log.info({ read, sequence, throughSequence, filter }, 'rebuilding');
          return Promise.resolve();
        },
      });
    }
    return lives;
  }

  /** The outbox starts empty: what was in it is on the stream, or its event comes again and is ruled on anew. */
  async #write(key: string, life: ActionLife, beganAt: number): Promise<void> {
    const current = await this.#store.get(key);
    const isNewer = current !== undefined && current.revision > beganAt;
    const next = isNewer ? { state: joinLives(current.state.state, life), outbox: current.state.outbox } : { state: life, outbox: [] };
    const isStored = current ? await this.#store.update(key, next, current.revision) : await this.#store.create(key, next);
    if (!isStored) await this.#write(key, life, beganAt);
  }

  async #dropOthers(lives: ReadonlyMap<string, ActionLife>, beganAt: number): Promise<void> {
    for await (const key of await this.#store.keys()) {
      if (lives.has(key) || key === MARK_KEY) continue;
      const current = await this.#store.get(key);
      if (current && current.revision < beganAt) await this.#store.delete(key);
    }
  }
}

/** Adds one event of the stream to the history of the action it is about. */
function foldInto(lives: Map<string, ActionLife>, envelope: Envelope, sequence: number): void {
  const event = readLifecycleEvent(envelope);
  if (!event) return;
  const key = keyOf(lifeOf(event));
  lives.set(key, evolve(lives.get(key) ?? NOTHING_YET, event, stampOf(envelope, sequence)));
}
