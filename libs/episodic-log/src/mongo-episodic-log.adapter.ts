import { entitiesOf, type Envelope, type Episode, type EpisodeFilter, type Origin } from '@troupe/contracts';
import { MongoBulkWriteError, MongoClient, MongoServerError, MongoServerSelectionError } from 'mongodb';
import type { Collection, Db, Filter, IndexSpecification, Sort } from 'mongodb';
import type { EpisodicLog, StoredEpisode, Stretch } from './episodic-log.ts';
import { lowest, rangeOf, spansOf, windowOf, type SequenceRange, type TimeSpan } from './time-spans.ts';

const DUPLICATE_KEY = 11_000;
/** How many places are read before the spans are written. */
const SPANNED_AT_ONCE = 10_000;
/** Of logs that were begun before there were spans. */
const TIME_INDEX = 'time_-1_sequence_-1';

/**
 * Each index ends in the sequence, so that the newest are read off its end, whatever it holds. None is of the time, which
 * could only be read in another order than that of the answer: a window of time is turned into a range of sequences.
 */
const INDEXES: readonly IndexSpecification[] = [
  { sequence: -1 },
  { correlationId: 1, sequence: -1 },
  { correlationId: 1, origin: 1, sequence: 1 },
  { subject: 1, sequence: -1 },
  { entities: 1, sequence: -1 },
  { type: 1, sequence: -1 },
  { agent: 1, sequence: -1 },
  { agent: 1, type: 1, sequence: -1 },
];

/**
 * One event. `event` is the envelope as JSON text, which is what L3 needs: data may have keys that MongoDB takes for
 * operators or paths (`$set`, `a.b`), and deeper nesting than BSON allows.
 */
interface EpisodeDocument {
  readonly _id: string;
  readonly sequence: number;
  readonly correlationId: string;
  readonly subject?: string;
  readonly entities: readonly string[];
  readonly type: string;
  readonly agent: string;
  /** Of logs that are older than its index it is absent: then it is read off the event. */
  readonly origin?: Origin;
  readonly time: Date;
  readonly event: string;
}

/** The single document of `recorded`. */
interface RecordedDocument {
  readonly _id: 'episodes';
  readonly through: number;
  /** The history that `through` counts in; absent before it was told one. */
  readonly realm?: string;
  /** Whether the spans hold every episode: those of a log that is older than they are, are worked out when it is opened. */
  readonly spanned?: boolean;
}

/** The first and the last time in a group of neighbouring sequences; its number is the id. */
interface SpanDocument {
  readonly _id: number;
  readonly from: Date;
  readonly to: Date;
}

/** Where the log is kept. */
export interface MongoOptions {
  /** `mongodb://` or `mongodb+srv://`; credentials in it never reach an error message. */
  readonly url: string;
  /** Unset: the database that the URL names, else `troupe`. */
  readonly database?: string;
  /** How long an operation waits for a server that can serve it. Default 5,000. */
  readonly serverSelectionTimeoutMs?: number;
  /** How long a server that has been asked may say nothing, before the connection counts as lost. Default 30,000. */
  readonly silenceTimeoutMs?: number;
}

/** The driver looks with this patience whether a server is back; with its own, a lost look hides it for half a minute. */
const LOOK_TIMEOUT_MS = 3_000;

/**
 * The episodic log in MongoDB, one document an event. It keeps to what every server that speaks the protocol can do: no
 * transactions, text indexes, `$lookup` or change streams. Episodes are therefore stored before `recorded` moves (L2).
 */
export class MongoEpisodicLog implements EpisodicLog {
  readonly #client: MongoClient;
  readonly #episodes: Collection<EpisodeDocument>;
  readonly #recorded: Collection<RecordedDocument>;
  readonly #spans: Collection<SpanDocument>;

  private constructor(client: MongoClient, database: Db) {
    this.#client = client;
    this.#episodes = database.collection('episodes');
    this.#recorded = database.collection('recorded');
    this.#spans = database.collection('spans');
  }

