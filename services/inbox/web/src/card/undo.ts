import type { Card } from '../wire.ts';

/** Whether a card can still be stopped or taken back: while its hold window is open or it is put off, and later if it has a compensation. */
export function canUndo(card: Pick<Card, 'state' | 'holdUntil' | 'reversibility' | 'undoing'>, nowMs: number): boolean {
  if (card.undoing) return false;
  if (card.state === 'authorized') return isHolding(card, nowMs) || card.holdUntil === null;
  return card.state === 'executed' && card.reversibility === 'reversible';
}

/** Whether the hold window ("undo send") is open. */
export function isHolding(card: Pick<Card, 'state' | 'holdUntil'>, nowMs: number): boolean {
  return card.state === 'authorized' && card.holdUntil !== null && Date.parse(card.holdUntil) > nowMs;
}
