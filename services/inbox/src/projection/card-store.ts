import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ActionLife, Envelope } from '@troupe/contracts';
import Database from 'libsql';
import { foldAgent, foldModelCall, modelCallOf } from './agent.projection.ts';
import { isAnswer, wantsAnswer } from './answers.ts';
import type { AgentRow, StoredCard, StoryEntry } from './card.contract.ts';
import { foldCard, type FoldedCard } from './card.projection.ts';
import { deadLetterOf } from './dead-letter.projection.ts';
import type { FoldedEvent, InboxChange, PlacedEvent } from './folded-event.ts';
import { emptySchema, prepareSchema } from './inbox-schema.ts';
import { keysOf, searchText, wordsOf } from './search-text.ts';
import { Statements } from './statements.ts';
import { originalOf, storyEntry } from './story.projection.ts';
import { waitNewsOf } from './wait.projection.ts';

/**
 * The writing side of the inbox's projection: one libsql file, folded from the stream. Work per event does not depend on
 * how much there already is (I12).
 *
 * - (P1) The position is stored in the transaction of the rows it accounts for, so an event counts once however often its
 *   place in the stream is offered.
 * - (P2) The ids of a story's events are kept: one that comes again at a later place moves the position and nothing else,
 *   however long ago it was (I2).
 */
export class CardStore {
  readonly db: Database.Database;
  readonly #sql: Statements;

  constructor(file: string) {
    mkdirSync(dirname(file), { recursive: true });
    this.db = new Database(file);
    prepareSchema(this.db);
    this.#sql = new Statements(this.db);
  }

  /** The last stream sequence accounted for; 0 when nothing is. */
  position(): number {
    return this.#sql.get<{ sequence: number }>('SELECT sequence FROM position', [])?.sequence ?? 0;
  }

  /** Takes one event in; undefined when it already counted. */
  apply(event: Envelope, sequence: number): InboxChange | undefined {
    return this.applyAll([{ event, sequence }])[0]?.change;
  }