  /** Connects and sees to the indexes; rejects, with what to do, when no server answers. */
  static async open({ url, database, serverSelectionTimeoutMs = 5_000, silenceTimeoutMs = 30_000 }: MongoOptions): Promise<MongoEpisodicLog> {
    const client = new MongoClient(url, {
      serverSelectionTimeoutMS: serverSelectionTimeoutMs,
      connectTimeoutMS: LOOK_TIMEOUT_MS,
      socketTimeoutMS: silenceTimeoutMs,
      appName: 'troupe',
    });
    const log = new MongoEpisodicLog(client, client.db(database ?? databaseIn(url)));
    try {
      await log.#prepare();
      return log;
    } catch (cause) {
      await client.close();
      const fix = 'start it, correct MONGODB_URL, or unset it to keep episodes in a file';
      throw new Error(`MongoDB at ${withoutCredentials(url)} cannot be used: ${fix}`, { cause });
    }
  }

  async record({ after, through, episodes }: Stretch): Promise<number> {
    const spans = spansOf(episodes.map(({ sequence, event }) => ({ sequence, timeMs: Date.parse(event.time) })));
    await Promise.all([this.#widen(spans), this.#insert(episodes.map(documentOf))]);
    const moved = await this.#recorded.findOneAndUpdate(
      { _id: 'episodes', through: { $gte: after } },
      { $max: { through } },
      { returnDocument: 'after' },
    );
    return moved?.through ?? this.lastSequence();
  }

  async find(filter: EpisodeFilter): Promise<Episode[]> {
    const window = windowOf(filter);
    const range = window && (await this.#rangeOf(window));
    if (window && !range) return [];
    const newest = this.#episodes.find(queryOf(filter, range)).sort({ sequence: -1 }).limit(filter.limit);
    return (await newest.toArray()).map(episodeOf);
  }

  async byIds(ids: readonly string[]): Promise<Episode[]> {
    const found = await this.#episodes.find({ _id: { $in: [...ids] } }).toArray();
    return found.map(episodeOf);
  }

  async firstOf(correlationId: string, origin: Origin, through: number): Promise<Episode | undefined> {
    const upTo = { correlationId, sequence: { $lte: through } };
    const [indexed, older] = await Promise.all([
      this.#episodes.find({ ...upTo, origin }).sort({ sequence: 1 }).limit(1).toArray(),
      this.#episodes.find({ ...upTo, origin: { $exists: false } }).sort({ sequence: 1 }).toArray(),
    ]);
    return [...older, ...indexed].map(episodeOf).find(({ event }) => event.origin === origin);
  }

  async timeline(correlationId: string): Promise<Episode[]> {
    const story = await this.#episodes.find({ correlationId }).sort({ sequence: 1 }).toArray();
    return story.map(episodeOf);
  }

  async lastSequence(): Promise<number> {
    return (await this.#recorded.findOne({ _id: 'episodes' }))?.through ?? 0;
  }

  /** The name is written last, so that one who is cut short does it again; of two who do it at once the later starts the other over. */
  async adopt(realm: string): Promise<boolean> {
    const known = (await this.#recorded.findOne({ _id: 'episodes' }))?.realm;
    if (known === realm) return false;
    if (known !== undefined) await this.clear();
    await this.#recorded.updateOne({ _id: 'episodes' }, { $set: { realm } });
    return known !== undefined;
  }

  /** Set back before and after: another process that fills the log meanwhile starts over instead of counting on what is deleted here. */
  async clear(): Promise<void> {
    await this.#setBack();
    await this.#episodes.deleteMany({});
    await this.#spans.deleteMany({});
    await this.#setBack();
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  /** One index at a time: FerretDB 1.24 cuts the connection when several are asked for and exist already. */
  async #prepare(): Promise<void> {
    for (const index of INDEXES) await this.#episodes.createIndex(index);
    await this.#recorded.updateOne({ _id: 'episodes' }, { $setOnInsert: { through: 0 } }, { upsert: true });
    const recorded = await this.#recorded.findOne({ _id: 'episodes' });
    if (recorded?.spanned !== true) await this.#spanWhatIsThere();
  }

  /** Of a log that was begun before there were spans. May be cut short and done again, and by several at once. */
  async #spanWhatIsThere(): Promise<void> {
    const places: { sequence: number; timeMs: number }[] = [];
    const widenBy = async (): Promise<void> => this.#widen(spansOf(places.splice(0)));
    for await (const { sequence, time } of this.#episodes.find({}, { projection: { sequence: 1, time: 1 } })) {
      places.push({ sequence, timeMs: time.getTime() });
      if (places.length === SPANNED_AT_ONCE) await widenBy();
    }
    await widenBy();
    await this.#recorded.updateOne({ _id: 'episodes' }, { $set: { spanned: true } });
    await this.#episodes.dropIndex(TIME_INDEX).catch(() => undefined);
  }

  async #widen(spans: readonly TimeSpan[]): Promise<void> {
    for (const span of spans) {
      await this.#widenOne(span).catch((error: unknown) => {
        if (!isDuplicate(error)) throw error;
        return this.#widenOne(span);
      });
    }
  }

