import type { Episode, EpisodeFilter, Origin } from '@troupe/contracts';

/** An event on its way into the log. */
export interface StoredEpisode extends Episode {
  /**
   * The JSON text of the event as it lay on the stream, where `event` holds less of it or in another form. It is what is
   * kept and comes out again; `event` is what it is found by. Default: `event` as JSON.
   */
  readonly text?: string;
}

/** A stretch of the event stream, read without leaving anything out: what lay in it beyond `after`, up to `through`. */
export interface Stretch {
  /** The stream sequence before the first of the stretch; 0 where the stream begins. */
  readonly after: number;
  /** The last stream sequence of the stretch. */
  readonly through: number;
  /** The events in it. Fewer than its length where the stream holds other messages, or was purged. */
  readonly episodes: readonly StoredEpisode[];
}

/**
 * Every event of the company, kept for asking: by story, by whom it is about, by who did it, by type and by time.
 * A projection of the event stream (I6). Several processes may record and read the same log.
 *
 * - (L1) An event is kept once: recording its id again changes nothing, whoever else records it at the same time.
 * - (L2) `lastSequence` never runs ahead of what is stored: all that the stream held up to it can be found.
 * - (L3) What comes out equals what went in, key order included, up to the largest event the stream takes, whether or not
 *   anybody here knows its type, its version or its attributes.
 * - (L4) A page is read off the end of the narrowest index that the filter names, or off the place where its window of time
 *   lies: it costs what it holds, not what the log has grown to.
 */
export interface EpisodicLog {
  /**
   * Stores the episodes of a stretch and answers `lastSequence` as it then is. That moves to `through` only where the
   * stretch joins on to what is already recorded; less than `through` in the answer means that something between is
   * still missing. When it rejects, some of the episodes may be stored; recording the stretch again is safe.
   */
  record(stretch: Stretch): Promise<number>;

  /**
   * The newest `limit` episodes that match every part of the filter, highest sequence first. The whole of a longer
   * answer is read by asking again with `before` set to the last sequence received. Times are compared to the
   * millisecond. Events without a subject match no subject.
   */
  find(filter: EpisodeFilter): Promise<Episode[]>;

  /** The events of these ids that are recorded, in no order. Costs what it holds (L4). */
  byIds(ids: readonly string[]): Promise<Episode[]>;

  /**
   * The first event of a story that has this origin and does not stand beyond the sequence `through`; undefined where there
   * is none. Costs the same in a long story as in a short one, but for what was recorded before origins were indexed.
   */
  firstOf(correlationId: string, origin: Origin, through: number): Promise<Episode | undefined>;

  /** A whole story in the order of the stream; empty when nobody has heard of it. */
  timeline(correlationId: string): Promise<Episode[]>;

  /** The stream sequence up to which everything is recorded; 0 for a new or cleared log. */
  lastSequence(): Promise<number>;

  /**
   * Takes `realm` for the history of the stream that sequences count in, over restarts. A log of another history forgets
   * everything first, and answers true; one that was of none yet keeps what it has. Cut short, it can be done again.
   */
  adopt(realm: string): Promise<boolean>;

  /** Forgets everything, `lastSequence` included, so that the stream can be recorded again from its first message. */
  clear(): Promise<void>;

  /** Lets go of file or connection. What was recorded is there when the log is opened again. */
  close(): Promise<void>;
}
