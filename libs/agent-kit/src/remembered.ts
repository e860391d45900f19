import { entitiesOf, type Envelope, type Episode, type EpisodeFilter } from '@troupe/contracts';

/** What memory would answer if it held exactly these events, stored in this order from sequence 1. */
export function remembered(events: readonly Envelope[], filter: EpisodeFilter): Episode[] {
  return events
    .map((event, index) => ({ sequence: index + 1, event }))
    .filter((episode) => matches(episode, filter))
    .reverse()
    .slice(0, filter.limit);
}

function matches({ sequence, event }: Episode, filter: EpisodeFilter): boolean {
  const timeMs = Date.parse(event.time);
  return (
    (filter.subject ?? event.subject) === event.subject &&
    (filter.entity === undefined || entitiesOf(event).includes(filter.entity)) &&
    (filter.correlationId ?? event.correlationid) === event.correlationid &&
    (filter.types?.includes(event.type) ?? true) &&
    (filter.agent ?? event.agent) === event.agent &&
    (filter.since === undefined || timeMs >= Date.parse(filter.since)) &&
    (filter.until === undefined || timeMs < Date.parse(filter.until)) &&
    sequence <= (filter.asOf ?? sequence) &&
    sequence < (filter.before ?? Infinity)
  );
}
