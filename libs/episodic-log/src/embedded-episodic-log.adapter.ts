import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { entitiesOf, type Envelope, type Episode, type EpisodeFilter, type Origin } from '@troupe/contracts';
import Database from 'libsql';
import { prepareEpisodes } from './embedded-schema.ts';
import { selectionsOf } from './embedded-selection.ts';
import type { Selection } from './embedded-selection.ts';
import type { EpisodicLog, StoredEpisode, Stretch } from './episodic-log.ts';
import { rangeOf, spansOf, windowOf } from './time-spans.ts';

/** How long a writer waits for another process to finish its transaction. */
const BUSY_TIMEOUT_MS = 5_000;

const INSERT = 'INSERT INTO episodes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING';
const INSERT_ENTITY = 'INSERT INTO known_as VALUES (?, ?, ?)';
const WIDEN = `INSERT INTO spans VALUES (?, ?, ?)
  ON CONFLICT (span) DO UPDATE SET from_ms = min(from_ms, excluded.from_ms), to_ms = max(to_ms, excluded.to_ms)`;
const OF_ORIGIN = 'SELECT sequence, event FROM episodes INDEXED BY by_origin WHERE story = ? AND origin IS ? AND sequence <= ? ORDER BY sequence';
const SPANS_WITHIN = 'FROM spans WHERE to_ms >= ? AND from_ms < ?';
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
    prepareEpisodes(database);
    return new EmbeddedEpisodicLog(database);
  }

  async record({ after, through, episodes }: Stretch): Promise<number> {
    return this.#database
      .transaction(() => {
        for (const episode of episodes) this.#insert(episode);
        for (const { span, fromMs, toMs } of spansOf(episodes.map(placeOf))) this.#statement(WIDEN).run([span, fromMs, toMs]);
        this.#statement(ADVANCE).run([through, after]);
        return this.#through();
      })
      .immediate();
  }

  async find(filter: EpisodeFilter): Promise<Episode[]> {
    const rows = this.#selections(filter).flatMap(({ sql, parameters }) => this.#rows(sql, parameters));
    rows.sort((a, b) => b.sequence - a.sequence);
    return rows.slice(0, filter.limit).map(episodeOf);
  }

  async byIds(ids: readonly string[]): Promise<Episode[]> {
    return [...new Set(ids)].flatMap((id) => this.#rows('SELECT sequence, event FROM episodes WHERE id = ?', [id])).map(episodeOf);
  }

  async firstOf(correlationId: string, origin: Origin, through: number): Promise<Episode | undefined> {
    const indexed = this.#rows(`${OF_ORIGIN} LIMIT 1`, [correlationId, origin, through]);
    const older = this.#rows(OF_ORIGIN, [correlationId, null, through]);
    return [...older, ...indexed].map(episodeOf).find(({ event }) => event.origin === origin);
  }

  async timeline(correlationId: string): Promise<Episode[]> {
    const sql = 'SELECT sequence, event FROM episodes INDEXED BY by_story WHERE story = ? ORDER BY sequence';
    return this.#rows(sql, [correlationId]).map(episodeOf);
  }

  async lastSequence(): Promise<number> {
    return this.#through();
  }

  async adopt(realm: string): Promise<boolean> {
    return this.#database
      .transaction(() => {
        const { realm: known } = this.#statement('SELECT realm FROM recorded').get([]) as { realm: string | null };
        const isOther = known !== null && known !== realm;
        if (isOther) this.#empty();
        if (known !== realm) this.#statement('UPDATE recorded SET realm = ?').run([realm]);
        return isOther;
      })
      .immediate();
  }

  async clear(): Promise<void> {
    this.#database.transaction(() => this.#empty()).immediate();
  }

  async close(): Promise<void> {
    this.#statements.clear();
    this.#database.close();
  }

  /** How SQLite would run the statements of a filter, one line a step: proves L4 without a stopwatch. */
  explain(filter: EpisodeFilter): string[] {
    return this.#selections(filter).flatMap(({ sql, parameters }) =>
      this.#statement(`EXPLAIN QUERY PLAN ${sql}`).all(parameters).map((step) => (step as { detail: string }).detail),
    );
  }

  #insert(episode: StoredEpisode): void {
    const { changes, lastInsertRowid } = this.#statement(INSERT).run(columnsOf(episode));
    if (changes === 0) return;
    for (const entity of entitiesOf(episode.event)) this.#statement(INSERT_ENTITY).run([entity, episode.sequence, lastInsertRowid]);
  }

  #empty(): void {
    this.#database.exec('DELETE FROM known_as; DELETE FROM spans; DELETE FROM episodes; UPDATE recorded SET through = 0');
  }

  /** None where no event can lie in the window of time. */
  #selections(filter: EpisodeFilter): Selection[] {
    const window = windowOf(filter);
    if (window === undefined) return selectionsOf(filter, undefined);
    const [first, last] = ['ASC', 'DESC'].map((order) => this.#span(order, [window.fromMs, window.toMs]));
    return first === undefined || last === undefined ? [] : selectionsOf(filter, rangeOf(first, last));
  }

  #span(order: string, window: readonly number[]): number | undefined {
    const row = this.#statement(`SELECT span ${SPANS_WITHIN} ORDER BY span ${order} LIMIT 1`).get(window);
    return (row as { span: number } | undefined)?.span;
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

function columnsOf({ sequence, event, text }: StoredEpisode): (string | number | null)[] {
  const { id, correlationid, subject, type, agent, time, origin } = event;
  return [id, sequence, correlationid, subject ?? null, type, agent, Date.parse(time), text ?? JSON.stringify(event), origin];
}

function placeOf({ sequence, event }: Episode): { sequence: number; timeMs: number } {
  return { sequence, timeMs: Date.parse(event.time) };
}

function episodeOf({ sequence, event }: Row): Episode {
  return { sequence, event: JSON.parse(event) as Envelope };
}
