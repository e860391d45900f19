import type { ActionLife, Envelope } from '@troupe/contracts';
import type { StoredCard } from './card.contract.ts';
import { foldCard, type FoldedCard } from './card.projection.ts';
import { keysOf, searchText, wordsOf } from './search-text.ts';
import type { Statements } from './statements.ts';

/** A card while a batch is folded: as it was stored before (not at all, when it began in the batch), and as it is now. */
interface CardInHand {
  readonly created: number;
  readonly updated: number;
  readonly stored: StoredCard | undefined;
  readonly folded: FoldedCard;
}

/**
 * The cards of one batch: each is read once, folded in memory and written once, however many of its events lie in the batch.
 * The events of an action are mostly neighbours, and writing a card with its words costs more than all else about it.
 */
export class CardRows {
  readonly #sql: Statements;
  readonly #inHand = new Map<string, CardInHand>();

  constructor(sql: Statements) {
    this.#sql = sql;
  }

  /** Takes in an event about an action. False while nothing has begun its card. */
  fold(id: string, event: Envelope, sequence: number): boolean {
    const before = this.#inHand.get(id) ?? this.#stored(id);
    const folded = foldCard(before?.folded, event, sequence);
    if (!folded) return false;
    this.#inHand.set(id, { created: before?.created ?? sequence, stored: before?.stored, folded, updated: sequence });
    return true;
  }

  /** Writes what was folded. */
  write(): void {
    const counts = new Map<string, number>();
    const count = (state: string, change: 1 | -1): void => void counts.set(state, (counts.get(state) ?? 0) + change);
    for (const card of this.#inHand.values()) {
      if (card.stored) this.#update(card.stored, card);
      else this.#insert(card);
      if (card.stored) count(card.stored.state, -1);
      count(card.folded.card.state, 1);
    }
    for (const [state, change] of counts) if (change !== 0) this.#count(state, change);
  }

  #stored(id: string): CardInHand | undefined {
    const row = this.#sql.get<{ created_seq: number; updated_seq: number; doc: string; life: string }>(
      'SELECT created_seq, updated_seq, doc, life FROM cards WHERE id = ?', [id],
    );
    if (!row) return undefined;
    const card = JSON.parse(row.doc) as StoredCard;
    return { created: row.created_seq, updated: row.updated_seq, stored: card, folded: { card, life: JSON.parse(row.life) as ActionLife } };
  }

  #insert({ created, updated, folded: { card, life } }: CardInHand): void {
    const { id, state, agent, storyId } = card;
    this.#sql.run('INSERT INTO cards VALUES (?, ?, ?, ?, ?, ?, ?, ?)', [
      created, id, updated, state, agent.name, storyId, JSON.stringify(card), JSON.stringify(life),
    ]);
    this.#sql.run('INSERT INTO card_text (rowid, keys, text) VALUES (?, ?, ?)', [created, keysOf(card), wordsOf(searchText(card)).join(' ')]);
  }

  #update(stored: StoredCard, { created, updated, folded: { card, life } }: CardInHand): void {
    this.#sql.run('UPDATE cards SET updated_seq = ?, state = ?, agent = ?, doc = ?, life = ? WHERE created_seq = ?', [
      updated, card.state, card.agent.name, JSON.stringify(card), JSON.stringify(life), created,
    ]);
    this.#indexText(stored, card, created);
  }

  /** Writing the index is the dearest part of a card: only where a search would notice. */
  #indexText(stored: StoredCard, card: StoredCard, created: number): void {
    const [keys, text] = [keysOf(card), searchText(card)];
    if (keys === keysOf(stored) && text === searchText(stored)) return;
    this.#sql.run('UPDATE card_text SET keys = ?, text = ? WHERE rowid = ?', [keys, wordsOf(text).join(' '), created]);
  }

  #count(state: string, change: number): void {
    this.#sql.run('INSERT INTO card_counts VALUES (?, ?) ON CONFLICT (state) DO UPDATE SET cards = cards + excluded.cards', [state, change]);
  }
}