  /** Takes neighbouring events in, all or none, and answers those that had not counted yet. */
  applyAll(events: readonly PlacedEvent[]): FoldedEvent[] {
    this.db.exec('BEGIN IMMEDIATE');
    try {
      const position = this.position();
      const fresh = events.filter(({ sequence }) => sequence > position);
      const folded = fresh.flatMap((placed) => this.#fold(placed) ?? []);
      const last = fresh.at(-1);
      if (last) this.#sql.run('UPDATE position SET sequence = ?', [last.sequence]);
      this.db.exec('COMMIT');
      return folded;
    } catch (error) {
      this.db.exec('ROLLBACK');
      throw error;
    }
  }

  /** A dead letter is gone from its stream. Only a note of what the stream knows: a rebuild finds it out again. */
  settleDeadLetter(id: string): void {
    this.#sql.run('UPDATE dead_letters SET settled = 1 WHERE id = ?', [id]);
  }

  /** Nothing waits for this handler any more, whoever said so. Only a note of what the broker knows: a rebuild finds it out again. */
  endWaits(service: string, handler: string): void {
    const ofHandler = "doc ->> '$.service' = ? AND doc ->> '$.handler' = ?";
    this.#sql.run(`UPDATE waits SET over = 1 WHERE over = 0 AND ${ofHandler}`, [service, handler]);
  }

  /** Forgets everything: the next event to apply is the first of the stream. */
  clear(): void {
    emptySchema(this.db);
  }

  close(): void {
    this.db.close();
  }

  #fold({ event, sequence }: PlacedEvent): FoldedEvent | undefined {
    const entry = storyEntry(event, sequence);
    if (!this.#addToStory(event, entry)) return undefined;
    const cardId = entry.actionId !== null && this.#applyCard(entry.actionId, event, sequence) ? entry.actionId : undefined;
    this.#applyAgents(event);
    this.#applyAnswer(event);
    const deadLetter = this.#applyDeadLetter(event, sequence);
    const wait = this.#applyWait(event);
    return { event, change: { sequence, storyId: event.correlationid, deadLetter, wait, ...(cardId !== undefined && { cardId }) } };
  }

  /** False when the story has had an event of this id (P2). */
  #addToStory(event: Envelope, { id, sequence, actionId, ...entry }: StoryEntry): boolean {
    const story = event.correlationid;
    const isNew = this.#sql.run('INSERT INTO story_events VALUES (?, ?, ?, ?, ?) ON CONFLICT (story, id) DO NOTHING', [
      sequence, story, id, actionId, JSON.stringify(entry),
    ]);
    if (isNew === 0) return false;
    const original = originalOf(event);
    this.#sql.run(
      `INSERT INTO stories VALUES (?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET last_seq = excluded.last_seq, original = coalesce(original, excluded.original)`,
      [story, sequence, original ? JSON.stringify(original) : null],
    );
    return true;
  }

  #applyCard(id: string, event: Envelope, sequence: number): boolean {
    const row = this.#sql.get<{ created_seq: number; doc: string; life: string }>('SELECT created_seq, doc, life FROM cards WHERE id = ?', [id]);
    const before = row && { card: JSON.parse(row.doc) as StoredCard, life: JSON.parse(row.life) as ActionLife };
    const folded = foldCard(before, event, sequence);
    if (!folded) return false;
    if (row && before) this.#updateCard(before.card, folded, { updated: sequence, created: row.created_seq });
    else this.#insertCard(folded, sequence);
    return true;
  }

  #insertCard({ card, life }: FoldedCard, sequence: number): void {
    const { id, state, agent, storyId } = card;
    this.#sql.run('INSERT INTO cards VALUES (?, ?, ?, ?, ?, ?, ?, ?)', [
      sequence, id, sequence, state, agent.name, storyId, JSON.stringify(card), JSON.stringify(life),
    ]);
    this.#sql.run('INSERT INTO card_text (rowid, keys, text) VALUES (?, ?, ?)', [sequence, keysOf(card), wordsOf(searchText(card)).join(' ')]);
    this.#count(state, 1);
  }

  #updateCard(before: StoredCard, { card, life }: FoldedCard, { updated, created }: { updated: number; created: number }): void {
    this.#sql.run('UPDATE cards SET updated_seq = ?, state = ?, agent = ?, doc = ?, life = ? WHERE created_seq = ?', [
      updated, card.state, card.agent.name, JSON.stringify(card), JSON.stringify(life), created,
    ]);
    this.#indexText(before, card, created);
    if (before.state === card.state) return;
    this.#count(before.state, -1);
    this.#count(card.state, 1);
  }

  /** Writing the index is the dearest part of an event: only where a search would notice. */
  #indexText(before: StoredCard, card: StoredCard, created: number): void {
    const [keys, text] = [keysOf(card), searchText(card)];
    if (keys === keysOf(before) && text === searchText(before)) return;
    this.#sql.run('UPDATE card_text SET keys = ?, text = ? WHERE rowid = ?', [keys, wordsOf(text).join(' '), created]);
  }

  #count(state: string, change: 1 | -1): void {
    this.#sql.run('INSERT INTO card_counts VALUES (?, ?) ON CONFLICT (state) DO UPDATE SET cards = cards + excluded.cards', [state, change]);
  }

  #applyAgents(event: Envelope): void {
    this.#putAgent(foldAgent(this.#agent(event.agent), event));
    const call = modelCallOf(event);
    if (call) this.#putAgent(foldModelCall(this.#agent(call.askedBy), call, event));
  }

  /** A row for each word of the owner, without an answer until the first comes. */
  #applyAnswer(event: Envelope): void {
    if (wantsAnswer(event)) this.#sql.run('INSERT OR IGNORE INTO answers VALUES (?, NULL)', [event.id]);
    if (isAnswer(event)) this.#sql.run('UPDATE answers SET doc = ? WHERE cause = ? AND doc IS NULL', [JSON.stringify(event), event.causationid]);
  }

  #applyDeadLetter(event: Envelope, sequence: number): boolean {
    const letter = deadLetterOf(event);
    if (!letter) return false;
    this.#sql.run('INSERT INTO dead_letters (sequence, id, doc) VALUES (?, ?, ?)', [
      sequence,
      letter.id,
      JSON.stringify({ ...letter, sequence }),
    ]);
    return true;
  }

  /** Its end may come before its beginning, and stays the end. */
  #applyWait(event: Envelope): boolean {
    const news = waitNewsOf(event);
    if (!news) return false;
    if (news.began) this.#sql.run('INSERT OR IGNORE INTO waits VALUES (?, 0, ?)', [news.key, JSON.stringify(news.began)]);
    else this.#sql.run('INSERT INTO waits VALUES (?, 1, NULL) ON CONFLICT (key) DO UPDATE SET over = 1', [news.key]);
    return true;
  }

  #agent(name: string): AgentRow | undefined {
    const row = this.#sql.get<{ doc: string }>('SELECT doc FROM agents WHERE name = ?', [name]);
    return row && (JSON.parse(row.doc) as AgentRow);
  }

  #putAgent(agent: AgentRow): void {
    this.#sql.run('INSERT OR REPLACE INTO agents VALUES (?, ?)', [agent.name, JSON.stringify(agent)]);
  }
}
