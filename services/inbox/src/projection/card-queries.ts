import type { Envelope } from '@troupe/contracts';
import { cardStatements, type CardFilter, type CardSelection } from './card-selection.ts';
import type { AgentRow, Card, CardState, DeadLetterRow, HistoryEntry, Original, StoredCard, StoryEntry, WaitRow } from './card.contract.ts';
import { Statements, type Connection } from './statements.ts';
import { joinedWaits } from './wait.projection.ts';

/** A page of a list; `next` is where the following one begins, undefined on the last. */
export interface Page<Item> {
  readonly items: Item[];
  readonly next?: number;
}

interface CardRow {
  created_seq: number;
  updated_seq: number;
  id: string;
  doc: string;
  original: string | null;
}

interface EventRow {
  sequence: number;
  id: string;
  action: string | null;
  doc: string;
}

const CARD_ROWS = 'SELECT c.created_seq, c.updated_seq, c.id, c.doc, s.original FROM cards c LEFT JOIN stories s ON s.id = c.story';
/** From a list of keys to the rows, each by its index: the list is the outer loop. */
const LISTED_CARDS = `SELECT c.created_seq, c.updated_seq, c.id, c.doc, s.original FROM json_each(?) listed
  CROSS JOIN cards c ON c.created_seq = listed.value LEFT JOIN stories s ON s.id = c.story`;
const LISTED_EVENTS = `SELECT e.sequence, e.id, e.action, e.doc FROM json_each(?) listed
  CROSS JOIN story_events e INDEXED BY story_events_action ON e.action = listed.value`;

/** The reading side of the projection. A list costs what its page holds, whatever else there is (I12). */
export class CardQueries {
  readonly #sql: Statements;

  constructor(db: Connection) {
    this.#sql = new Statements(db);
  }

  card(id: string): Card | undefined {
    return this.#toCards(this.#sql.all<CardRow>(`${CARD_ROWS} WHERE c.id = ?`, [id]))[0];
  }

  /** Newest first. */
  cards(filter: CardFilter): Page<Card> {
    const newest = cardStatements(filter).flatMap((selection) => this.#newest(selection));
    const page = pageOf(newest.sort((a, b) => b - a).slice(0, filter.limit + 1), filter.limit, (sequence) => sequence);
    const rows = this.#sql.all<CardRow>(LISTED_CARDS, [JSON.stringify(page.items)]);
    return { ...page, items: this.#toCards(rows.sort((a, b) => b.created_seq - a.created_seq)) };
  }

  /** Cards changed after a sequence, in the order of their last change. */
  cardsChangedAfter(sequence: number, limit: number): Card[] {
    return this.#toCards(this.#sql.all<CardRow>(`${CARD_ROWS} WHERE c.updated_seq > ? ORDER BY c.updated_seq LIMIT ?`, [sequence, limit]));
  }

  /** Stories that grew after a sequence, with the sequence they grew to. */
  storiesChangedAfter(sequence: number, limit: number): { storyId: string; sequence: number }[] {
    const sql = 'SELECT id AS storyId, last_seq AS sequence FROM stories WHERE last_seq > ? ORDER BY last_seq LIMIT ?';
    return this.#sql.all(sql, [sequence, limit]);
  }

  /** The timeline in stream order and what it began with; undefined when nobody has heard of the story. */
  story(id: string): { original: Original | null; events: StoryEntry[] } | undefined {
    const row = this.#sql.get<{ original: string | null }>('SELECT original FROM stories WHERE id = ?', [id]);
    if (!row) return undefined;
    const events = this.#sql.all<EventRow>('SELECT sequence, id, action, doc FROM story_events WHERE story = ? ORDER BY sequence', [id]);
    return { original: parseOriginal(row.original), events: events.map(toEntry) };
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
    return this.#sql.get<{ letters: number }>('SELECT count(*) AS letters FROM dead_letters WHERE settled = 0', [])?.letters ?? 0;
  }

  /** What handlers wait for, as far as it was said and nothing to the contrary is known; longest first. */
  waits(): WaitRow[] {
    return joinedWaits(this.#docs<WaitRow>('SELECT doc FROM waits WHERE over = 0', []));
  }

  /** How many cards are in each state; states nobody is in are left out. */
  countsByState(): Partial<Record<CardState, number>> {
    const rows = this.#sql.all<{ state: CardState; cards: number }>('SELECT state, cards FROM card_counts WHERE cards > 0', []);
    return Object.fromEntries(rows.map((row) => [row.state, row.cards]));
  }

  /** What policy or the gate said to a decision or an undo, if it has spoken. */
  answerTo(causeId: string): Envelope | undefined {
    return this.#docs<Envelope>('SELECT doc FROM answers WHERE cause = ? AND doc IS NOT NULL', [causeId])[0];
  }

  #newest({ sql, values }: CardSelection): number[] {
    return this.#sql.all<{ created_seq: number }>(sql, values).map(({ created_seq: sequence }) => sequence);
  }

  #toCards(rows: readonly CardRow[]): Card[] {
    const histories = this.#histories(rows.map(({ id }) => id));
    return rows.map(({ id, doc, updated_seq: sequence, original }) => ({
      ...(JSON.parse(doc) as StoredCard),
      sequence,
      original: parseOriginal(original),
      history: histories.get(id) ?? [],
    }));
  }

  /** What happened to each of some actions, oldest first. */
  #histories(actionIds: readonly string[]): Map<string, HistoryEntry[]> {
    const events = this.#sql.all<EventRow>(LISTED_EVENTS, [JSON.stringify(actionIds)]).sort((a, b) => a.sequence - b.sequence);
    const histories = new Map(actionIds.map((id): [string, HistoryEntry[]] => [id, []]));
    for (const event of events) {
      const { sequence, time, type, agent: by, summary } = toEntry(event);
      histories.get(event.action ?? '')?.push({ sequence, time, type, by, summary });
    }
    return histories;
  }

  #docs<Doc>(sql: string, values: readonly unknown[]): Doc[] {
    return this.#sql.all<{ doc: string }>(sql, values).map((row) => JSON.parse(row.doc) as Doc);
  }
}

/** The first `limit` of `limit + 1` rows; the extra one only says that there is more. */
function pageOf<Row>(rows: readonly Row[], limit: number, sequenceOf: (row: Row) => number): Page<Row> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return rows.length > limit && last !== undefined ? { items, next: sequenceOf(last) } : { items };
}

function toEntry({ sequence, id, action: actionId, doc }: EventRow): StoryEntry {
  return { sequence, id, actionId, ...(JSON.parse(doc) as Omit<StoryEntry, 'sequence' | 'id' | 'actionId'>) };
}

function parseOriginal(json: string | null): Original | null {
  return json === null ? null : (JSON.parse(json) as Original);
}
