import type { Card } from '../wire.ts';

/** The list after a card changed: in its place, taken out, or put where its age belongs; newest first. */
export function withCard(cards: readonly Card[], card: Card, belongs: boolean): readonly Card[] {
  const known = cards.some(({ id }) => id === card.id);
  if (!belongs) return known ? cards.filter(({ id }) => id !== card.id) : cards;
  if (known) return cards.map((old) => (old.id === card.id ? card : old));
  const index = cards.findIndex((other) => other.createdAt <= card.createdAt);
  return index < 0 ? [...cards, card] : [...cards.slice(0, index), card, ...cards.slice(index)];
}
