import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Envelope } from '@troupe/contracts';
import Database from 'libsql';
import { foldAgent, foldModelCall, modelCallOf } from './agent.projection.ts';
import { isAnswer } from './answers.ts';
import type { AgentRow, StoredCard } from './card.contract.ts';
import { actionIdOf, foldCard } from './card.projection.ts';
import { deadLetterOf } from './dead-letter.projection.ts';
import { emptySchema, prepareSchema } from './inbox-schema.ts';
import { searchText } from './search-text.ts';
import { originalOf, storyEntry } from './story.projection.ts';

/** What an event changed for those who watch. */
export interface InboxChange {
  readonly sequence: number;
  readonly storyId: string;
  readonly cardId?: string;
  readonly deadLetter: boolean;
}

/**
 * The writing side of the inbox's projection: one libsql file, folded from the stream. The position is stored in the
 * transaction of the rows it accounts for, so every event counts exactly once however often it is offered. Work per event
 * does not depend on how much there already is (I12).
 */
export class CardStore {
  readonly db: Database.Database;

  constructor(file: string) {
    mkdirSync(dirname(file), { recursive: true });
    this.db = new Database(file);
    prepareSchema(this.db);
  }

  /** The last stream sequence accounted for; 0 when nothing is. */
  position(): number {
    return (this.#get('SELECT sequence FROM position', []) as { sequence: number }).sequence;
  }

  /** Takes one event in; undefined when it already counted. */
  apply(event: Envelope, sequence: number): InboxChange | undefined {
    if (sequence <= this.position()) return undefined;
    this.db.exec('BEGIN IMMEDIATE');
    try {
      const cardId = this.#applyCard(event, sequence);
      this.#applyStory(event, sequence);
      this.#applyAgents(event);
      const deadLetter = this.#applyDeadLetter(event, sequence);
      if (isAnswer(event)) this.#run('INSERT OR IGNORE INTO answers VALUES (?, ?)', [event.causationid, JSON.stringify(event)]);
      this.#run('UPDATE position SET sequence = ?', [sequence]);
      this.db.exec('COMMIT');
      return { sequence, storyId: event.correlationid, deadLetter, ...(cardId !== undefined && { cardId }) };
    } catch (error) {
      this.db.exec('ROLLBACK');
      throw error;
    }
  }

  /** A dead letter is gone from its stream. Only a note of what the stream knows: a rebuild finds it out again. */
  settleDeadLetter(id: string): void {
    this.#run('UPDATE dead_letters SET settled = 1 WHERE id = ?', [id]);
  }

  /** Forgets everything: the next event to apply is the first of the stream. */
  clear(): void {
    emptySchema(this.db);
  }

  close(): void {
    this.db.close();
  }

  #applyCard(event: Envelope, sequence: number): string | undefined {
    const id = actionIdOf(event);
    if (id === undefined) return undefined;
    const row = this.#get('SELECT created_seq, doc FROM cards WHERE id = ?', [id]) as
      { created_seq: number; doc: string } | undefined;
    const card = foldCard(row && (JSON.parse(row.doc) as StoredCard), event);
    if (!card) return undefined;
    if (row) this.#updateCard(card, sequence, row.created_seq);
    else this.#insertCard(card, sequence);
    const { time, type, agent: by, summary } = storyEntry(event, sequence);
    this.#run('INSERT INTO card_events VALUES (?, ?, ?)', [sequence, id, JSON.stringify({ sequence, time, type, by, summary })]);
    return id;
  }

  #insertCard(card: StoredCard, sequence: number): void {
    const { id, state, agent, storyId } = card;
    this.#run('INSERT INTO cards VALUES (?, ?, ?, ?, ?, ?, ?)', [
      sequence,
      id,
      sequence,
      state,
      agent.name,
      storyId,
      JSON.stringify(card),
    ]);
    this.#run('INSERT INTO card_text (rowid, text) VALUES (?, ?)', [sequence, searchText(card)]);
  }

  #updateCard(card: StoredCard, sequence: number, createdSequence: number): void {
    this.#run('UPDATE cards SET updated_seq = ?, state = ?, doc = ? WHERE created_seq = ?', [
      sequence,
      card.state,
      JSON.stringify(card),
      createdSequence,
    ]);
    this.#run('UPDATE card_text SET text = ? WHERE rowid = ?', [searchText(card), createdSequence]);
  }

  #applyStory(event: Envelope, sequence: number): void {
    const story = event.correlationid;
    const original = originalOf(event);
    this.#run(
      `INSERT INTO stories VALUES (?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET last_seq = excluded.last_seq, original = coalesce(original, excluded.original)`,
      [story, sequence, original ? JSON.stringify(original) : null],
    );
    this.#run('INSERT INTO story_events VALUES (?, ?, ?)', [sequence, story, JSON.stringify(storyEntry(event, sequence))]);
  }

  #applyAgents(event: Envelope): void {
    this.#putAgent(foldAgent(this.#agent(event.agent), event));
    const call = modelCallOf(event);
    if (call) this.#putAgent(foldModelCall(this.#agent(call.askedBy), call, event));
  }

  #applyDeadLetter(event: Envelope, sequence: number): boolean {
    const letter = deadLetterOf(event);
    if (!letter) return false;
    this.#run('INSERT INTO dead_letters (sequence, id, doc) VALUES (?, ?, ?)', [
      sequence,
      letter.id,
      JSON.stringify({ ...letter, sequence }),
    ]);
    return true;
  }

  #agent(name: string): AgentRow | undefined {
    const row = this.#get('SELECT doc FROM agents WHERE name = ?', [name]) as { doc: string } | undefined;
    return row && (JSON.parse(row.doc) as AgentRow);
  }

  #putAgent(agent: AgentRow): void {
    this.#run('INSERT OR REPLACE INTO agents VALUES (?, ?)', [agent.name, JSON.stringify(agent)]);
  }

  readonly #statements = new Map<string, Database.Statement>();

  #statement(sql: string): Database.Statement {
    const known = this.#statements.get(sql) ?? this.db.prepare(sql);
    this.#statements.set(sql, known);
    return known;
  }

  #run(sql: string, values: readonly unknown[]): void {
    this.#statement(sql).run(values);
  }

  #get(sql: string, values: readonly unknown[]): unknown {
    return this.#statement(sql).get(values);
  }
}
