import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { entitiesOf, type Envelope, type Episode, type EpisodeFilter } from '@troupe/contracts';
import Database from 'libsql';
import { selectionsOf } from './embedded-selection.ts';
import type { Selection } from './embedded-selection.ts';
import type { EpisodicLog, Stretch } from './episodic-log.ts';

/** How long a writer waits for another process to finish its transaction. */
const BUSY_TIMEOUT_MS = 5_000;

/**
 * The event is kept as JSON text, which is what L3 needs: key order stays, and a NUL character, at which libsql cuts
 * text off, is escaped in it. `sequence` is not unique: a stream that was made anew counts from 1 again.
 */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS episodes (
    id TEXT NOT NULL UNIQUE, sequence INTEGER NOT NULL, story TEXT NOT NULL, subject TEXT, type TEXT NOT NULL,
    agent TEXT NOT NULL, time_ms INTEGER NOT NULL, event TEXT NOT NULL
  );
  CREATE INDEX IF NOT EXISTS by_sequence ON episodes (sequence, time_ms);
  CREATE INDEX IF NOT EXISTS by_story ON episodes (story, sequence);
  CREATE INDEX IF NOT EXISTS by_subject ON episodes (subject, sequence);
  CREATE INDEX IF NOT EXISTS by_type ON episodes (type, sequence);
  CREATE INDEX IF NOT EXISTS by_agent ON episodes (agent, sequence);
  CREATE INDEX IF NOT EXISTS by_time ON episodes (time_ms, sequence);
  CREATE TABLE IF NOT EXISTS entities (
    entity TEXT NOT NULL, episode INTEGER NOT NULL, PRIMARY KEY (entity, episode)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS recorded (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), through INTEGER NOT NULL);
  INSERT OR IGNORE INTO recorded VALUES (1, 0);
`;

const INSERT = 'INSERT OR IGNORE INTO episodes VALUES (?, ?, ?, ?, ?, ?, ?, ?)';
const INSERT_ENTITY = 'INSERT OR IGNORE INTO entities SELECT ?, rowid FROM episodes WHERE id = ?';
const ADVANCE = 'UPDATE recorded SET through = max(through, ?) WHERE through >= ?';

interface Row {
  readonly sequence: number;
  readonly event: string;
}

/** The episodic log in one SQLite file, by libsql: what a laptop runs on. Calls are synchronous inside, well below 1 ms. */
export class EmbeddedEpisodicLog implements EpisodicLog {
  readonly #database: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();

  private constructor(database: Database.Database) {
    this.#database = database;
  }

  /** Opens the log in a file, which is made, with its folders, when it is not there. */
  static open(file: string): EmbeddedEpisodicLog {
    mkdirSync(dirname(file), { recursive: true });
    const database = new Database(file, { timeout: BUSY_TIMEOUT_MS });
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = NORMAL');
    database.transaction(() => database.exec(SCHEMA)).immediate();
    return new EmbeddedEpisodicLog(database);
  }

  async record({ after, through, episodes }: Stretch): Promise<number> {
    return this.#database
      .transaction(() => {
        for (const episode of episodes) this.#insert(episode);
        this.#statement(ADVANCE).run([through, after]);
        return this.#through();
      })
      .immediate();
  }

  async find(filter: EpisodeFilter): Promise<Episode[]> {
    const rows = selectionsOf(filter).flatMap((selection) => this.#newest(selection, filter.limit));
    rows.sort((a, b) => b.sequence - a.sequence);
    return rows.slice(0, filter.limit).map(episodeOf);
  }

  async timeline(correlationId: string): Promise<Episode[]> {
    const sql = 'SELECT sequence, event FROM episodes INDEXED BY by_story WHERE story = ? ORDER BY sequence';
    return this.#rows(sql, [correlationId]).map(episodeOf);
  }

  async lastSequence(): Promise<number> {
    return this.#through();
  }

  async clear(): Promise<void> {
    this.#database
      .transaction(() => this.#database.exec('DELETE FROM entities; DELETE FROM episodes; UPDATE recorded SET through = 0'))
      .immediate();
  }

  async close(): Promise<void> {
    this.#statements.clear();
    this.#database.close();
  }

  /** How SQLite would run the statements of a filter, one line a step: proves L4 without a stopwatch. */
  explain(filter: EpisodeFilter): string[] {
    return selectionsOf(filter).flatMap((selection) => {
      const steps = this.#statement(`EXPLAIN QUERY PLAN ${newestSql(selection)}`);
      return steps.all([...selection.parameters, filter.limit]).map((step) => (step as { detail: string }).detail);
    });
  }

  #insert(episode: Episode): void {
    const { changes } = this.#statement(INSERT).run(columnsOf(episode));
    if (changes === 0) return;
    for (const entity of entitiesOf(episode.event)) this.#statement(INSERT_ENTITY).run([entity, episode.event.id]);
  }

  #newest(selection: Selection, limit: number): Row[] {
    return this.#rows(newestSql(selection), [...selection.parameters, limit]);
  }

  #through(): number {
    return (this.#statement('SELECT through FROM recorded').get([]) as { through: number }).through;
  }

  /** Parameters go in as ONE array: libsql aborts the process when it is given a single bare buffer. */
  #rows(sql: string, parameters: readonly unknown[]): Row[] {
    return this.#statement(sql).all(parameters) as Row[];
  }

  #statement(sql: string): Database.Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const prepared = this.#database.prepare(sql);
    this.#statements.set(sql, prepared);
    return prepared;
  }
}

/** Finds the rows on the index alone and fetches the events, which are large, only of those that come out. */
function newestSql({ index, where }: Selection): string {
  const newest = `SELECT rowid FROM episodes ${index} WHERE ${where} ORDER BY sequence DESC LIMIT ?`;
  return `SELECT sequence, event FROM episodes WHERE rowid IN (${newest}) ORDER BY sequence DESC`;
}

function columnsOf({ sequence, event }: Episode): (string | number | null)[] {
  const { id, correlationid, subject, type, agent, time } = event;
  return [id, sequence, correlationid, subject ?? null, type, agent, Date.parse(time), JSON.stringify(event)];
}

function episodeOf({ sequence, event }: Row): Episode {
  return { sequence, event: JSON.parse(event) as Envelope };
}
