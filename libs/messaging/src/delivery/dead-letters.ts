import { FailureSchema, MessageDeadLettered, stableId, Streams, type Envelope, type Failure } from '@troupe/contracts';
import { z } from 'zod';
import { TerminalError } from '../errors.ts';
import { decodeEnvelope } from '../events/event-codec.ts';
import { buildEvent, type Producer } from '../events/event-factory.ts';
import type { NatsLink } from '../broker/nats-link.ts';
import { storeEvent } from '../events/publisher.ts';
import type { IncomingMessage } from './incoming-message.ts';
import { orderHeaders, redriveSubject, storedEvent } from './redrives.ts';

/** A message that could not be handled, as the dead letter stream keeps it. `payload` is the message as it was, base64. */
const DeadLetterSchema = z.object({
  service: z.string(),
  handler: z.string(),
  subject: z.string(),
  sequence: z.int(),
  /** Which history the sequence counts in; absent where histories had no names yet. */
  realm: z.string().optional(),
  deliveries: z.int(),
  failure: FailureSchema,
  payload: z.string(),
});
export type DeadLetter = z.infer<typeof DeadLetterSchema>;

/** Keeps a message that cannot be handled, and says so on the stream. Throws RetryableError when the broker is away. */
export async function buryMessage(link: NatsLink, producer: Producer, handler: string, message: IncomingMessage, failure: Failure): Promise<void> {
  const { realm } = link.history;
  const letter: DeadLetter = {
    service: link.service,
    handler,
    subject: message.subject,
    sequence: message.sequence,
    ...(realm === undefined ? {} : { realm }),
    deliveries: message.deliveryCount,
    failure,
    payload: Buffer.from(message.data).toString('base64'),
  };
  const msgID = stableId('dead', link.service, handler, realm ?? '', String(message.sequence), message.delivery);
  const ack = await link.jetstream.publish(link.names.subject(`dead.${link.service}.${handler}`), JSON.stringify(letter), { msgID });
  await storeEvent(link, announcement(producer, letter, `dl_${ack.seq}`, readable(message)));
}

/** The dead letters of the company: to look at, redrive or discard. */
export class DeadLetters {
  readonly #link: NatsLink;

  constructor(link: NatsLink) {
    this.#link = link;
  }

  /** One dead letter by the id its event names, or undefined when it was settled already. */
  async get(id: string): Promise<DeadLetter | undefined> {
    const stored = await this.#link.manager.streams.getMessage(this.#stream(), { seq: sequenceOf(id) }).catch(() => null);
    return stored ? DeadLetterSchema.parse(stored.json()) : undefined;
  }

  /**
   * Hands the event to the handler that failed, and to no other: as the stream keeps it, so nobody can forge one this way.
   * Throws TerminalError when the letter was settled, or the event is gone.
   */
  async redrive(id: string): Promise<void> {
    const letter = await this.#existing(id);
    const event = await storedEvent(this.#link, letter);
    const subject = this.#link.names.subject(redriveSubject(letter.service, letter.handler));
    await this.#link.jetstream.publish(subject, event.data, { msgID: stableId('redrive', id), headers: orderHeaders(event, letter.realm) });
    await this.#remove(id);
  }

  /** Gives up on it for good. */
  async discard(id: string): Promise<void> {
    await this.#existing(id);
    await this.#remove(id);
  }

  async #existing(id: string): Promise<DeadLetter> {
    const letter = await this.get(id);
    if (letter) return letter;
    throw new TerminalError(`There is no dead letter ${id}.`, { code: 'no_such_dead_letter', hint: 'It may have been settled already.' });
  }

  #stream(): string {
    return this.#link.names.stream(Streams.deadLetters);
  }

  async #remove(id: string): Promise<void> {
    await this.#link.manager.streams.deleteMessage(this.#stream(), sequenceOf(id), false);
  }
}

function sequenceOf(id: string): number {
  const match = /^dl_(\d{1,15})$/.exec(id);
  if (match) return Number(match[1]);
  throw new TerminalError(`"${id}" is not the id of a dead letter: they look like dl_12.`, { code: 'bad_dead_letter_id' });
}

function readable(message: IncomingMessage): Envelope | undefined {
  try {
    return decodeEnvelope(message);
  } catch {
    return undefined;
  }
}

function announcement(producer: Producer, letter: DeadLetter, deadLetterId: string, event: Envelope | undefined): Envelope {
  const id = event?.id ?? stableId('unreadable', letter.subject, String(letter.sequence));
  const data = {
    deadLetterId,
    service: letter.service,
    handler: letter.handler,
    eventType: event?.type ?? letter.subject,
    eventId: id,
    deliveries: letter.deliveries,
    failure: letter.failure,
  };
  return buildEvent(
    { ...producer, emits: [MessageDeadLettered] },
    { contract: MessageDeadLettered, data, ...(event?.subject === undefined ? {} : { subject: event.subject }) },
    {
      id: stableId('evt', 'dead', deadLetterId, id),
      time: new Date().toISOString(),
      correlationId: event?.correlationid ?? id,
      ...(event ? { causationId: event.id } : {}),
      origin: event?.origin ?? 'external',
      hops: (event?.hops ?? 0) + 1,
      ...(letter.realm === undefined ? {} : { realm: letter.realm }),
      snapshot: letter.sequence,
    },
  );
}
