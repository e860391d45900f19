import { CardStateSchema, type CardState } from './card.contract.ts';
import { searchQuery } from './search-text.ts';

/** Which cards to list: every part given must match. */
export interface CardFilter {
  readonly states?: readonly CardState[] | undefined;
  readonly agent?: string | undefined;
  readonly story?: string | undefined;
  readonly q?: string | undefined;
  /** Only cards created below this sequence. */
  readonly before?: number | undefined;
  readonly limit: number;
}

/** A statement that gives the `created_seq` of the newest cards it selects, newest first, one more than the limit. */
export interface CardSelection {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

type Condition = readonly [sql: string, ...values: (string | number)[]];

/**
 * The selections whose newest cards together hold the newest of the filter. Each reads the end of one index and stops:
 * several states are several selections, because SQLite would sort all cards of all of them.
 */
export function cardStatements(filter: CardFilter): CardSelection[] {
  const { states, agent, story, q } = filter;
  const query = q === undefined ? undefined : searchQuery(q, states, agent);
  if (story !== undefined) return [ofStory(story, query, filter)];
  if (query !== undefined) return [matching(query, filter)];
  if (agent !== undefined) return each(states ?? CardStateSchema.options, (state) => newest(filter, ['agent = ?', agent], ['state = ?', state]));
  if (states !== undefined) return each(states, (state) => newest(filter, ['state = ?', state]));
  return [newest(filter)];
}

function each(states: readonly CardState[], select: (state: CardState) => CardSelection): CardSelection[] {
  return [...new Set(states)].map(select);
}

function newest({ before, limit }: CardFilter, ...conditions: readonly Condition[]): CardSelection {
  const below: Condition = ['created_seq < ?', before ?? Number.MAX_SAFE_INTEGER];
  return selection('SELECT created_seq FROM cards', 'created_seq', [...conditions, below], limit);
}

/** The cards of one story are few: each is looked at. */
function ofStory(story: string, query: string | undefined, filter: CardFilter): CardSelection {
  const matches = 'EXISTS (SELECT 1 FROM card_text WHERE card_text MATCH ? AND rowid = created_seq)';
  const found: Condition[] = query === undefined ? [] : [[matches, query]];
  return newest(filter, ['story = ?', story], ...rest(filter), ...found);
}

/** The index knows state and agent nearly: what it finds is looked at once more. */
function matching(query: string, filter: CardFilter): CardSelection {
  const { before, limit } = filter;
  const from = 'SELECT card_text.rowid AS created_seq FROM card_text CROSS JOIN cards ON cards.created_seq = card_text.rowid';
  const below: Condition[] = before === undefined ? [] : [['card_text.rowid < ?', before]];
  return selection(from, 'card_text.rowid', [['card_text MATCH ?', query], ...below, ...rest(filter)], limit);
}

function rest({ states, agent }: CardFilter): Condition[] {
  const ofState: Condition[] = states === undefined ? [] : [[`state IN (${states.map(() => '?').join(', ')})`, ...states]];
  return agent === undefined ? ofState : [...ofState, ['agent = ?', agent]];
}

function selection(from: string, order: string, conditions: readonly Condition[], limit: number): CardSelection {
  const where = conditions.map(([sql]) => sql).join(' AND ');
  const values = conditions.flatMap(([, ...parameters]) => parameters);
  return { sql: `${from} WHERE ${where} ORDER BY ${order} DESC LIMIT ?`, values: [...values, limit + 1] };
}
