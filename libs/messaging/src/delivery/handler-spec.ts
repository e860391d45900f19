import type { EventContract, QueryContract } from '@troupe/contracts';

/** How a handler takes its messages. */
export interface OnOptions {
  /** Messages in hand at the same time, per process; what does not fit stays with the broker. Default 32. */
  readonly concurrency?: number;
  /** How long the broker waits for a sign of life before it delivers again. Heartbeats are sent by themselves. Default 4,000. */
  readonly ackWaitMs?: number;
  /** Unforeseen errors after which a message becomes a dead letter, over all replicas. Default 5. */
  readonly maxFailures?: number;
  /** This handler waits for moments (it throws NotDueError): any number of its messages may be waiting at a time. Default false. */
  readonly timer?: boolean;
  /**
   * Where a durable consumer begins the first time: with what arrived during the last hour, so that the order in which
   * services boot does not matter and old mail is not answered anew; or with the first event of the stream.
   */
  readonly startFrom?: 'recent' | 'first';
}

/** A handler of one event type; its durable consumer is its own. */
export interface EventHandlerSpec {
  readonly kind: 'event';
  readonly className: string;
  readonly method: string;
  readonly events: readonly EventContract[];
  readonly filter: string;
  /** One story at a time, in stream order. */
  readonly ordered: boolean;
  /** It only records: it takes every event that matches, of a type known here or not, however long its causal chain. */
  readonly everything: boolean;
  readonly options: OnOptions;
}

/** A method that answers a query over core NATS request/reply. */
export interface QueryHandlerSpec {
  readonly kind: 'query';
  readonly className: string;
  readonly method: string;
  readonly query: QueryContract;
}

/** What a marked method handles, told apart by `kind`. */
export type HandlerSpec = EventHandlerSpec | QueryHandlerSpec;

/** The name of a handler's durable consumer; the one place it is made. */
export function durableName(service: string, spec: Pick<EventHandlerSpec, 'method'>): string {
  return `${service}__${spec.method}`;
}

/** The name of the durable consumer over which a service is told what to take once more. */
export function redrivesName(service: string): string {
  return `${service}__redrives`;
}

/** Under which key Nest hands a handler's specification to the transport. */
export const SPEC = 'troupe';

const registry = new WeakMap<object, HandlerSpec[]>();

/** Remembers a specification on its class, so that a catalog can be printed without starting anything. */
export function registerSpec(prototype: object, spec: HandlerSpec): void {
  registry.set(prototype, [...(registry.get(prototype) ?? []), spec]);
}

/** What a class handles, in source order. */
export function handlerSpecsOf(type: { readonly prototype: object }): readonly HandlerSpec[] {
  return registry.get(type.prototype) ?? [];
}
