import { outputId, type DataOf, type Envelope, type EventContract, type Origin } from '@troupe/contracts';
import { buildEvent, inheritedOrigin, type Draft, type Producer } from '../events/event-factory.ts';

/** How one output differs from what it inherits. */
export interface EmitOptions {
  /** The entity the event is about; default: that of the event being handled. */
  readonly subject?: string;
  /** Raises the taint of the output; it can never be lowered. */
  readonly origin?: Origin;
  /** Names this output among those of the same event, instead of its place in the order: for handlers whose outputs before it differ from delivery to delivery. */
  readonly key?: string;
}

/** What a handler knows about the message in its hands, and how it answers. */
export interface HandlerContext {
  /** `<service>.<method>`: whose outputs these are. */
  readonly handler: string;
  readonly event: Envelope;
  /** The stream sequence of the event; the snapshot its outputs name. */
  readonly sequence: number;
  readonly deliveryCount: number;
  /** When the broker stored the event, in milliseconds since 1970, by the broker's clock. */
  readonly storedAtMs: number;
  /** The event as it lies on the stream; only for handlers that take everything. */
  readonly text?: string | undefined;
  /** Aborted when the service drains and the handler has used up its time. */
  readonly signal: AbortSignal;
  /** Collects an output; it is stored after the handler returns and before the message is acknowledged (I3). Returns its id. */
  emit<Contract extends EventContract>(contract: Contract, data: DataOf<Contract>, options?: EmitOptions): string;
  /** Stores an output at once; for what must be on record before something else happens. Returns its id. */
  publishNow<Contract extends EventContract>(contract: Contract, data: DataOf<Contract>, options?: EmitOptions): Promise<string>;
  /** A deterministic id for something this handler asks for while it handles this event. */
  nextId(prefix: string): string;
}

/** The message that a handler is called for. */
export interface Trigger {
  readonly event: Envelope;
  readonly sequence: number;
  readonly deliveryCount: number;
  /** Which history the sequence counts in. */
  readonly realm?: string | undefined;
  /** Default: when the event says it happened. */
  readonly storedAtMs?: number;
  readonly text?: string | undefined;
  readonly signal: AbortSignal;
}

interface ContextParts {
  readonly producer: Producer;
  readonly handler: string;
  readonly publish: (event: Envelope) => Promise<void>;
  readonly now: () => number;
  /** Of a what-if run; empty for the real one. */
  readonly branch?: string;
}

/** The context of one delivery. Ids count up from the event, so a redelivery that decides the same emits the same (I2). */
export class CollectingContext implements HandlerContext {
  readonly handler: string;
  readonly event: Envelope;
  readonly sequence: number;
  readonly deliveryCount: number;
  readonly storedAtMs: number;
  readonly text: string | undefined;
  readonly signal: AbortSignal;
  readonly #realm: string | undefined;
  readonly #parts: ContextParts;
  readonly #outputs: Envelope[] = [];
  #index = 0;

  constructor(trigger: Trigger, parts: ContextParts) {
    this.event = trigger.event;
    this.sequence = trigger.sequence;
    this.deliveryCount = trigger.deliveryCount;
    this.storedAtMs = trigger.storedAtMs ?? Date.parse(trigger.event.time);
    this.text = trigger.text;
    this.signal = trigger.signal;
    this.#realm = trigger.realm;
    this.handler = parts.handler;
    this.#parts = parts;
  }

  /** What was emitted, in order. */
  get outputs(): readonly Envelope[] {
    return this.#outputs;
  }

  emit<Contract extends EventContract>(contract: Contract, data: DataOf<Contract>, options: EmitOptions = {}): string {
    const event = this.#build({ contract, data, ...options }, options.key);
    this.#outputs.push(event);
    return event.id;
  }

  async publishNow<Contract extends EventContract>(contract: Contract, data: DataOf<Contract>, options: EmitOptions = {}): Promise<string> {
    const event = this.#build({ contract, data, ...options }, options.key);
    await this.#parts.publish(event);
    return event.id;
  }

  nextId(prefix: string): string {
    return outputId(this.event.id, this.#parts.handler, this.#index++, this.#parts.branch).replace(/^evt/, prefix);
  }

  /** Stores what was collected; stops at the first that cannot be stored. */
  async flush(): Promise<void> {
    for (const event of this.#outputs) await this.#parts.publish(event);
  }

  #build(draft: Draft, key: string | undefined): Envelope {
    const { event } = this;
    const subject = draft.subject ?? event.subject;
    return buildEvent(this.#parts.producer, { ...draft, ...(subject === undefined ? {} : { subject }) }, {
      id: key === undefined ? this.nextId('evt') : outputId(event.id, this.#parts.handler, key, this.#parts.branch),
      time: new Date(this.#parts.now()).toISOString(),
      correlationId: event.correlationid,
      causationId: event.id,
      origin: inheritedOrigin(event.origin, draft.origin),
      hops: event.hops + 1,
      ...(this.#realm === undefined ? {} : { realm: this.#realm }),
      snapshot: this.sequence,
    });
  }
}
