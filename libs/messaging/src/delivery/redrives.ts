import type { JsMsg, StoredMsg } from '@nats-io/jetstream';
import { Streams } from '@troupe/contracts';
import { z } from 'zod';
import type { NatsLink } from '../broker/nats-link.ts';
import { RetryableError, TerminalError } from '../errors.ts';

/** What the owner's word on a dead letter says: which event one handler is to have once more. */
const RedriveOrderSchema = z.object({ deadLetterId: z.string(), sequence: z.int().min(1), realm: z.string().optional() });
export type RedriveOrder = z.infer<typeof RedriveOrderSchema>;

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
export function handlerOf(order: Pick<JsMsg, 'subject'>): string {
  return order.subject.slice(order.subject.lastIndexOf('.') + 1);
}

/** The event an order names. Throws TerminalError when it is gone, RetryableError when the broker is away. */
export async function orderedEvent({ manager, names, history }: Pick<NatsLink, 'manager' | 'names' | 'history'>, order: JsMsg): Promise<StoredMsg> {
  const { sequence, realm = history.realm } = RedriveOrderSchema.parse(order.json());
  if (realm !== history.realm) {
    throw new TerminalError(`Event ${sequence} is of a history that the stream does not keep any more.`, { code: 'event_gone', hint: 'Discard the dead letter.' });
  }
  const stored = await manager.streams.getMessage(names.stream(Streams.events), { seq: sequence }).catch((cause: unknown) => {
    throw new RetryableError('The broker did not give the event that is to be redriven.', { code: 'broker_away', cause });
  });
  if (stored) return stored;
  throw new TerminalError(`Event ${sequence} is not on the stream any more.`, { code: 'event_gone', hint: 'It was erased; discard the dead letter.' });
}
