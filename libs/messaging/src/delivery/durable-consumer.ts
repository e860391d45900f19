import { AckPolicy, DeliverPolicy, JetStreamApiError, type ConsumerConfig, type ConsumerInfo } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { provisionStreams } from '../broker/provision-streams.ts';
import type { NatsLink } from '../broker/nats-link.ts';
import type { ConsumerPosition } from './consumer-position.ts';

/** A durable pull consumer as a service wants it. */
export interface ConsumerSpec {
  readonly stream: string;
  readonly durable: string;
  readonly filter: string;
  readonly ackWaitMs: number;
  /** Messages in hand or handed back, over all replicas. */
  readonly maxPending: number;
  /** Where it begins when it has never been: see {@link OnOptions.startFrom}. */
  readonly startFrom: 'recent' | 'first';
  /** `Class.method`, for messages to people. */
  readonly handler: string;
}

const RECENT_MS = 60 * 60 * 1_000;

/** Makes sure that a durable consumer is there, as wanted and where it was: its position outlives it. */
export class DurableConsumer {
  readonly #link: NatsLink;
  readonly #spec: ConsumerSpec;
  readonly #position: ConsumerPosition | undefined;

  /** Without a position the stream itself keeps what is unsettled (a work queue). */
  constructor(link: NatsLink, spec: ConsumerSpec, position?: ConsumerPosition) {
    this.#link = link;
    this.#spec = spec;
    this.#position = position;
  }

  /** Where its messages are asked for. */
  get requestSubject(): string {
    const { stream, durable } = this.#spec;
    return `${this.#link.jetstream.apiPrefix}.CONSUMER.MSG.NEXT.${stream}.${durable}`;
  }

  /** Makes sure that the consumer is there, made anew where it is missing. Safe from several replicas at once. Throws with the fix when it is another's. */
  async bind(): Promise<void> {
    const existing = await this.#find();
    if (existing) await this.#adopt(existing);
    else await this.#create();
  }

  /** The same after it was lost, perhaps with its stream: a broker may have come back empty, or with another history. */
  async bindAgain(): Promise<void> {
    await provisionStreams(this.#link);
    await this.bind();
  }

  /** Notes how far everything is settled. */
  async notePosition(): Promise<void> {
    if (!this.#position) return;
    const { stream, durable } = this.#spec;
    const { ack_floor: floor } = await this.#link.manager.consumers.info(stream, durable);
    await this.#position.raise(floor.stream_seq);
  }

  async #find(): Promise<ConsumerInfo | undefined> {
    const { stream, durable } = this.#spec;
    return this.#link.manager.consumers.info(stream, durable).catch(missing);
  }

  /** Never sends a start position: the broker would refuse it for a consumer that exists. */
  async #adopt(existing: ConsumerInfo): Promise<void> {
    const { stream, durable, filter, handler } = this.#spec;
    const found = existing.config.filter_subject ?? '';
    if (found !== filter) {
      throw new Error(`The durable consumer "${durable}" exists for "${found}", not "${filter}": rename the method ${handler}, or delete the consumer.`);
    }
    const { ack_wait, max_ack_pending, max_deliver } = this.#config();
    const wanted = { ack_wait: ack_wait!, max_ack_pending: max_ack_pending!, max_deliver: max_deliver! };
    if (isAsWanted(existing.config, wanted)) return;
    await this.#link.manager.consumers.update(stream, durable, wanted).catch((refusal: unknown) => this.#remake(refusal));
  }

  /** nats-server 2.9 changes no consumer that began at a time: it is made anew where it was. What was in hand comes again. */
  async #remake(refusal: unknown): Promise<void> {
    if (!(refusal instanceof JetStreamApiError) || !this.#position) throw refusal;
    const { stream, durable } = this.#spec;
    await this.notePosition();
    await this.#link.manager.consumers.delete(stream, durable);
    await this.#create();
  }

  async #create(): Promise<void> {
    const { stream } = this.#spec;
    const created = await this.#link.manager.consumers
      .add(stream, { ...this.#config(), ...(await this.#start()) })
      .catch((refusal: unknown) => this.#madeByAnother(refusal));
    await this.#position?.reset(created.ack_floor.stream_seq);
  }

  /** Replicas that start together make the consumer together: whoever comes second is refused, and finds what it wanted. */
  async #madeByAnother(refusal: unknown): Promise<ConsumerInfo> {
    const existing = await this.#find();
    if (!existing) throw refusal;
    await this.#adopt(existing);
    return existing;
  }

  async #start(): Promise<Partial<ConsumerConfig>> {
    const settled = await this.#settledBefore();
    if (settled !== undefined) return { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: settled + 1 };
    if (this.#spec.startFrom === 'first') return { deliver_policy: DeliverPolicy.All };
    return { deliver_policy: DeliverPolicy.StartTime, opt_start_time: new Date(Date.now() - RECENT_MS).toISOString() };
  }

  async #settledBefore(): Promise<number | undefined> {
    if (!this.#position) return undefined;
    const { state } = await this.#link.manager.streams.info(this.#spec.stream);
    return this.#position.read(state.last_seq);
  }

  #config(): Partial<ConsumerConfig> {
    const { durable, filter, ackWaitMs, maxPending } = this.#spec;
    return {
      durable_name: durable,
      filter_subject: filter,
      ack_policy: AckPolicy.Explicit,
      ack_wait: nanos(ackWaitMs),
      max_ack_pending: maxPending,
      max_deliver: -1,
    };
  }
}

function isAsWanted(found: ConsumerInfo['config'], wanted: Readonly<Partial<ConsumerConfig>>): boolean {
  return Object.entries(wanted).every(([name, value]) => found[name as keyof ConsumerConfig] === value);
}

function missing(error: unknown): undefined {
  if (error instanceof JetStreamApiError) return undefined;
  throw error;
}
