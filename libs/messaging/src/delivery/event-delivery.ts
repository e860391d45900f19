import { quarantineEventId, readEventSubject, StoryQuarantined, type Envelope, type Failure } from '@troupe/contracts';
import type { Logger } from 'pino';
import type { NatsLink } from '../broker/nats-link.ts';
import { crashPoint } from '../crash-point.ts';
import { failureOf, NotDueError, RetryableError, TerminalError } from '../errors.ts';
import { decodeEnvelope, decodeEvent } from '../events/event-codec.ts';
import { buildEvent, type Producer } from '../events/event-factory.ts';
import { storeEvent } from '../events/publisher.ts';
import { answerToFailure, type AnswerToFailure } from './answer-to-failure.ts';
import type { AnsweredMessages } from './answered-messages.ts';
import { buryMessage } from './dead-letters.ts';
import type { DeliveryRecords } from './delivery-records.ts';
import { CollectingContext, type HandlerContext } from './handler-context.ts';
import type { EventHandlerSpec } from './handler-spec.ts';
import type { IncomingMessage } from './incoming-message.ts';
import { hopLimit, passageOf } from './passage.ts';
import type { StoppedStories } from './stopped-stories.ts';

/** All that one handler's deliveries share. */
export interface DeliveryParts {
  readonly link: NatsLink;
  readonly producer: Producer;
  readonly spec: EventHandlerSpec;
  readonly log: Logger;
  readonly now: () => number;
  readonly signal: AbortSignal;
  readonly answered: AnsweredMessages;
  readonly records: DeliveryRecords;
  readonly stories: Pick<StoppedStories, 'of'>;
  /** Has an event of a stopped story wait for its release. Resolves when it is kept elsewhere; throws NotDueError to have it come again. */
  readonly untilReleased: (message: IncomingMessage) => Promise<void>;
  /** Runs one after the other what has been in hand of processes that died, so that the culprit is alone when it strikes. */
  readonly alone: (work: () => Promise<void>) => Promise<void>;
  /** Every message is handed back once after it was handled, so that each is delivered twice. For tests. */
  readonly deliverTwice: boolean;
  readonly invoke: (event: Envelope, ctx: HandlerContext) => Promise<void>;
}

const decoder = new TextDecoder();
const DEFAULT_MAX_FAILURES = 5;
/** Redeliveries that may have any reason; only from then on is each looked into. */
const UNSUSPICIOUS_DELIVERIES = 3;
/** A message in hand of so many more processes that died, one after the other, is buried before it is tried again. */
const MAX_CRASHES = 5;

/**
 * One delivery, from bytes to acknowledgement: outputs are stored before the ack (I3), failures take the way their kind
 * names. Never rejects.
 */
export async function deliver(parts: DeliveryParts, message: IncomingMessage): Promise<void> {
  const isSuspect = message.deliveryCount > UNSUSPICIOUS_DELIVERIES && !parts.answered.before(message);
  if (isSuspect && !waitsForRelease(parts, message)) return parts.alone(() => deliverSuspect(parts, message));
  return settle(parts, message, () => handle(parts, message));
}

/** An event of a stopped story comes back from whichever replica had it last; it reaches no handler that could have died of it. */
function waitsForRelease({ spec, stories }: DeliveryParts, message: IncomingMessage): boolean {
  try {
    const event = decodeEnvelope(message);
    return passageOf(spec, event, stories.of(event.correlationid)) === 'waits';
  } catch {
    return false;
  }
}

/** It came back without our having asked for it, more often than a lost connection explains. */
async function deliverSuspect(parts: DeliveryParts, message: IncomingMessage): Promise<void> {
  await settle(parts, message, async () => {
    const crashes = await parts.records.begin(message.sequence);
    if (crashes > MAX_CRASHES) throw new TerminalError(`${crashes} processes died while they had it.`, { code: 'poison' });
    await handle(parts, message);
  });
  await parts.records.answered(message.sequence).catch((error: unknown) => {
    parts.log.debug({ sequence: message.sequence, error: String(error) }, 'the record of a suspect stays');
  });
}

async function settle(parts: DeliveryParts, message: IncomingMessage, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    return settleFailure(parts, message, error);
  }
  if (parts.deliverTwice && message.deliveryCount === 1) return handBack(parts, message, 0);
  parts.answered.settled(message.sequence);
  message.ack();
}

async function handle(parts: DeliveryParts, message: IncomingMessage): Promise<void> {
  const { spec } = parts;
  if (!isListed(spec, message)) return;
  const event = spec.everything ? decodeEnvelope(message) : decodeEvent(message, spec.events);
  const passage = passageOf(spec, event, parts.stories.of(event.correlationid));
  switch (passage) {
    case 'free':
      return run(parts, message, event);
    case 'dropped':
      return;
    case 'too_long':
      if (event.type === StoryQuarantined.type) return;
      await sayQuarantined(parts, event, message);
      return parts.untilReleased(message);
    case 'waits':
      return parts.untilReleased(message);
    default:
      return passage satisfies never;
  }
}

