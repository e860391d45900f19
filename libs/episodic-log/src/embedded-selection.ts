import type { EpisodeFilter } from '@troupe/contracts';
import { lowest, windowOf, type SequenceRange } from './time-spans.ts';

/** A statement that gives the newest rows of a selection, newest first, with its parameters. */
export interface Selection {
  readonly sql: string;
  readonly parameters: readonly (string | number)[];
}

type Condition = readonly [sql: string, parameter: string | number | undefined];

/**
 * The selections whose newest rows together hold the newest of the filter: one, or one per type, because SQLite would
 * sort all rows of all the types where it can read each type's newest off the index. `range` is where the filter's window
 * of time lies.
 */
export function selectionsOf(filter: EpisodeFilter, range: SequenceRange | undefined): Selection[] {
  const types = filter.types === undefined ? [undefined] : [...new Set(filter.types)];
  return types.map((type) => selectionOf(filter, type, range));
}

function selectionOf(filter: EpisodeFilter, type: string | undefined, range: SequenceRange | undefined): Selection {
  const { from, sequence, conditions } = sourceOf(filter, type);
  const window = windowOf(filter);
  const given = [
    ...conditions,
    ['e.story = ?', filter.correlationId],
    ['e.subject = ?', filter.subject],
    ['e.type = ?', type],
    ['e.agent = ?', filter.agent],
    ['e.time_ms >= ?', window?.fromMs],
    ['e.time_ms < ?', window?.toMs],
    [`${sequence} >= ?`, range?.from],
    [`${sequence} <= ?`, lowest(filter.asOf, range?.to, filter.before === undefined ? undefined : filter.before - 1)],
  ].filter((condition): condition is [string, string | number] => condition[1] !== undefined);
  const where = given.map(([sql]) => sql).join(' AND ') || 'TRUE';
  return {
    sql: `SELECT e.sequence, e.event FROM ${from} WHERE ${where} ORDER BY ${sequence} DESC LIMIT ?`,
    parameters: [...given.map(([, parameter]) => parameter), filter.limit],
  };
}

interface Source {
  readonly from: string;
  /** The column by whose order the source is read. */
  readonly sequence: string;
  readonly conditions: readonly Condition[];
}

/** Narrowest first: a story is short, a person's or customer's history longer, an agent's grows for ever. */
function sourceOf({ correlationId, subject, entity, agent }: EpisodeFilter, type: string | undefined): Source {
  const byEntity = correlationId === undefined && subject === undefined && entity !== undefined;
  if (byEntity) {
    const from = 'known_as n CROSS JOIN episodes e ON e.rowid = n.episode';
    return { from, sequence: 'n.sequence', conditions: [['n.entity = ?', entity]] };
  }
  const known = 'EXISTS (SELECT 1 FROM known_as n WHERE n.entity = ? AND n.sequence = e.sequence AND n.episode = e.rowid)';
  const index = correlationId !== undefined ? 'by_story' : subject !== undefined ? 'by_subject' : widerIndex(agent, type);
  return { from: `episodes e INDEXED BY ${index}`, sequence: 'e.sequence', conditions: [[known, entity]] };
}

function widerIndex(agent: string | undefined, type: string | undefined): string {
  if (agent !== undefined) return type === undefined ? 'by_agent' : 'by_agent_and_type';
  return type === undefined ? 'by_sequence' : 'by_type';
}
