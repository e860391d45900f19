import { counted, sinceText } from '../format.ts';
import type { WaitRow } from '../wire.ts';

/** Who has waited since when: `connectors has waited since 14:02`. */
export function waitingSince({ service, since }: Pick<WaitRow, 'service' | 'since'>, nowMs: number): string {
  return `${service} has waited since ${sinceText(since, nowMs)}`;
}

/** How much waits, and in which handler: `12 messages, in recordEvent`. */
export function waitingWhat({ messages, handler }: Pick<WaitRow, 'messages' | 'handler'>): string {
  const redriven = handler.startsWith('redrive.');
  return `${counted(messages, 'message')}, in ${handler.replace(/^redrive\./, '')}${redriven ? ' (tried again)' : ''}`;
}
