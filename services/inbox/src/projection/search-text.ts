import type { CardState, StoredCard } from './card.contract.ts';

type Searched = Pick<StoredCard, 'title' | 'summary' | 'rationale' | 'fields' | 'agent' | 'id'>;

/**
 * The beginnings of words that the index holds ready, in letters. A typed word of one of these lengths is read off the
 * index newest first; for a longer one all its matches are gathered before the newest can be told.
 */
export const INDEXED_PREFIXES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

/** In these a card stays for moments only: the index does not tell them apart, so that it need not follow each step. */
const passing: ReadonlySet<CardState> = new Set<CardState>(['proposed', 'verified', 'flagged', 'authorized', 'executing']);

/** What a search for a card looks at. */
export function searchText(card: Searched): string {
  return [card.title, card.summary, card.rationale, ...card.fields.map((field) => field.text), card.agent.name, card.id].join('\n');
}

/** The words of a text, each once, as the index knows them: lower case, without accents. */
export function wordsOf(text: string): string[] {
  const plain = text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return [...new Set(plain.match(/[\p{L}\p{N}]+/gu))];
}

/** By what the index narrows a search beside its words: a term for the state and one for the agent. */
export function keysOf({ state, agent }: Pick<StoredCard, 'state' | 'agent'>): string {
  return `${stateKey(state)} ${agentKey(agent.name)}`;
}

/** What the owner typed as an FTS5 query: every word must begin a word of the card; no operator gets through. */
export function searchQuery(typed: string, states: readonly CardState[] | undefined, agent: string | undefined): string | undefined {
  const words = wordsOf(typed).map((word) => `text : "${word}" *`);
  if (words.length === 0) return undefined;
  const keys = [...new Set(states?.map(stateKey))].map((key) => `keys : ${key}`).join(' OR ');
  return [keys && `(${keys})`, agent && `keys : ${agentKey(agent)}`, ...words].filter(Boolean).join(' AND ');
}

function stateKey(state: CardState): string {
  return passing.has(state) ? 'spassing' : `s${lettersOf(state)}`;
}

/** Two agents may share one: who asks by agent looks at the card as well. */
function agentKey(name: string): string {
  return `a${lettersOf(name)}`;
}

function lettersOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
