import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Envelope } from '@troupe/contracts';
import Database from 'libsql';
import { AgentRows } from './agent-rows.ts';
import { isAnswer, wantsAnswer } from './answers.ts';
import { CardRows } from './card-rows.ts';
import { deadLetterOf } from './dead-letter.projection.ts';
import type { FoldedEvent, InboxChange, PlacedEvent } from './folded-event.ts';
import { emptySchema, prepareSchema } from './inbox-schema.ts';
import { Statements } from './statements.ts';
import { StoryRows } from './story-rows.ts';
import { storyEntry } from './story.projection.ts';
import { waitNewsOf } from './wait.projection.ts';

/** What a batch changes, in memory until all of it is folded. */
interface BatchRows {
  readonly stories: StoryRows;
  readonly cards: CardRows;
  readonly agents: AgentRows;
}

/**
 * The writing side of the inbox's projection: one libsql file, folded from the stream. Work per event does not depend on
 * how much there already is (I12).
 *
 * - (P1) The position is stored in the transaction of the rows it accounts for, so an event counts once however often its
 *   place in the stream is offered.
 *   A batch is folded in memory and written at its end: what it leaves is what its events one by one would have left.
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

  /** The history that the position counts in; empty when it has no name. */
  realm(): string {
    return this.#sql.get<{ realm: string }>('SELECT realm FROM position', [])?.realm ?? '';
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
      const rows = { stories: new StoryRows(this.#sql), cards: new CardRows(this.#sql), agents: new AgentRows(this.#sql) };
      const folded = fresh.flatMap((placed) => this.#fold(placed, rows) ?? []);
      for (const some of Object.values(rows)) some.write();
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

  /** Forgets everything: the next event to apply is the first of the stream that keeps this history. */
  clear(realm = this.realm()): void {
    emptySchema(this.db, realm);
  }

  close(): void {
    this.db.close();
  }

  #fold({ event, sequence }: PlacedEvent, { stories, cards, agents }: BatchRows): FoldedEvent | undefined {
    const entry = storyEntry(event, sequence);
    if (!stories.add(event, entry)) return undefined;
    const cardId = entry.actionId !== null && cards.fold(entry.actionId, event, sequence) ? entry.actionId : undefined;
    agents.fold(event);
    this.#applyAnswer(event);
    const deadLetter = this.#applyDeadLetter(event, sequence);
    const wait = this.#applyWait(event);
    return { event, change: { sequence, storyId: event.correlationid, deadLetter, wait, ...(cardId !== undefined && { cardId }) } };
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
}
