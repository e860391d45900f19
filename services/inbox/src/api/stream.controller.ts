import { Controller, Headers, Res, UseGuards } from '@nestjs/common';
import type { Response } from 'express';
import { OperatorGuard } from '../access/operator.guard.ts';
import { CardQueries } from '../projection/card-queries.ts';
import { CardStore } from '../projection/card-store.ts';
import type { InboxChange } from '../projection/folded-event.ts';
import { InboxChanges } from '../projection/inbox-changes.ts';
import { Serve } from './route.ts';
import { Routes } from './routes.ts';
import { EventWriter } from './event-writer.ts';
import { StreamPulse } from './stream-pulse.ts';
import { Watchers } from './watchers.ts';

/** A client that missed more than this many changes loads its lists anew instead. */
const MAX_RESUMED = 500;

/**
 * Every change the inbox shows, as server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html).
 * The id of an event is a stream sequence: whoever comes back with it gets the present form of all that changed since.
 */
@Controller()
@UseGuards(OperatorGuard)
export class StreamController {
  readonly #queries: CardQueries;
  readonly #store: CardStore;
  readonly #changes: InboxChanges;
  readonly #pulse: StreamPulse;
  readonly #watchers: Watchers;

  constructor(queries: CardQueries, store: CardStore, changes: InboxChanges, pulse: StreamPulse, watchers: Watchers) {
    this.#queries = queries;
    this.#store = store;
    this.#changes = changes;
    this.#pulse = pulse;
    this.#watchers = watchers;
  }

  @Serve(Routes.stream)
  stream(@Res() response: Response, @Headers('last-event-id') lastEventId?: string): void {
    const writer = new EventWriter(response);
    this.#watchers.add(writer);
    this.#resume(writer, lastEventId);
    const beat = setInterval(() => writer.comment('still here'), this.#pulse.heartbeatMs);
    const folded = this.#changes.folded.subscribe(({ change }) => this.#send(writer, change));
    const rebuilt = this.#changes.rebuilt.subscribe(() => writer.send('rebuilt', {}, this.#store.position()));
    response.on('close', () => {
      clearInterval(beat);
      folded.unsubscribe();
      rebuilt.unsubscribe();
      this.#watchers.remove(writer);
    });
  }

  /** Reading and subscribing happen in one turn of the event loop, so nothing falls between them. */
  #resume(writer: EventWriter, lastEventId: string | undefined): void {
    const since = /^\d{1,15}$/.test(lastEventId ?? '') ? Number(lastEventId) : undefined;
    const position = this.#store.position();
    if (since !== undefined && since <= position) this.#sendMissed(writer, since);
    else if (since !== undefined) writer.send('rebuilt', {});
    writer.send('ready', { sequence: position }, position);
  }

  #sendMissed(writer: EventWriter, since: number): void {
    const cards = this.#queries.cardsChangedAfter(since, MAX_RESUMED + 1);
    const stories = this.#queries.storiesChangedAfter(since, MAX_RESUMED + 1);
    if (cards.length > MAX_RESUMED || stories.length > MAX_RESUMED) {
      writer.send('rebuilt', {});
      return;
    }
    for (const card of cards) writer.send('card', card);
    for (const story of stories) writer.send('story', story);
  }

  /** The id goes with the last message about a sequence: a client cut off before it asks for all of them again. */
  #send(
    writer: EventWriter,
    { cardId, storyId, sequence, deadLetter, wait }: InboxChange,
  ): void {
    const card = cardId === undefined ? undefined : this.#queries.card(cardId);
    if (card) writer.send('card', card);
    if (deadLetter) writer.send('dead-letter', { storyId });
    if (wait) writer.send('wait', { storyId });
    writer.send('story', { storyId, sequence }, sequence);
  }
}
