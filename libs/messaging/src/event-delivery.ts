import type { JsMsg } from '@nats-io/jetstream';
import type { Envelope } from '@troupe/contracts';
import type { Logger } from 'pino';
import { crashPoint } from './crash-point.ts';
import { buryMessage } from './dead-letters.ts';
import { failureOf, TerminalError } from './errors.ts';
import { decodeEvent } from './event-codec.ts';
import type { Producer } from './event-factory.ts';
import { failureVerdict } from './failure-verdict.ts';
import { CollectingContext, type HandlerContext } from './handler-context.ts';
import type { EventHandlerSpec } from './handler-spec.ts';
import { isForAnother } from './message-headers.ts';
import type { NatsLink } from './nats-link.ts';
import { storeEvent } from './publisher.ts';

export interface DeliveryParts {
  readonly link: NatsLink;
  readonly producer: Producer;
  readonly spec: EventHandlerSpec;
  readonly log: Logger;
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** Every message is handed back once after it was handled, so that each is delivered twice. For tests. */
  readonly deliverTwice: boolean;
  readonly invoke: (event: Envelope, ctx: HandlerContext) => Promise<void>;
}

const DEFAULT_MAX_DELIVERIES = 5;
/** A message that takes the whole process down each time is buried before it is tried again. */
const MAX_CRASHES = 50;

/**
 * One delivery, from bytes to acknowledgement: outputs are stored before the ack (I3), failures take the way their kind
 * names. Resolves to whether the message is settled for good.
 */
export async function deliver(parts: DeliveryParts, message: JsMsg): Promise<boolean> {
  try {
    await handle(parts, message);
    return acknowledge(parts, message);
  } catch (error) {
    return settleFailure(parts, message, error);
  }
}

async function handle(parts: DeliveryParts, message: JsMsg): Promise<void> {
  const { spec, link } = parts;
  if (isForAnother(message, `${link.service}.${spec.method}`)) return;
  if (!spec.events.some((contract) => contract.type === message.subject)) return refuseStrangers(spec, message);
  if (message.info.deliveryCount > MAX_CRASHES && !takesTime(spec)) throw new TerminalError('It was delivered too often without an end.', { code: 'poison' });
  const event = decodeEvent(message.data);
  const ctx = new CollectingContext(
    { event, sequence: message.seq, storedAtMs: message.info.timestampNanos / 1e6, deliveryCount: message.info.deliveryCount, signal: parts.signal },
    { producer: parts.producer, handler: `${link.service}.${spec.method}`, publish: (output) => store(link, output), now: parts.now },
  );
  await parts.invoke(event, ctx);
  crashPoint('messaging.before-outputs');
  await ctx.flush();
  crashPoint('messaging.after-outputs');
}

async function store(link: NatsLink, output: Envelope): Promise<void> {
  await storeEvent(link, output);
}

/** A wildcard consumer passes over what it does not list; an unknown type on the stream is not its business either. */
function refuseStrangers(spec: EventHandlerSpec, message: JsMsg): void {
  if (spec.ordered) return;
  throw new TerminalError(`${message.subject} is not what ${spec.className}.${spec.method} takes.`, { code: 'bad_envelope' });
}

function takesTime(spec: EventHandlerSpec): boolean {
  return spec.options.timer === true;
}

function acknowledge(parts: DeliveryParts, message: JsMsg): boolean {
  if (parts.deliverTwice && message.info.deliveryCount === 1) {
    message.nak();
    return false;
  }
  message.ack();
  return true;
}

async function settleFailure(parts: DeliveryParts, message: JsMsg, error: unknown): Promise<boolean> {
  const { spec, link, log } = parts;
  const maxDeliveries = spec.options.maxDeliveries ?? DEFAULT_MAX_DELIVERIES;
  const verdict = failureVerdict(error, message.info.deliveryCount, maxDeliveries, parts.now());
  const failure = failureOf(error);
  const about = { handler: spec.method, subject: message.subject, sequence: message.seq, failure };
  if (verdict.kind === 'retry') {
    log.debug({ ...about, delayMs: verdict.delayMs, stack: stackOf(error) }, 'handing the message back');
    message.nak(verdict.delayMs);
    return false;
  }
  try {
    await buryMessage(link, parts.producer, spec.method, message, failure);
  } catch (cause) {
    log.warn({ ...about, cause: String(cause) }, 'the dead letter could not be stored yet');
    message.nak(1_000);
    return false;
  }
  log.error({ ...about, stack: stackOf(error) }, 'dead letter');
  message.term();
  return true;
}

/** For the log only: an event never carries a stack (I11). */
function stackOf(error: unknown): string | undefined {
  return error instanceof Error ? error.stack : undefined;
}
