import { DeliveryBuckets, Streams, type Envelope } from '@troupe/contracts';
import type { Logger } from 'pino';
import type { NatsLink } from '../broker/nats-link.ts';
import type { Producer } from '../events/event-factory.ts';
import { NotDueError, RetryableError } from '../errors.ts';
import { States } from '../state/state-store.ts';
import { AnsweredMessages } from './answered-messages.ts';
import { ConsumerPosition, type Position } from './consumer-position.ts';
import { DeliveryRecords, type DeliveryRecord } from './delivery-records.ts';
import { DurableConsumer, type ConsumerSpec } from './durable-consumer.ts';
import { DurableSubscription } from './durable-subscription.ts';
import { deliver, type DeliveryParts } from './event-delivery.ts';
import { durableName, redrivesName, type EventHandlerSpec } from './handler-spec.ts';
import { fromRedrive, type IncomingMessage } from './incoming-message.ts';
import { handlerOf, orderedEvent, orderOnceReleased, redriveFilter } from './redrives.ts';
import type { StoppedStories } from './stopped-stories.ts';
import type { Waits } from './waits.ts';
import { WorkQueue } from './work-queue.ts';

/** A durable consumer, the places its messages are handled in, and the signs of life for what is in hand. */
export interface Channel {
  readonly subscription: DurableSubscription;
  readonly queue: WorkQueue;
  readonly heartbeat: NodeJS.Timeout;
}

/** A handler and how to call it. */
export interface Hosted {
  readonly spec: EventHandlerSpec;
  readonly invoke: DeliveryParts['invoke'];
}

/** What the channels of one service share. */
export interface ChannelParts {
  readonly link: NatsLink;
  readonly producer: Producer;
  readonly log: Logger;
  readonly now: () => number;
  readonly signal: AbortSignal;
  readonly deliverTwice: boolean;
  readonly waits: Waits;
  readonly stories: Pick<StoppedStories, 'of'>;
  /** How long an event of a stopped story stays with the broker before it is looked at again. */
  readonly stoppedForMs: number;
}

interface Stores {
  readonly positions: Awaited<ReturnType<typeof openPositions>>;
  readonly records: Awaited<ReturnType<typeof openRecords>>;
}

const DEFAULT_CONCURRENCY = 32;
/** Short, so that what a dead process had in hand is soon taken up by another; long handlers give signs of life. */
const DEFAULT_ACK_WAIT_MS = 4_000;
/** What waits for something that is away takes places with the broker too, so that a long outage costs a bounded number of tries. */
const MAX_PENDING = 1_000;
/** What waits for a moment, or for its story to be released. */
const MAX_PENDING_TIMERS = 100_000;
const RECORDS_TTL_MS = 24 * 60 * 60 * 1_000;
const REDRIVES_AT_ONCE = 4;
const decoder = new TextDecoder();

/** One channel for each handler, and one for what the owner wants redriven. None when there are no handlers. */
export async function openChannels(handlers: readonly Hosted[], parts: ChannelParts): Promise<Channel[]> {
  if (handlers.length === 0) return [];
  const states = new States(parts.link);
  const stores = { positions: await openPositions(states), records: await openRecords(states) };
  const alone = inTurn();
  return [...handlers.map((hosted) => handlerChannel(hosted, alone, stores, parts)), redriveChannel(handlers, alone, stores, parts)];
}

function openPositions(states: States) {
  return states.open<Position>(DeliveryBuckets.positions);
}

function openRecords(states: States) {
  return states.open<DeliveryRecord>(DeliveryBuckets.records, { ttlMs: RECORDS_TTL_MS });
}

function handlerChannel(hosted: Hosted, alone: DeliveryParts['alone'], stores: Stores, parts: ChannelParts): Channel {
  const { spec } = hosted;
  const { link } = parts;
  const consumer = {
    stream: link.names.stream(Streams.events),
    durable: link.names.consumer(durableName(link.service, spec)),
    filter: link.names.subject(spec.filter),
    ackWaitMs: spec.options.ackWaitMs ?? DEFAULT_ACK_WAIT_MS,
    maxPending: spec.options.timer ? MAX_PENDING_TIMERS : MAX_PENDING,
    startFrom: spec.options.startFrom ?? 'recent',
    handler: `${spec.className}.${spec.method}`,
  };
  const untilReleased = (message: IncomingMessage): Promise<void> => orderOnceReleased(link, spec.method, message);
  const delivery = { ...deliveryParts(hosted, spec.method, alone, stores, parts), untilReleased };
  const places = new WorkQueue(spec.options.concurrency ?? DEFAULT_CONCURRENCY);
  return openChannel(consumer, places, stores, parts, (message, take) => {
    take(message, spec.ordered ? storyOf(message) : undefined, () => deliver(delivery, message));
  });
}

