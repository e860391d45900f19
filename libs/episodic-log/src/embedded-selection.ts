import type { EpisodeFilter } from '@troupe/contracts';

/** A filter as SQL: what to put behind WHERE, with its parameters, and which index reads the least. */
export interface Selection {
  /** `INDEXED BY …`, or `NOT INDEXED` where the rows are known before the table is read. */
  readonly index: string;
  readonly where: string;
  readonly parameters: readonly (string | number)[];
}

type Condition = readonly [sql: string, parameter: string | number | undefined];

/**
 * The selections whose newest rows together hold the newest of the filter: one, or one per type, because SQLite would
 * sort all rows of all the types where it can read each type's newest off the index.
 */
export function selectionsOf(filter: EpisodeFilter): Selection[] {
  const types = filter.types === undefined ? [undefined] : [...new Set(filter.types)];
  return types.map((type) => selectionOf(filter, type));
}

function selectionOf(filter: EpisodeFilter, type: string | undefined): Selection {
  const conditions: readonly Condition[] = [
    ['story = ?', filter.correlationId],
    ['subject = ?', filter.subject],
    ['rowid IN (SELECT episode FROM entities WHERE entity = ?)', filter.entity],
    ['type = ?', type],
    ['agent = ?', filter.agent],
    ['time_ms >= ?', millis(filter.since)],
    ['time_ms < ?', millis(filter.until)],
    ['sequence <= ?', filter.asOf],
    ['sequence < ?', filter.before],
  ];
  const given = conditions.filter(([, parameter]) => parameter !== undefined);
  return {
    index: indexFor(filter, type),
    where: given.map(([sql]) => sql).join(' AND ') || 'TRUE',
    parameters: given.flatMap(([, parameter]) => parameter ?? []),
  };
}

/** Narrowest first: a story is short, a person's or customer's history longer, an agent's grows for ever. */
function indexFor(filter: EpisodeFilter, type: string | undefined): string {
  if (filter.correlationId !== undefined) return 'INDEXED BY by_story';
  if (filter.subject !== undefined) return 'INDEXED BY by_subject';
  if (filter.entity !== undefined) return 'NOT INDEXED';
  if (filter.since !== undefined) return 'INDEXED BY by_time';
  if (type !== undefined) return 'INDEXED BY by_type';
  if (filter.agent !== undefined) return 'INDEXED BY by_agent';
  return 'INDEXED BY by_sequence';
}

function millis(time: string | undefined): number | undefined {
  return time === undefined ? undefined : Date.parse(time);
}
