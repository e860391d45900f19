import { headers, type MsgHdrs } from '@nats-io/transport-node';
import { stableId, Streams } from '@troupe/contracts';
import type { NatsLink, StreamHistory } from '../broker/nats-link.ts';
import { realmOf } from '../broker/provision-streams.ts';
import { RetryableError, TerminalError } from '../errors.ts';
import type { IncomingMessage } from './incoming-message.ts';

/** An event that one handler is to have once more, and where the stream keeps it. */
export interface OrderedEvent {
  readonly subject: string;
  readonly data: Uint8Array;
  readonly sequence: number;
  readonly storedAtMs: number;
}

/** Which event is meant: a sequence, and the history it counts in. */
interface EventPlace {
  readonly sequence: number;
  readonly realm?: string | undefined;
}

const PREFIX = Streams.redrives.subjects[0].slice(0, -1);
/** Where an order says what the stream knows of the event it carries. */
const HEADERS = { subject: 'Troupe-Subject', sequence: 'Troupe-Sequence', realm: 'Troupe-Realm', storedAt: 'Troupe-Stored-At' } as const;

/** Where orders for one handler go. */
export function redriveSubject(service: string, handler: string): string {
  return `${PREFIX}${service}.${handler}`;
}

/** Where all orders for one service go. */
export function redriveFilter(service: string): string {
  return `${PREFIX}${service}.>`;
}

/** The handler an order is for: the last part of its subject. */
export function handlerOf(order: Pick<IncomingMessage, 'subject'>): string {
  return order.subject.slice(order.subject.lastIndexOf('.') + 1);
}

/**
 * Takes an event of a stopped story out of its consumer's way: an order for its own handler waits in its stead, so that however
 * much of a story waits, it takes no place from others and holds no position back. Throws RetryableError when the broker is away.
 */
export async function orderOnceReleased({ jetstream, names, service, history }: OrdersLink, handler: string, message: IncomingMessage): Promise<void> {
  const msgID = stableId('stopped', service, handler, history.realm ?? '', String(message.sequence));
  const order = { msgID, headers: orderHeaders(message, history.realm) };
  await jetstream.publish(names.subject(redriveSubject(service, handler)), message.data, order).catch((cause: unknown) => {
    throw new RetryableError('The broker did not take what is to wait for the release of its story.', { code: 'broker_away', cause });
  });
}

type OrdersLink = Pick<NatsLink, 'jetstream' | 'names' | 'service' | 'history'>;

/**
 * An event as the stream keeps it, for whoever gives orders: who follows them need not read the stream. Throws TerminalError
 * when it is gone, RetryableError when the broker is away.
 */
export async function storedEvent({ manager, names }: Pick<NatsLink, 'manager' | 'names'>, place: EventPlace): Promise<OrderedEvent> {
  const stream = names.stream(Streams.events);
  const { config } = await manager.streams.info(stream).catch(away);
  refuseOtherHistory(place, { realm: realmOf(config) });
  const stored = await manager.streams.getMessage(stream, { seq: place.sequence }).catch(away);
  if (!stored) throw gone(`Event ${place.sequence} is not on the stream any more.`);
  return { subject: names.spoken(stored.subject), data: stored.data, sequence: stored.seq, storedAtMs: stored.time.getTime() };
}

/** What an order says beside the bytes of the event. */
export function orderHeaders({ subject, sequence, storedAtMs }: Omit<OrderedEvent, 'data'>, realm: string | undefined): MsgHdrs {
  const result = headers();
  result.set(HEADERS.subject, subject);
  result.set(HEADERS.sequence, String(sequence));
  result.set(HEADERS.storedAt, String(storedAtMs));
  if (realm !== undefined) result.set(HEADERS.realm, realm);
  return result;
}

/** The event in an order. Throws TerminalError when it is of another history, or no event is in it. */
export function orderedEvent(history: Readonly<StreamHistory>, { headers: said, data }: Pick<IncomingMessage, 'headers' | 'data'>): OrderedEvent {
  const [subject, sequence, storedAtMs] = [said?.get(HEADERS.subject), Number(said?.get(HEADERS.sequence)), Number(said?.get(HEADERS.storedAt))];
  if (!subject || !(sequence > 0) || !(storedAtMs > 0)) throw gone('The order carries no event.');
  refuseOtherHistory({ sequence, realm: said?.get(HEADERS.realm) || undefined }, history);
  return { subject, data, sequence, storedAtMs };
}

function refuseOtherHistory({ sequence, realm }: EventPlace, history: Readonly<StreamHistory>): void {
  if (realm !== undefined && realm !== history.realm) throw gone(`Event ${sequence} is of a history that the stream does not keep any more.`);
}

function away(cause: unknown): never {
  throw new RetryableError('The broker did not give the event that is to be redriven.', { code: 'broker_away', cause });
}

function gone(message: string): TerminalError {
  return new TerminalError(message, { code: 'event_gone', hint: 'Discard the dead letter.' });
}
