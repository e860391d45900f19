import type { JsMsg } from '@nats-io/jetstream';
import type { BrokerNames } from '../broker/broker-names.ts';
import type { OrderedEvent } from './redrives.ts';

/** One message in a handler's hands: what the stream stored, how often it came, and the three answers there are. */
export interface IncomingMessage {
  /** As the code speaks of it, without the prefix of the company. */
  readonly subject: string;
  readonly data: Uint8Array;
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

/** A message as a durable consumer delivers it. */
export function fromConsumer(message: JsMsg, names: BrokerNames): IncomingMessage {
  return {
    subject: names.spoken(message.subject),
    data: message.data,
    sequence: message.seq,
    storedAtMs: toMs(message.timestampNanos),
    delivery: 'stream',
    deliveryCount: message.info.deliveryCount,
    ...answersOf(message),
  };
}

/** An event of the stream that is delivered once more because `order` says so: answers go to the order. */
export function fromRedrive(order: JsMsg, event: OrderedEvent): IncomingMessage {
  return {
    ...event,
    delivery: `redrive ${order.seq}`,
    deliveryCount: order.info.deliveryCount,
    ...answersOf(order),
  };
}

function answersOf(message: JsMsg): Pick<IncomingMessage, 'ack' | 'handBack' | 'working'> {
  return {
    ack: () => message.ack(),
    handBack: (delayMs) => message.nak(Math.max(0, Math.round(delayMs))),
    working: () => message.working(),
  };
}

function toMs(nanos: bigint): number {
  return Number(nanos / 1_000_000n);
}
