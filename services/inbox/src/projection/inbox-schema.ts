import type Database from 'libsql';

/** Grows with every change of a table or of a fold: a file of another version is emptied and folded anew (I6). */
const SCHEMA_VERSION = 2;

const TABLES = {
  position: 'position (one INTEGER PRIMARY KEY CHECK (one = 1), sequence INTEGER NOT NULL)',
  cards: `cards (created_seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, updated_seq INTEGER NOT NULL, state TEXT NOT NULL,
    agent TEXT NOT NULL, story TEXT NOT NULL, doc TEXT NOT NULL)`,
  card_events: 'card_events (sequence INTEGER PRIMARY KEY, card TEXT NOT NULL, doc TEXT NOT NULL)',
  stories: 'stories (id TEXT PRIMARY KEY, last_seq INTEGER NOT NULL, original TEXT)',
  story_events: 'story_events (sequence INTEGER PRIMARY KEY, story TEXT NOT NULL, doc TEXT NOT NULL)',
  agents: 'agents (name TEXT PRIMARY KEY, doc TEXT NOT NULL)',
  dead_letters: `dead_letters (sequence INTEGER PRIMARY KEY, id TEXT NOT NULL, settled INTEGER NOT NULL DEFAULT 0,
    doc TEXT NOT NULL)`,
  answers: 'answers (cause TEXT PRIMARY KEY, doc TEXT NOT NULL)',
};

const INDEXES = [
  'cards_updated ON cards (updated_seq)',
  'cards_state ON cards (state, created_seq)',
  'cards_agent ON cards (agent, created_seq)',
  'cards_story ON cards (story, created_seq)',
  'card_events_card ON card_events (card, sequence)',
  'stories_last ON stories (last_seq)',
  'story_events_story ON story_events (story, sequence)',
  'dead_letters_id ON dead_letters (id)',
  'dead_letters_open ON dead_letters (settled, sequence)',
];

/** Readies a file for folding. Durability may lag behind the stream: what a power cut loses is folded again. */
export function prepareSchema(db: Database.Database): void {
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000;');
  if (storedVersion(db) !== SCHEMA_VERSION) emptySchema(db);
}

/** Drops everything and starts at sequence 0. */
export function emptySchema(db: Database.Database): void {
  const drops = [...Object.keys(TABLES), 'card_text'].map((table) => `DROP TABLE IF EXISTS ${table};`);
  const tables = Object.values(TABLES).map((table) => `CREATE TABLE ${table};`);
  const indexes = INDEXES.map((index) => `CREATE INDEX ${index};`);
  db.exec(['BEGIN IMMEDIATE;', ...drops, ...tables, ...indexes,
    `CREATE VIRTUAL TABLE card_text USING fts5(text, tokenize = "unicode61 remove_diacritics 2");`,
    'INSERT INTO position VALUES (1, 0);', `PRAGMA user_version = ${SCHEMA_VERSION};`, 'COMMIT;'].join('\n'));
}

function storedVersion(db: Database.Database): number {
  const row = db.prepare('PRAGMA user_version').get() as { user_version: number };
  return row.user_version;
}
