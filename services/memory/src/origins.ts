import {
  addressesIn, ChargeRefunded, EmailReceived, InvoicePaymentFailed, MAX_HOPS, Origin, sourcesOf, SubscriptionDeleted,
  type Envelope, type Episode, type Failure, type ReplyOf, type TraceOrigins, type Witness,
} from '@troupe/contracts';
import type { EpisodicLog } from '@troupe/episodic-log';

/** What of the log tells where events come from. */
export type Witnesses = Pick<EpisodicLog, 'byIds' | 'firstOf' | 'find'>;

const ARRIVALS = [EmailReceived, InvoicePaymentFailed, ChargeRefunded, SubscriptionDeleted].map(({ type }) => type);
const MAX_ARRIVALS = 100;
/** Longer than any chain that is not cut off: the owner's word, which begins the hops anew, stands in it a few times at most. */
const MAX_CAUSES = 4 * MAX_HOPS;

/** What the log knows of where an event comes from: a few look-ups by index, however long story and history are. */
export async function traceOrigins(log: Witnesses, eventId: string): Promise<ReplyOf<typeof TraceOrigins>> {
  const [episode] = await log.byIds([eventId]);
  if (!episode) return { kind: 'failed', failure: unknownEvent(eventId) };
  const { event, sequence } = episode;
  const [story, sources, arrivals] = await Promise.all([
    Promise.all(Object.values(Origin).map((origin) => log.firstOf(event.correlationid, origin, sequence))),
    sourcesBehind(log, event),
    log.find({ correlationId: event.correlationid, types: ARRIVALS, asOf: sequence, limit: MAX_ARRIVALS }),
  ]);
  return {
    kind: 'traced',
    story: story.filter((first) => first !== undefined).map(witness),
    sources: sources.found.map(witness),
    unknown: sources.unknown,
    addresses: [...new Set(arrivals.flatMap((arrival) => addressesIn(arrival.event)))],
  };
}

/** What an event cites, and the chain of its causes up to the first; a chain without an end is unknown where it is cut off. */
async function sourcesBehind(log: Witnesses, event: Envelope): Promise<{ found: Episode[]; unknown: string[] }> {
  const cited = sourcesOf(event);
  const found = await log.byIds(cited);
  const unknown = cited.filter((id) => !found.some((source) => source.event.id === id));
  let next = causeOf(found.find((source) => source.event.id === event.causationid)?.event);
  for (let length = 1; next !== undefined; length += 1) {
    const [cause] = length < MAX_CAUSES ? await log.byIds([next]) : [];
    if (cause) found.push(cause);
    else unknown.push(next);
    next = causeOf(cause?.event);
  }
  return { found, unknown };
}

function causeOf(event: Envelope | undefined): string | undefined {
  return event?.causationid;
}

function witness({ event }: Episode): Witness {
  return { eventId: event.id, origin: event.origin };
}

function unknownEvent(eventId: string): Failure {
  return {
    code: 'unknown_event',
    retryable: false,
    message: `Memory has recorded everything up to it, and no event ${eventId} among that.`,
    hint: 'Take the id from the stream. If it is there, have memory rebuilt.',
  };
}