/** Redriven events are handled beside the stream's own, by the same handlers, with a memory of their own. */
function redriveChannel(handlers: readonly Hosted[], alone: DeliveryParts['alone'], stores: Stores, parts: ChannelParts): Channel {
  const { link, log } = parts;
  const consumer: ConsumerSpec = {
    stream: link.names.stream(Streams.redrives),
    durable: link.names.consumer(redrivesName(link.service)),
    filter: link.names.subject(redriveFilter(link.service)),
    ackWaitMs: DEFAULT_ACK_WAIT_MS,
    maxPending: MAX_PENDING_TIMERS,
    startFrom: 'first',
    handler: 'redrives',
  };
  const untilReleased = async (): Promise<void> => {
    throw new NotDueError('Its story was stopped and waits for the owner.', parts.now() + parts.stoppedForMs);
  };
  const deliveries = new Map(
    handlers.map((hosted) => [hosted.spec.method, { ...deliveryParts(hosted, `redrive.${hosted.spec.method}`, alone, stores, parts), untilReleased }]),
  );
  return openChannel(consumer, new WorkQueue(REDRIVES_AT_ONCE), stores, parts, (order, take) => {
    const delivery = deliveries.get(handlerOf(order));
    take(order, undefined, async () => {
      if (delivery) return redrive(link, delivery, order);
      log.error({ subject: order.subject }, 'a redrive names a handler that is not here any more');
      order.ack();
    });
  });
}

async function redrive(link: NatsLink, delivery: DeliveryParts, order: IncomingMessage): Promise<void> {
  try {
    await deliver(delivery, fromRedrive(order, orderedEvent(link.history, order)));
  } catch (error) {
    delivery.log.warn({ subject: order.subject, error: String(error) }, 'a redrive could not be followed');
    if (error instanceof RetryableError) order.handBack(error.delayMs);
    else order.ack();
  }
}

function deliveryParts({ spec, invoke }: Hosted, name: string, alone: DeliveryParts['alone'], stores: Stores, parts: ChannelParts): Omit<DeliveryParts, 'untilReleased'> {
  const { link, producer, log, now, signal, deliverTwice, waits, stories } = parts;
  const answered = new AnsweredMessages();
  waits.watch(name, answered);
  const records = new DeliveryRecords(stores.records, `${link.service}.${name}`, link.history);
  return { link, producer, spec, log, now, signal, deliverTwice, answered, records, stories, alone, invoke };
}

type Take = (message: IncomingMessage, key: string | undefined, run: () => Promise<void>) => void;

function openChannel(spec: ConsumerSpec, queue: WorkQueue, { positions }: Stores, { link, log }: ChannelParts, onMessage: (message: IncomingMessage, take: Take) => void): Channel {
  const inHand = new Set<IncomingMessage>();
  const take: Take = (message, key, run) => {
    inHand.add(message);
    queue.add({
      key,
      bytes: message.data.byteLength,
      run: () => run().finally(() => inHand.delete(message)),
      handBack: () => {
        inHand.delete(message);
        message.handBack(0);
      },
    });
  };
  const keepsPosition = spec.stream === link.names.stream(Streams.events);
  const consumer = new DurableConsumer(link, spec, keepsPosition ? new ConsumerPosition(positions, `${link.service}.${spec.durable}`, link.history) : undefined);
  const subscription = new DurableSubscription({
    name: spec.durable, link, consumer, queue, log, receive: (message) => onMessage(message, take),
  });
  return { subscription, queue, heartbeat: beat(inHand, spec.ackWaitMs) };
}

/** Tells the broker that all messages in hand are being worked on. */
function beat(inHand: ReadonlySet<IncomingMessage>, ackWaitMs: number): NodeJS.Timeout {
  return setInterval(() => inHand.forEach((message) => message.working()), ackWaitMs / 3).unref();
}

/** One piece of work after the other. */
function inTurn(): DeliveryParts['alone'] {
  let turn: Promise<void> = Promise.resolve();
  return (work) => {
    turn = turn.then(work);
    return turn;
  };
}

/** The story of a message, read without validating it; what cannot be read has no story to wait for. */
function storyOf(message: IncomingMessage): string | undefined {
  try {
    return (JSON.parse(decoder.decode(message.data)) as Envelope).correlationid;
  } catch {
    return undefined;
  }
}
