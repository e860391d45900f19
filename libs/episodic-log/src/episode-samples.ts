import { entitiesOf, type Envelope, type Episode, type EpisodeFilter } from '@troupe/contracts';
import type { EpisodicLog, StoredEpisode, Stretch } from './episodic-log.ts';

const START_MS = Date.UTC(2026, 0, 1);

/** An episode at a stream sequence, one second after the one before it; its id follows from the sequence. */
export function episodeAt(sequence: number, attributes: Partial<Envelope> = {}): Episode {
  const event: Envelope = {
    specversion: '1.0',
    id: `evt_${sequence}`,
    source: '/services/gateway',
    type: 'evt.email.received',
    time: new Date(START_MS + sequence * 1_000).toISOString(),
    dataschema: 'urn:troupe:evt.email.received:v1',
    datacontenttype: 'application/json',
    correlationid: 'story-1',
    origin: 'external',
    hops: 0,
    agent: 'gateway',
    agentversion: '1.0.0',
    data: { text: `event ${sequence}` },
    ...attributes,
  };
  return { sequence, event };
}

/** Episodes at the sequences `first` to `last`. */
export function episodesFrom(first: number, last: number, attributes: Partial<Envelope> = {}): Episode[] {
  return Array.from({ length: last - first + 1 }, (_, index) => episodeAt(first + index, attributes));
}

/** Neighbouring episodes as the stretch they are. */
export function stretchOf(episodes: readonly StoredEpisode[]): Stretch {
  const [first, last] = [episodes[0], episodes.at(-1)];
  if (first === undefined || last === undefined) throw new Error('A stretch of no episodes has no ends: write it out.');
  return { after: first.sequence - 1, through: last.sequence, episodes };
}

/** Records neighbours in stretches of at most `size`. */
export async function recordAll(log: EpisodicLog, episodes: readonly StoredEpisode[], size = 500): Promise<void> {
  for (let start = 0; start < episodes.length; start += size) await log.record(stretchOf(episodes.slice(start, start + size)));
}

/** What `find` must answer, worked out by looking at every episode. */
export function expectedFind(episodes: readonly Episode[], filter: EpisodeFilter): Episode[] {
  const matching = episodes.filter((episode) => matches(episode, filter));
  return matching.sort((a, b) => b.sequence - a.sequence).slice(0, filter.limit);
}

function matches({ sequence, event }: Episode, filter: EpisodeFilter): boolean {
  const timeMs = Date.parse(event.time);
  return (
    (filter.correlationId === undefined || event.correlationid === filter.correlationId) &&
    (filter.subject === undefined || event.subject === filter.subject) &&
    (filter.entity === undefined || entitiesOf(event).includes(filter.entity)) &&
    (filter.types === undefined || filter.types.includes(event.type)) &&
    (filter.agent === undefined || event.agent === filter.agent) &&
    (filter.since === undefined || timeMs >= Date.parse(filter.since)) &&
    (filter.until === undefined || timeMs < Date.parse(filter.until)) &&
    (filter.asOf === undefined || sequence <= filter.asOf) &&
    (filter.before === undefined || sequence < filter.before)
  );
}

/** Every combination of the parts given, from none of them to all. */
export function combinationsOf(parts: Partial<EpisodeFilter>): Partial<EpisodeFilter>[] {
  return Object.entries(parts).reduce<Partial<EpisodeFilter>[]>(
    (combinations, [part, value]) => combinations.flatMap((combination) => [combination, { ...combination, [part]: value }]),
    [{}],
  );
}
