/**
 * The card J and K go to. When the open card has left the list (it was decided), the one that took its place is next.
 * Undefined at the ends.
 */
export function neighbour<Card extends { readonly id: string }>(
  cards: readonly Card[],
  openId: string | undefined,
  lastIndex: number,
  by: 1 | -1,
): Card | undefined {
  const index = cards.findIndex((card) => card.id === openId);
  if (index >= 0) return cards[index + by];
  if (openId === undefined) return cards[0];
  return cards[by === 1 ? lastIndex : lastIndex - 1] ?? cards.at(-1);
}
