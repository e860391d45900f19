import type { Envelope } from '@troupe/contracts';
import type { Original, StoryEntry } from './card.contract.ts';
import type { Statements } from './statements.ts';
import { originalOf } from './story.projection.ts';

/** The stories of one batch: a line for each event at once, and how far each story has grown once at the end. */
export class StoryRows {
  readonly #sql: Statements;
  readonly #grown = new Map<string, { last: number; original: Original | undefined }>();

  constructor(sql: Statements) {
    this.#sql = sql;
  }

  /** False when the story has had an event of this id, in this batch or ever. */
  add(event: Envelope, { id, sequence, actionId, ...entry }: StoryEntry): boolean {
    const story = event.correlationid;
    const isNew = this.#sql.run('INSERT INTO story_events VALUES (?, ?, ?, ?, ?) ON CONFLICT (story, id) DO NOTHING', [
      sequence, story, id, actionId, JSON.stringify(entry),
    ]);
    if (isNew === 0) return false;
    this.#grown.set(story, { last: sequence, original: this.#grown.get(story)?.original ?? originalOf(event) });
    return true;
  }

  /** Writes what was added. A story keeps the first beginning it had. */
  write(): void {
    for (const [story, { last, original }] of this.#grown) {
      this.#sql.run(
        `INSERT INTO stories VALUES (?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET last_seq = excluded.last_seq, original = coalesce(original, excluded.original)`,
        [story, last, original ? JSON.stringify(original) : null],
      );
    }
  }
}
