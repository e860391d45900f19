import type { StoredCard } from './card.contract.ts';

/** What a search for a card looks at. */
export function searchText(card: Pick<StoredCard, 'title' | 'summary' | 'rationale' | 'fields' | 'agent' | 'id'>): string {
  return [card.title, card.summary, card.rationale, ...card.fields.map((field) => field.text), card.agent.name, card.id].join('\n');
}

/** What the owner typed as an FTS5 query: every word must begin a word of the card; no operator gets through. */
export function searchQuery(typed: string): string | undefined {
  const words = typed.match(/[\p{L}\p{N}]+/gu);
  return words?.map((word) => `"${word}"*`).join(' ');
}
