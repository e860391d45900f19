import type { Envelope } from '@troupe/contracts';
import type Database from 'libsql';
import type { AgentRow, Card, CardState, DeadLetterRow, HistoryEntry, Original, StoredCard, StoryEntry } from './card.contract.ts';
import { searchQuery } from './search-text.ts';

/** Which cards to list: every part given must match. */
export interface CardFilter {
  readonly states?: readonly CardState[] | undefined;
  readonly agent?: string | undefined;
  readonly story?: string | undefined;
  readonly q?: string | undefined;
  /** Only cards created below this sequence. */
  readonly before?: number | undefined;
  readonly limit: number;
}

/** A page of a list; `next` is where the following one begins, undefined on the last. */
export interface Page<Item> {
  readonly items: Item[];
  readonly next?: number;
}

interface CardRow {
  created_seq: number;
  updated_seq: number;
  doc: string;
  original: string | null;
}

const CARD_ROWS = 'SELECT c.created_seq, c.updated_seq, c.doc, s.original FROM cards c LEFT JOIN stories s ON s.id = c.story';

/** The reading side of the projection. */
export class CardQueries {
  readonly #db: Database.Database;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  card(id: string): Card | undefined {
    const row = this.#db.prepare(`${CARD_ROWS} WHERE c.id = ?`).get([id]) as CardRow | undefined;
    return row && this.#toCard(row);
  }

  /** Newest first. */
  cards(filter: CardFilter): Page<Card> {
    const { where, values } = conditions(filter);
    const sql = `${CARD_ROWS} ${where} ORDER BY c.created_seq DESC LIMIT ?`;
    const rows = this.#db.prepare(sql).all([...values, filter.limit + 1]) as CardRow[];
    const page = pageOf(rows, filter.limit, (row) => row.created_seq);
    return { ...page, items: page.items.map((row) => this.#toCard(row)) };
  }

  /** Cards changed after a sequence, in the order of their last change. */
  cardsChangedAfter(sequence: number, limit: number): Card[] {
    const rows = this.#db.prepare(`${CARD_ROWS} WHERE c.updated_seq > ? ORDER BY c.updated_seq LIMIT ?`).all([sequence, limit]);
    return (rows as CardRow[]).map((row) => this.#toCard(row));
  }

  /** Stories that grew after a sequence, with the sequence they grew to. */
  storiesChangedAfter(sequence: number, limit: number): { storyId: string; sequence: number }[] {
    const sql = 'SELECT id AS storyId, last_seq AS sequence FROM stories WHERE last_seq > ? ORDER BY last_seq LIMIT ?';
    return this.#db.prepare(sql).all([sequence, limit]) as { storyId: string; sequence: number }[];
  }

  /** The timeline in stream order and what it began with; undefined when nobody has heard of the story. */
  story(id: string): { original: Original | null; events: StoryEntry[] } | undefined {
    const row = this.#db.prepare('SELECT original FROM stories WHERE id = ?').get([id]) as { original: string | null } | undefined;
    if (!row) return undefined;
    const events = this.#docs<StoryEntry>('SELECT doc FROM story_events WHERE story = ? ORDER BY sequence', [id]);
    return { original: parseOriginal(row.original), events };
  }

  agents(): AgentRow[] {
    return this.#docs<AgentRow>('SELECT doc FROM agents ORDER BY name', []);
  }

  /** What could not be handled and was not settled as far as is known here, newest first. */
  openDeadLetters({ before, limit }: { before?: number | undefined; limit: number }): Page<DeadLetterRow> {
    const below = before ?? Number.MAX_SAFE_INTEGER;
    const sql = 'SELECT doc FROM dead_letters WHERE settled = 0 AND sequence < ? ORDER BY sequence DESC LIMIT ?';
    const rows = this.#docs<DeadLetterRow>(sql, [below, limit + 1]);
    return pageOf(rows, limit, (row) => row.sequence);
  }

  countOpenDeadLetters(): number {
    const row = this.#db.prepare('SELECT count(*) AS letters FROM dead_letters WHERE settled = 0').get([]);
    return (row as { letters: number }).letters;
  }

  /** How many cards are in each state; states nobody is in are left out. */
  countsByState(): Partial<Record<CardState, number>> {
    const rows = this.#db.prepare('SELECT state, count(*) AS cards FROM cards GROUP BY state').all([]);
    return Object.fromEntries((rows as { state: CardState; cards: number }[]).map((row) => [row.state, row.cards]));
  }

  /** What policy or the gate said to a decision or an undo, if it has spoken. */
  answerTo(causeId: string): Envelope | undefined {
    return this.#docs<Envelope>('SELECT doc FROM answers WHERE cause = ?', [causeId])[0];
  }

  #toCard(row: CardRow): Card {
    const card = JSON.parse(row.doc) as StoredCard;
    const history = this.#docs<HistoryEntry>('SELECT doc FROM card_events WHERE card = ? ORDER BY sequence', [card.id]);
    return { ...card, sequence: row.updated_seq, original: parseOriginal(row.original), history };
  }

  #docs<Doc>(sql: string, values: readonly unknown[]): Doc[] {
    return (this.#db.prepare(sql).all(values) as { doc: string }[]).map((row) => JSON.parse(row.doc) as Doc);
  }
}

/** The first `limit` of `limit + 1` rows; the extra one only says that there is more. */
function pageOf<Row>(rows: readonly Row[], limit: number, sequenceOf: (row: Row) => number): Page<Row> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return rows.length > limit && last !== undefined ? { items, next: sequenceOf(last) } : { items };
}

function conditions(filter: CardFilter): { where: string; values: unknown[] } {
  const parts: [sql: string, values: unknown[]][] = [];
  if (filter.states) parts.push([`c.state IN (${filter.states.map(() => '?').join(', ')})`, [...filter.states]]);
  if (filter.agent !== undefined) parts.push(['c.agent = ?', [filter.agent]]);
  if (filter.story !== undefined) parts.push(['c.story = ?', [filter.story]]);
  if (filter.before !== undefined) parts.push(['c.created_seq < ?', [filter.before]]);
  const query = filter.q === undefined ? undefined : searchQuery(filter.q);
  if (query !== undefined) parts.push(['c.created_seq IN (SELECT rowid FROM card_text WHERE card_text MATCH ?)', [query]]);
  const where = parts.length === 0 ? '' : `WHERE ${parts.map(([sql]) => sql).join(' AND ')}`;
  return { where, values: parts.flatMap(([, values]) => values) };
}

function parseOriginal(json: string | null): Original | null {
  return json === null ? null : (JSON.parse(json) as Original);
}
