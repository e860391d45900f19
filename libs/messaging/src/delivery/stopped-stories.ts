import { DeliverPolicy, type Consumer, type ConsumerMessages, type JsMsg } from '@nats-io/jetstream';
import { DeliveryBuckets, StoryHoldSchema, storyKey, type StoryHold } from '@troupe/contracts';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { NatsLink } from '../broker/nats-link.ts';
import { patiently } from '../broker/patiently.ts';
import { States } from '../state/state-store.ts';

const BUCKET = DeliveryBuckets.quarantine;
const RETRY_PAUSE_MS = 250;

/**
 * Which stories policy has stopped, released or ended, as of now: one reader of their bucket per service, so that a message
 * costs a look into a map and the normal case, an empty bucket, costs nothing. The bucket is read from its beginning whenever
 * it, or the broker, comes back; until that is done what was known stays in force.
 */
export class StoppedStories {
  readonly #link: NatsLink;
  readonly #log: Logger;
  #holds = new Map<string, StoryHold>();
  #messages: ConsumerMessages | undefined;
  #stopping = false;
  #reading: Promise<void> = Promise.resolve();

  constructor(link: NatsLink, log: Logger) {
    this.#link = link;
    this.#log = log;
  }

  /** Resolves once it is known what had been stopped before. */
  async start(): Promise<void> {
    const consumer = await patiently(() => this.#open());
    await new Promise<void>((known, failed) => {
      this.#reading = this.#keepReading(consumer, known).then(known, failed);
    });
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#messages?.stop();
    await this.#reading;
  }

  /** What is in force for a story; undefined when it was never stopped. */
  of(story: string): StoryHold | undefined {
    return this.#holds.size === 0 ? undefined : this.#holds.get(storyKey(story));
  }

  async #open(): Promise<Consumer> {
    await new States(this.#link).open<StoryHold>(BUCKET);
    const bucket = this.#link.names.bucket(BUCKET);
    return this.#link.jetstream.consumers.get(`KV_${bucket}`, { filter_subjects: `$KV.${bucket}.>`, deliver_policy: DeliverPolicy.LastPerSubject });
  }

  async #keepReading(first: Consumer, known: () => void): Promise<void> {
    let consumer: Consumer | undefined = first;
    while (!this.#stopping) {
      try {
        consumer ??= await this.#open();
        await this.#read(consumer, known);
      } catch (error) {
        if (this.#stopping || this.#link.connection.isClosed()) return;
        this.#log.debug({ error: String(error) }, 'stopped stories: reading anew');
      }
      consumer = undefined;
      if (!this.#stopping) await sleep(RETRY_PAUSE_MS);
    }
  }

  /** Ends, or rejects, when the bucket is gone. */
  async #read(consumer: Consumer, known: () => void): Promise<void> {
    const messages = await consumer.consume({ max_messages: 256, idle_heartbeat: 5_000, abort_on_missing_resource: true });
    this.#messages = messages;
    if (this.#stopping) messages.stop();
    const holds = new Map<string, StoryHold>();
    let missing = (await consumer.info(true)).num_pending;
    if (missing === 0) this.#replace(holds, known);
    for await (const message of messages) {
      take(holds, message);
      missing -= 1;
      if (missing <= 0) this.#replace(holds, known);
    }
  }

  #replace(holds: Map<string, StoryHold>, known: () => void): void {
    this.#holds = holds;
    known();
  }
}

/** A deleted key, or one that cannot be read, holds nothing back. */
function take(holds: Map<string, StoryHold>, message: JsMsg): void {
  const key = message.subject.slice(message.subject.lastIndexOf('.') + 1);
  const hold = StoryHoldSchema.safeParse(message.data.byteLength === 0 ? undefined : safeJson(message));
  if (hold.success) holds.set(key, hold.data);
  else holds.delete(key);
}

function safeJson(message: JsMsg): unknown {
  try {
    return message.json<unknown>();
  } catch {
    return undefined;
  }
}
