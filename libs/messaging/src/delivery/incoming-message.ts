import { nanos, type Msg, type MsgHdrs } from '@nats-io/transport-node';
import type { BrokerNames } from '../broker/broker-names.ts';
import { atEndOfTurn } from '../broker/end-of-turn.ts';
import type { OrderedEvent } from './redrives.ts';

/** One message in a handler's hands: what the stream stored, how often it came, and the three answers there are. */
export interface IncomingMessage {
  /** As the code speaks of it, without the prefix of the company. */
  readonly subject: string;
  readonly data: Uint8Array;
  readonly headers?: MsgHdrs | undefined;
  /** Where the event stream keeps it. */
  readonly sequence: number;
  /** When the broker stored it, in milliseconds since 1970, by the broker's clock. */
  readonly storedAtMs: number;
  /** Names this way of coming: the stream itself, or one redrive. */
  readonly delivery: string;
  /** 1 on the first delivery. */
  readonly deliveryCount: number;
  /** It is settled. */
  ack(): void;
  /** It is to come again, after a while. */
  handBack(delayMs: number): void;
  /** A sign of life: whoever has it is still at it. */
  working(): void;
}

/** A message as a durable consumer delivers it. Throws when it did not come from one. */
export function fromConsumer(message: Msg, names: BrokerNames): IncomingMessage {
  return {
    subject: names.spoken(message.subject),
    data: message.data,
    // Decoded only when somebody asks.
    get headers() {
      return message.headers;
    },
    ...readReplySubject(message.reply ?? ''),
    delivery: 'stream',
    ...answersTo(message),
  };
}

/** An event of the stream that is delivered once more because `order` says so: answers go to the order. */
export function fromRedrive(order: IncomingMessage, event: OrderedEvent): IncomingMessage {
  return {
    ...event,
    delivery: `redrive ${order.sequence}`,
    deliveryCount: order.deliveryCount,
    ack: () => order.ack(),
    handBack: (delayMs) => order.handBack(delayMs),
    working: () => order.working(),
  };
}

type DeliveryInfo = Pick<IncomingMessage, 'sequence' | 'storedAtMs' | 'deliveryCount'>;

/**
 * What the broker says of a delivery in the subject for its answer:
 * `$JS.ACK.<stream>.<consumer>.<deliveries>.<stream sequence>.<consumer sequence>.<nanoseconds>.<pending>`, since server 2.10 with
 * `<domain>.<account>` before the stream (NATS architecture decision ADR-15).
 */
function readReplySubject(reply: string): DeliveryInfo {
  const tokens = reply.split('.');
  const [deliveries, sequence, , stored] = tokens.slice(tokens.length === SHORT_FORM ? 4 : 6);
  if (!reply.startsWith('$JS.ACK.') || stored === undefined) throw new Error(`"${reply}" is not where a delivery is answered.`);
  return { deliveryCount: Number(deliveries), sequence: Number(sequence), storedAtMs: Number(BigInt(stored) / 1_000_000n) };
}

const SHORT_FORM = 9;
const WORKING = '+WPI';

/** An answer is final: whatever is said after it is not sent. */
function answersTo(message: Msg): Pick<IncomingMessage, 'ack' | 'handBack' | 'working'> {
  let isAnswered = false;
  const say = (answer: string): void => {
    if (isAnswered) return;
    isAnswered = answer !== WORKING;
    void atEndOfTurn(() => message.respond(answer));
  };
  return {
    ack: () => say('+ACK'),
    handBack: (delayMs) => say(delayMs < 1 ? '-NAK' : `-NAK ${JSON.stringify({ delay: nanos(Math.round(delayMs)) })}`),
    working: () => say(WORKING),
  };
}
