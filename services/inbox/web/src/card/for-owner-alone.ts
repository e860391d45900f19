import type { Card } from '../wire.ts';

/** Whether nobody runs it, whatever the owner says: a question, or the release of a story that was stopped. */
export function isForOwnerAlone({ type }: Pick<Card, 'type'>): boolean {
  return type === 'owner.ask' || isRelease({ type });
}

/** Whether it asks if a story that was stopped may go on. */
export function isRelease({ type }: Pick<Card, 'type'>): boolean {
  return type === 'story.release';
}