async function run(parts: DeliveryParts, message: IncomingMessage, event: Envelope): Promise<void> {
  const { spec, link } = parts;
  const { sequence, deliveryCount, storedAtMs } = message;
  const ctx = new CollectingContext(
    { event, sequence, realm: link.history.realm, deliveryCount, storedAtMs, signal: parts.signal, ...(spec.everything ? { text: textOf(message) } : {}) },
    { producer: parts.producer, handler: `${link.service}.${spec.method}`, publish: (output) => store(link, output), now: parts.now },
  );
  await parts.invoke(event, ctx);
  crashPoint('messaging.before-outputs');
  await ctx.flush();
  crashPoint('messaging.after-outputs');
}

function textOf({ data }: IncomingMessage): string {
  return decoder.decode(data);
}

async function store(link: NatsLink, output: Envelope): Promise<void> {
  await storeEvent(link, output);
}

/** A wildcard consumer passes over what it does not list; an unknown type on the stream is not its business either. */
function isListed(spec: EventHandlerSpec, { subject }: IncomingMessage): boolean {
  const type = readEventSubject(subject)?.type;
  return spec.everything || spec.events.some((contract) => contract.type === type);
}

/**
 * A story that runs in circles is stopped here: the handler is told nothing, everybody else is told why. The word that a story
 * was quarantined is not quarantined again: whoever listens to it would turn the end into a circle.
 */
async function sayQuarantined({ link, producer, spec, now, stories }: DeliveryParts, event: Envelope, { sequence }: IncomingMessage): Promise<void> {
  const { correlationid: story, hops } = event;
  const hold = stories.of(story);
  const data = {
    handler: `${link.service}.${spec.method}`,
    hops,
    wouldHaveEmitted: producer.emits.map(({ type }) => type),
    because: { kind: 'hops', limit: hopLimit(hold), reached: hops },
  };
  await store(link, buildEvent({ ...producer, emits: [StoryQuarantined] }, { contract: StoryQuarantined, data, ...(event.subject === undefined ? {} : { subject: event.subject }) }, {
    id: quarantineEventId(story, hold?.grants ?? 0),
    time: new Date(now()).toISOString(),
    correlationId: story,
    causationId: event.id,
    origin: event.origin,
    hops: hops + 1,
    ...(link.history.realm === undefined ? {} : { realm: link.history.realm }),
    snapshot: sequence,
  }));
}

async function settleFailure(parts: DeliveryParts, message: IncomingMessage, error: unknown): Promise<void> {
  const failure = failureOf(error);
  const answer = await chooseAnswer(parts, message, error);
  if (answer.kind === 'dead_letter') return bury(parts, message, failure, error);
  const about = { handler: parts.spec.method, subject: message.subject, sequence: message.sequence, failure };
  if (answer.because !== 'not_due') parts.log.debug({ ...about, delayMs: answer.delayMs, stack: stackOf(error) }, 'handing the message back');
  handBack(parts, message, answer.delayMs, answer.because === 'waiting' ? failure : undefined);
}

async function chooseAnswer(parts: DeliveryParts, message: IncomingMessage, error: unknown): Promise<AnswerToFailure> {
  const earlier = parts.answered.before(message);
  const waitedMs = earlier?.waiting ? parts.now() - earlier.waiting.sinceMs : 0;
  const failures = isForeseen(error) ? 0 : await countFailure(parts, message);
  const tries = { retries: earlier?.retries ?? 0, waitedMs, failures };
  return answerToFailure(error, tries, parts.spec.options.maxFailures ?? DEFAULT_MAX_FAILURES, parts.now());
}

/** Where nobody can count, the message is tried on. */
async function countFailure(parts: DeliveryParts, message: IncomingMessage): Promise<number> {
  return parts.records.failed(message.sequence).catch(() => 1);
}

function isForeseen(error: unknown): boolean {
  return error instanceof NotDueError || error instanceof RetryableError || error instanceof TerminalError;
}

function handBack({ answered, now }: DeliveryParts, message: IncomingMessage, delayMs: number, waitingFor?: Failure): void {
  const earlier = answered.before(message);
  const sinceMs = earlier?.waiting?.sinceMs ?? now();
  answered.note(message.sequence, {
    deliveryCount: message.deliveryCount,
    backAtMs: now() + delayMs,
    retries: waitingFor ? (earlier?.retries ?? 0) + 1 : 0,
    ...(waitingFor ? { waiting: { failure: waitingFor, sinceMs } } : {}),
  });
  message.handBack(delayMs);
}

async function bury(parts: DeliveryParts, message: IncomingMessage, failure: Failure, error: unknown): Promise<void> {
  const { link, producer, spec, log } = parts;
  const about = { handler: spec.method, subject: message.subject, sequence: message.sequence, failure };
  try {
    await buryMessage(link, producer, spec.method, message, failure);
  } catch (cause) {
    log.warn({ ...about, cause: String(cause) }, 'the dead letter could not be stored yet');
    return handBack(parts, message, 1_000);
  }
  log.error({ ...about, stack: stackOf(error) }, 'dead letter');
  parts.answered.settled(message.sequence);
  message.ack();
}

/** For the log only: an event never carries a stack (I11). */
function stackOf(error: unknown): string | undefined {
  return error instanceof Error ? error.stack : undefined;
}
