import type { EpisodeFilter } from '@troupe/contracts';

/** Sequences are grouped by so many, and of each group the first and last moment are kept. */
export const SPAN_LENGTH = 1_024;

/** What is kept of one group of neighbouring sequences: the earliest and the latest time of an event in it. */
export interface TimeSpan {
  readonly span: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/** The first and the last sequence between which every event of a window lies. */
export interface SequenceRange {
  readonly from: number;
  readonly to: number;
}

/**
 * The spans that some events belong to, as wide as these events make them. An event's time nearly follows its sequence but
 * need not (imported history is old): this is what turns a window of time into a range of sequences, by which every index
 * ends, for one row in 1,024 events instead of an index that could not be read in the order of the answer.
 */
export function spansOf(events: Iterable<{ readonly sequence: number; readonly timeMs: number }>): TimeSpan[] {
  const spans = new Map<number, TimeSpan>();
  for (const { sequence, timeMs } of events) {
    const span = Math.floor(sequence / SPAN_LENGTH);
    const { fromMs = timeMs, toMs = timeMs } = spans.get(span) ?? {};
    spans.set(span, { span, fromMs: Math.min(fromMs, timeMs), toMs: Math.max(toMs, timeMs) });
  }
  return [...spans.values()];
}

/** The sequences of the spans from one to another. */
export function rangeOf(firstSpan: number, lastSpan: number): SequenceRange {
  return { from: firstSpan * SPAN_LENGTH, to: (lastSpan + 1) * SPAN_LENGTH - 1 };
}

/** The window of a filter in milliseconds, `toMs` not in it; undefined when it has none. */
export function windowOf({ since, until }: Pick<EpisodeFilter, 'since' | 'until'>): { fromMs: number; toMs: number } | undefined {
  if (since === undefined && until === undefined) return undefined;
  return { fromMs: since === undefined ? -MAX_TIME_MS : Date.parse(since), toMs: until === undefined ? MAX_TIME_MS : Date.parse(until) };
}

/** The lowest of those that are given; undefined when none is. */
export function lowest(...bounds: readonly (number | undefined)[]): number | undefined {
  const given = bounds.filter((bound) => bound !== undefined);
  return given.length === 0 ? undefined : Math.min(...given);
}

/** The last moment that JavaScript knows. */
const MAX_TIME_MS = 8_640_000_000_000_000;