  /** Fails with a duplicate key when another process makes the same span at this moment. */
  async #widenOne({ span, fromMs, toMs }: TimeSpan): Promise<void> {
    await this.#spans.updateOne({ _id: span }, { $min: { from: new Date(fromMs) }, $max: { to: new Date(toMs) } }, { upsert: true });
  }

  /** Where the episodes of a window lie; undefined when none can. */
  async #rangeOf({ fromMs, toMs }: { fromMs: number; toMs: number }): Promise<SequenceRange | undefined> {
    const within = { to: { $gte: new Date(fromMs) }, from: { $lt: new Date(toMs) } };
    const [first, last] = await Promise.all([1, -1].map((order) => this.#spans.findOne(within, { sort: { _id: order } as Sort })));
    return first && last ? rangeOf(first._id, last._id) : undefined;
  }

  async #setBack(): Promise<void> {
    await this.#recorded.updateOne({ _id: 'episodes' }, { $set: { through: 0 } });
  }

  async #insert(documents: EpisodeDocument[]): Promise<void> {
    if (documents.length === 0) return;
    try {
      await this.#episodes.insertMany(documents, { ordered: false });
    } catch (error) {
      if (!onlyDuplicates(error)) throw error;
    }
  }
}

/** Whether the driver cannot find the server: it is away, or the driver has lost sight of it. */
export function isServerLost(error: unknown): boolean {
  return error instanceof MongoServerSelectionError || (error instanceof Error && error.cause instanceof MongoServerSelectionError);
}

function isDuplicate(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === DUPLICATE_KEY;
}

/** With `ordered: false` the server has tried every document, so duplicates alone mean that all of them are there (L1). */
function onlyDuplicates(error: unknown): boolean {
  if (!(error instanceof MongoBulkWriteError)) return false;
  const failures = [error.writeErrors].flat();
  const concern = error.result.getWriteConcernError();
  return concern === undefined && failures.length > 0 && failures.every(({ code }) => code === DUPLICATE_KEY);
}

function queryOf(filter: EpisodeFilter, within: SequenceRange | undefined): Filter<EpisodeDocument> {
  return given({
    correlationId: filter.correlationId,
    subject: filter.subject,
    entities: filter.entity,
    type: filter.types === undefined ? undefined : { $in: filter.types },
    agent: filter.agent,
    time: range({ $gte: dateOf(filter.since), $lt: dateOf(filter.until) }),
    sequence: range({ $gte: within?.from, $lte: lowest(filter.asOf, within?.to), $lt: filter.before }),
  });
}

/** A range with the bounds that are given; undefined when there is none. */
function range<Bounds extends object>(bounds: Bounds): Given<Bounds> | undefined {
  const some = given(bounds);
  return Object.keys(some).length === 0 ? undefined : some;
}

type Given<Parts> = { [Key in keyof Parts]?: Exclude<Parts[Key], undefined> };

function given<Parts extends object>(parts: Parts): Given<Parts> {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as Given<Parts>;
}

function dateOf(time: string | undefined): Date | undefined {
  return time === undefined ? undefined : new Date(time);
}

function documentOf({ sequence, event, text }: StoredEpisode): EpisodeDocument {
  const { id, correlationid, subject, type, agent, origin, time } = event;
  return {
    _id: id,
    sequence,
    correlationId: correlationid,
    ...(subject === undefined ? {} : { subject }),
    entities: entitiesOf(event),
    type,
    agent,
    origin,
    time: new Date(time),
    event: text ?? JSON.stringify(event),
  };
}

function episodeOf({ sequence, event }: EpisodeDocument): Episode {
  return { sequence, event: JSON.parse(event) as Envelope };
}

/** Not with `new URL`, which refuses the list of hosts of a replica set. */
function databaseIn(url: string): string {
  return /^[^:]+:\/\/[^/]+\/([^?]+)/.exec(url)?.[1] ?? 'troupe';
}

function withoutCredentials(url: string): string {
  return url.replace(/\/\/[^@/]*@/, '//');
}
