import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Registry } from 'prom-client';
import { CardQueries } from '../projection/card-queries.ts';
import { InboxChanges } from '../projection/inbox-changes.ts';
import { InboxFollower } from '../projection/inbox-follower.ts';
import { DecisionCounter } from './decision-counter.ts';
import { Watchers } from './watchers.ts';

/** Counts, never content: this can be read without a token. */
@Injectable()
export class InboxMetrics {
  readonly #registry = new Registry();

  constructor(
    queries: CardQueries,
    changes: InboxChanges,
    follower: InboxFollower,
    decisions: DecisionCounter,
    watchers: Watchers,
  ) {
    const registers = [this.#registry];
    const folded = new Counter({
      name: 'troupe_inbox_events_folded_total',
      help: 'Events taken into the projection by this process.',
      registers,
    });
    changes.folded.subscribe(() => folded.inc());
    this.#gauge(
      'troupe_inbox_projection_sequence',
      'Stream sequence the projection has reached.',
      () => follower.status().sequence,
    );
    this.#gauge('troupe_inbox_projection_caught_up', '1 when the projection is at the end of the stream.', () =>
      Number(follower.status().caughtUp),
    );
    this.#gauge('troupe_inbox_stream_clients', 'Clients of GET /api/stream.', () => watchers.count);
    this.#gauge('troupe_inbox_dead_letters', 'Dead letters not settled as far as is known.', () =>
      queries.countOpenDeadLetters(),
    );
    this.#gauge('troupe_inbox_waits', 'Handlers that wait for something that is away, as far as is known.', () => queries.waits().length);
    this.#cardGauge(queries);
    decisions.registerWith(this.#registry);
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  #gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name,
      help,
      registers: [this.#registry],
      collect() {
        this.set(read());
      },
    });
  }

  #cardGauge(queries: CardQueries): void {
    const registers = [this.#registry];
    new Gauge({
      name: 'troupe_inbox_cards',
      help: 'Cards by state.',
      labelNames: ['state'] as const,
      registers,
      collect() {
        this.reset();
        for (const [state, cards] of Object.entries(queries.countsByState())) this.set({ state }, cards);
      },
    });
  }
}
