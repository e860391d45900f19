import type Database from 'libsql';
import { INDEXED_PREFIXES } from './search-text.ts';

/** Grows with every change of a table or of a fold: a file of another version is emptied and folded anew (I6). */
const SCHEMA_VERSION = 5;

const TABLES = {
  position: 'position (one INTEGER PRIMARY KEY CHECK (one = 1), sequence INTEGER NOT NULL, realm TEXT NOT NULL)',
  cards: `cards (created_seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, updated_seq INTEGER NOT NULL, state TEXT NOT NULL,
    agent TEXT NOT NULL, story TEXT NOT NULL, doc TEXT NOT NULL, life TEXT NOT NULL)`,
  card_counts: 'card_counts (state TEXT PRIMARY KEY, cards INTEGER NOT NULL) WITHOUT ROWID',
  stories: 'stories (id TEXT PRIMARY KEY, last_seq INTEGER NOT NULL, original TEXT)',
  story_events: 'story_events (sequence INTEGER PRIMARY KEY, story TEXT NOT NULL, id TEXT NOT NULL, action TEXT, doc TEXT NOT NULL)',
  agents: 'agents (name TEXT PRIMARY KEY, doc TEXT NOT NULL)',
  dead_letters: `dead_letters (sequence INTEGER PRIMARY KEY, id TEXT NOT NULL, settled INTEGER NOT NULL DEFAULT 0,
    doc TEXT NOT NULL)`,
  waits: 'waits (key TEXT PRIMARY KEY, over INTEGER NOT NULL, doc TEXT)',
  answers: 'answers (cause TEXT PRIMARY KEY, doc TEXT)',
};

/** `story_events_id` tells a repeat (I2): within its story, so that the pages it touches are those in use anyway. */
const INDEXES = [
  'INDEX cards_updated ON cards (updated_seq)',
  'INDEX cards_state ON cards (state, created_seq)',
  'INDEX cards_agent ON cards (agent, state, created_seq)',
  'INDEX cards_story ON cards (story, created_seq)',
  'INDEX stories_last ON stories (last_seq)',
  'INDEX story_events_story ON story_events (story, sequence)',
  'UNIQUE INDEX story_events_id ON story_events (story, id)',
  'INDEX story_events_action ON story_events (action, sequence) WHERE action IS NOT NULL',
  'INDEX dead_letters_id ON dead_letters (id)',
  'INDEX waits_open ON waits (key) WHERE over = 0',
  'INDEX dead_letters_open ON dead_letters (settled, sequence)',
];

/** Holds the terms alone, without where they stand: a search asks for words and reads the cards elsewhere. */
const CARD_TEXT = `VIRTUAL TABLE card_text USING fts5(keys, text, content = '', contentless_delete = 1, detail = column,
  prefix = '${INDEXED_PREFIXES.join(' ')}', tokenize = 'ascii')`;

/**
 * Durability may lag behind the stream: what a power cut loses is folded again. Ids fall all over their indexes: 16 MB of
 * pages in memory, and as much in the log before it is worked in, spare most of the writing of a long catch-up.
 */
const SETTINGS = `PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000; PRAGMA cache_size = -16000;
  PRAGMA wal_autocheckpoint = 4000;`;

/** Readies a file for folding. */
export function prepareSchema(db: Database.Database): void {
  db.exec(SETTINGS);
  if (storedVersion(db) !== SCHEMA_VERSION) emptySchema(db, '');
}

/** Drops everything and starts at sequence 0 of a history. */
export function emptySchema(db: Database.Database, realm: string): void {
  const drops = [...Object.keys(TABLES), 'card_events', 'card_text'].map((table) => `DROP TABLE IF EXISTS ${table};`);
  const creations = [...Object.values(TABLES).map((table) => `TABLE ${table}`), ...INDEXES, CARD_TEXT].map((what) => `CREATE ${what};`);
  const empty = db.transaction(() => {
    db.exec([...drops, ...creations, `PRAGMA user_version = ${SCHEMA_VERSION};`].join('\n'));
    db.prepare('INSERT INTO position VALUES (1, 0, ?)').run([realm]);
  });
  empty.immediate();
}

function storedVersion(db: Database.Database): number {
  const row = db.prepare('PRAGMA user_version').get() as { user_version: number };
  return row.user_version;
}
