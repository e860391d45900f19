import { findEvent, type DataOf, type EventContract, type Origin } from '@troupe/contracts';
import { crashPoint } from '../crash-point.ts';
import { RetryableError } from '../errors.ts';
import type { Draft } from '../events/event-factory.ts';
import type { HandlerContext } from '../delivery/handler-context.ts';
import type { StateStore } from './state-store.ts';

/** A state together with what recent events made of it: a transactional outbox in one document. */
export interface Decided<State> {
  readonly state: State;
  readonly outbox: readonly StoredDecision[];
}

/** What a bucket holds of one key. */
export interface StoredState<State> {
  readonly state: Decided<State>;
  readonly revision: number;
}

interface StoredDecision {
  readonly eventId: string;
  readonly handler: string;
  readonly outputs: readonly StoredDraft[];
}

interface StoredDraft {
  readonly type: string;
  readonly data: unknown;
  readonly subject?: string;
  readonly origin?: Origin;
}

/** More than the events that can be in flight for one key at a time. */
const OUTBOX_LENGTH = 32;
const MAX_CONFLICTS = 8;

/** A draft whose data fits its contract, as the compiler sees it. */
export function draft<Contract extends EventContract>(
  contract: Contract,
  data: DataOf<Contract>,
  options: { readonly subject?: string; readonly origin?: Origin } = {},
): Draft {
  return { contract, data, ...options };
}

/**
 * Decides once per event, handler and key, however often the event is delivered and however many replicas take it: state and
 * outputs are stored in one compare-and-set, then emitted. A repeat emits what was stored. Throwing in `decide` changes
 * nothing. Who has just read the state hands it in as `read`; should it have changed since, it is read again.
 * (The transactional outbox pattern: https://microservices.io/patterns/data/transactional-outbox.html.)
 */
export async function decideOnce<State>(
  store: StateStore<Decided<State>>,
  ctx: HandlerContext,
  key: string,
  decide: (state: State | undefined) => { readonly state: State; readonly outputs: readonly Draft[] },
  read?: { readonly entry: StoredState<State> | undefined },
): Promise<State> {
  for (let attempt = 0; attempt < MAX_CONFLICTS; attempt += 1) {
    const current = attempt === 0 && read ? read.entry : await store.get(key);
    const earlier = current?.state.outbox.find(({ eventId, handler }) => eventId === ctx.event.id && handler === ctx.handler);
    if (current && earlier) return emitStored(ctx, earlier, current.state.state);
    const { state, outputs } = decide(current?.state.state);
    const decision = { eventId: ctx.event.id, handler: ctx.handler, outputs: outputs.map(toStored) };
    const next = { state, outbox: [...(current?.state.outbox ?? []), decision].slice(-OUTBOX_LENGTH) };
    const stored = current ? await store.update(key, next, current.revision) : await store.create(key, next);
    if (stored !== undefined) {
      crashPoint('messaging.state-stored');
      return emitStored(ctx, decision, state);
    }
  }
  throw new RetryableError(`${key} is being changed by others.`, { code: 'conflict', delayMs: 100 });
}

function emitStored<State>(ctx: HandlerContext, decision: StoredDecision, state: State): State {
  for (const { type, data, ...options } of decision.outputs) ctx.emit(contractOf(type), data, options);
  return state;
}

function toStored({ contract, data, subject, origin }: Draft): StoredDraft {
  return { type: contract.type, data, ...(subject === undefined ? {} : { subject }), ...(origin === undefined ? {} : { origin }) };
}

function contractOf(type: string): EventContract {
  const contract = findEvent(type);
  if (!contract) throw new Error(`The outbox holds ${type}, which has no contract any more: add an upcaster.`);
  return contract;
}
