import type Database from 'libsql';
import { SPAN_LENGTH } from './time-spans.ts';

/** Grows with every change of a table; what an older version wrote is carried over. */
const SCHEMA_VERSION = 2;

/**
 * The event is kept as JSON text, which is what L3 needs: key order stays, and a NUL character, at which libsql cuts
 * text off, is escaped in it. It stands behind what conditions on a row read; the origin after it is read off its index.
 * That is NULL where the event was recorded before version 2. `sequence` is not unique: a stream that was made anew counts
 * from 1 again. Every index ends in the sequence, the order of each answer.
 */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS episodes (
    id TEXT NOT NULL UNIQUE, sequence INTEGER NOT NULL, story TEXT NOT NULL, subject TEXT, type TEXT NOT NULL,
    agent TEXT NOT NULL, time_ms INTEGER NOT NULL, event TEXT NOT NULL, origin TEXT
  );
  CREATE INDEX IF NOT EXISTS by_sequence ON episodes (sequence, time_ms);
  CREATE INDEX IF NOT EXISTS by_story ON episodes (story, sequence);
  CREATE INDEX IF NOT EXISTS by_subject ON episodes (subject, sequence) WHERE subject IS NOT NULL;
  CREATE INDEX IF NOT EXISTS by_type ON episodes (type, sequence);
  CREATE INDEX IF NOT EXISTS by_agent ON episodes (agent, sequence);
  CREATE INDEX IF NOT EXISTS by_agent_and_type ON episodes (agent, type, sequence);
  CREATE TABLE IF NOT EXISTS known_as (
    entity TEXT NOT NULL, sequence INTEGER NOT NULL, episode INTEGER NOT NULL, PRIMARY KEY (entity, sequence, episode)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS spans (span INTEGER PRIMARY KEY, from_ms INTEGER NOT NULL, to_ms INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS recorded (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), through INTEGER NOT NULL, realm TEXT);
  INSERT OR IGNORE INTO recorded VALUES (1, 0, NULL);
`;

/** A file of the time before there were versions: entities without their sequence, time in an index of its own. */
const FROM_UNVERSIONED = `
  INSERT INTO known_as SELECT entity, sequence, episode FROM entities JOIN episodes ON episodes.rowid = entities.episode;
  DROP TABLE entities;
  DROP INDEX by_time;
  INSERT INTO spans SELECT sequence / ${SPAN_LENGTH} AS span, min(time_ms), max(time_ms) FROM episodes GROUP BY span;
`;

/** Made once the column is there, which files of before version 2 lack. */
const ORIGIN_INDEX = 'CREATE INDEX IF NOT EXISTS by_origin ON episodes (story, origin, sequence)';
/** A file of the time before histories had names. */
const FROM_UNNAMED = 'ALTER TABLE recorded ADD COLUMN realm TEXT';

/** In pages of 4 kB. Ids and stories fall all over their indexes: what a long catch-up would write again and again stays in memory. */
const CACHED_PAGES = 4_000;

/** Readies a file: makes what is missing and carries over what an older version wrote. */
export function prepareEpisodes(database: Database.Database): void {
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = NORMAL');
  database.pragma(`cache_size = ${CACHED_PAGES}`);
  database.pragma(`wal_autocheckpoint = ${CACHED_PAGES}`);
  database.transaction(() => {
    if (hasTable(database, 'recorded') && !hasRealm(database)) database.exec(FROM_UNNAMED);
    database.exec(SCHEMA);
    if (hasTable(database, 'entities')) database.exec(FROM_UNVERSIONED);
    if (!hasOrigin(database)) database.exec('ALTER TABLE episodes ADD COLUMN origin TEXT');
    database.exec(ORIGIN_INDEX);
    database.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
  }).immediate();
}

function hasTable(database: Database.Database, name: string): boolean {
  return database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get([name]) !== undefined;
}

function hasOrigin(database: Database.Database): boolean {
  return database.prepare("SELECT 1 FROM pragma_table_info('episodes') WHERE name = 'origin'").get([]) !== undefined;
}

function hasRealm(database: Database.Database): boolean {
  return database.prepare("SELECT 1 FROM pragma_table_info('recorded') WHERE name = 'realm'").get([]) !== undefined;
}
