import { Inject, Injectable } from '@nestjs/common';
import type { Envelope } from '@troupe/contracts';
import { EventTail } from '@troupe/messaging';
import { evolve } from './approval/approval-evolution.ts';
import { ABSENT, type ApprovalState } from './approval/approval-state.ts';
import { lifeOf, readLifecycleEvent, stampOf } from './approval/lifecycle-event.ts';
import { APPROVALS, keyOf, type ApprovalStore } from './approval-lives.ts';
import { RebuildGate } from './rebuild-gate.ts';

export interface Rebuilt {
  readonly actions: number;
  readonly throughSequence: number;
}

/** Adds one event of the stream to the life it belongs to. */
function foldInto(states: Map<string, ApprovalState>, envelope: Envelope): void {
  const event = readLifecycleEvent(envelope);
  if (!event) return;
  const key = keyOf(lifeOf(event));
  const state = evolve(states.get(key) ?? ABSENT, event, stampOf(envelope));
  if (state.kind !== 'absent') states.set(key, state);
}

/** Writes the state of every action again from the stream (I6). Emits nothing. */
@Injectable()
export class ApprovalRebuild {
  readonly #store: ApprovalStore;
  readonly #tail: EventTail;
  readonly #gate: RebuildGate;

  constructor(
    @Inject(APPROVALS) store: ApprovalStore,
    @Inject(EventTail) tail: EventTail,
    @Inject(RebuildGate) gate: RebuildGate,
  ) {
    this.#store = store;
    this.#tail = tail;
    this.#gate = gate;
  }

  /** Decisions wait meanwhile. Killed half-way it leaves each state either as it was or as the stream tells it. */
  run(): Promise<Rebuilt> {
    return this.#gate.alone(async () => {
      const throughSequence = await this.#tail.lastSequence();
      const states = await this.#fold(throughSequence);
      for (const [key, state] of states) await this.#replace(key, state);
      await this.#dropOthers(states);
      return { actions: states.size, throughSequence };
    });
  }

  async #fold(throughSequence: number): Promise<Map<string, ApprovalState>> {
    const states = new Map<string, ApprovalState>();
    if (throughSequence === 0) return states;
    await this.#tail.read({
      fromSequence: 1,
      throughSequence,
      signal: new AbortController().signal,
      onEvent: (envelope) => Promise.resolve(foldInto(states, envelope)),
    });
    return states;
  }

  /** The outbox starts empty: what was in it is on the stream, or its event comes again and is ruled on anew. */
  async #replace(key: string, state: ApprovalState): Promise<void> {
    const fresh = { state, outbox: [] };
    const current = await this.#store.get(key);
    const isStored = current ? await this.#store.update(key, fresh, current.revision) : await this.#store.create(key, fresh);
    if (!isStored) await this.#replace(key, state);
  }

  async #dropOthers(states: ReadonlyMap<string, ApprovalState>): Promise<void> {
    for await (const key of await this.#store.keys()) {
      if (!states.has(key)) await this.#store.delete(key);
    }
  }
}
