import type { StoredMsg } from '@nats-io/jetstream';
import { stableId, Streams } from '@troupe/contracts';
import { z } from 'zod';
import type { NatsLink } from '../broker/nats-link.ts';
import { RetryableError, TerminalError } from '../errors.ts';
import type { IncomingMessage } from './incoming-message.ts';

/**
 * Which event one handler is to have once more: because the owner said so of a dead letter, or, without one, as soon as the
 * story of the event is no longer stopped.
 */
const RedriveOrderSchema = z.object({ deadLetterId: z.string().optional(), sequence: z.int().min(1) });
export type RedriveOrder = z.infer<typeof RedriveOrderSchema>;

const decoder = new TextDecoder();
const PREFIX = Streams.redrives.subjects[0].slice(0, -1);

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
export async function orderOnceReleased({ jetstream, service, history }: Pick<NatsLink, 'jetstream' | 'service' | 'history'>, handler: string, sequence: number): Promise<void> {
  const order: RedriveOrder = { sequence };
  const msgID = stableId('stopped', service, handler, history.realm ?? '', String(sequence));
  await jetstream.publish(redriveSubject(service, handler), JSON.stringify(order), { msgID }).catch((cause: unknown) => {
    throw new RetryableError('The broker did not take what is to wait for the release of its story.', { code: 'broker_away', cause });
  });
}

/** The event an order names. Throws TerminalError when it is gone, RetryableError when the broker is away. */
export async function orderedEvent({ manager }: Pick<NatsLink, 'manager'>, order: IncomingMessage): Promise<StoredMsg> {
  const { sequence } = RedriveOrderSchema.parse(JSON.parse(decoder.decode(order.data)));
  const stored = await manager.streams.getMessage(Streams.events.name, { seq: sequence }).catch((cause: unknown) => {
    throw new RetryableError('The broker did not give the event that is to be redriven.', { code: 'broker_away', cause });
  });
  if (stored) return stored;
  throw new TerminalError(`Event ${sequence} is not on the stream any more.`, { code: 'event_gone', hint: 'It was erased; discard the dead letter.' });
}
