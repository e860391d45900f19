import { DeliveryResumed, DeliveryWaiting, type DataOf, type Envelope } from '@troupe/contracts';
import type { WaitRow } from './card.contract.ts';
import { reading, readings } from './event-reading.ts';

/** What an event says of a wait: that it began (with what is waited for), or that it is over. */
export interface WaitNews {
  /** The same for the beginning and the end of one wait. */
  readonly key: string;
  readonly began?: WaitRow;
}

/** What an event says of a wait, if it says something. */
export const waitNewsOf: (event: Envelope) => WaitNews | undefined = readings<WaitNews>([
  reading(DeliveryWaiting, ({ service, handler, code, message, hint, since, messages }) => {
    const began = { service, handler, code, message, hint, since, messages };
    return { key: keyOf(began), began };
  }),
  reading(DeliveryResumed, (wait) => ({ key: keyOf(wait) })),
]);

/**
 * One row for each handler and thing it waits for, longest first. Each replica says its own wait, and one that was started
 * again says it anew: they have waited since the first of them.
 */
export function joinedWaits(waits: readonly WaitRow[]): WaitRow[] {
  const joined = new Map<string, WaitRow>();
  for (const wait of [...waits].sort((a, b) => Date.parse(a.since) - Date.parse(b.since))) {
    const key = JSON.stringify([wait.service, wait.handler, wait.code]);
    const first = joined.get(key);
    joined.set(key, first ? { ...wait, since: first.since, messages: first.messages + wait.messages } : wait);
  }
  return [...joined.values()];
}

function keyOf({ service, handler, code, since }: DataOf<typeof DeliveryResumed>): string {
  return JSON.stringify([service, handler, code, since]);
}
