import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { MAX_HOPS, StoryQuarantined, type Envelope, type QuarantineReason } from '@troupe/contracts';
import { EventTail } from '@troupe/messaging';
import { Clock, LOG, TroupeConfig } from '@troupe/service-host';
import { setTimeout as sleep } from 'node:timers/promises';
import { StoryCounts } from './story-counts.ts';
import { StoryHolds } from './story-holds.ts';

interface Says {
  warn(facts: object, message: string): void;
}

/** What a story did longer ago than this before a start is not counted any more. */
const LOOK_BACK_MS = 60 * 60 * 1_000;
const RETRY_PAUSE_MS = 500;

/**
 * Reads every event, counts what its story uses up, and has the story stopped when that is too much. Each replica counts for
 * itself, in memory: nothing is written per event, and whoever is first stops the story for all.
 */
@Injectable()
export class StoryBudget implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #counts: StoryCounts;
  readonly #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(
    @Inject(EventTail) private readonly tail: EventTail,
    @Inject(StoryHolds) private readonly holds: StoryHolds,
    @Inject(TroupeConfig) config: TroupeConfig,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Says,
  ) {
    this.#counts = new StoryCounts(config.storyLimits);
  }

  onApplicationBootstrap(): void {
    this.#running = this.follow(this.#stopping.signal);
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  private async follow(signal: AbortSignal): Promise<void> {
    await this.sayWhatIsOwed(signal);
    const onEvent = (event: Envelope, { sequence }: { sequence: number }): Promise<void> => this.take(event, sequence);
    await this.tail.follow({ fromSequence: 1, sinceMs: this.clock.now() - LOOK_BACK_MS, everything: true, signal, onEvent });
  }

  private async sayWhatIsOwed(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        return await this.holds.sayWhatIsOwed();
      } catch (error) {
        this.log.warn({ error: String(error) }, 'what is owed about stopped stories cannot be said yet');
        await sleep(RETRY_PAUSE_MS);
      }
    }
  }

  /**
   * Safe to repeat: throwing has the tail come back to the same event. The few events that a stopped story still brings are looked
   * at again, so that one whose hold was lost is stopped anew.
   */
  private async take(event: Envelope, sequence: number): Promise<void> {
    const story = event.correlationid;
    const because = this.#counts.take(event) ?? hopsPassed(event);
    if (!because) return;
    const { id: eventId, hops, origin } = event;
    const { grants, last: lastEvents } = this.#counts.of(story);
    const inForce = await this.holds.limitPassed({ story, because, lastEvents, grants, cause: { eventId, hops, origin, sequence } });
    this.#counts.grant(story, inForce.grants);
  }
}

/** A handler met a chain that is too long. Events from before there were budgets say only how long. */
function hopsPassed(event: Envelope): QuarantineReason | undefined {
  const said = event.type === StoryQuarantined.type ? StoryQuarantined.schema.safeParse(event.data) : undefined;
  if (!said?.success) return undefined;
  const { because = { kind: 'hops' as const, limit: MAX_HOPS, reached: said.data.hops } } = said.data;
  return because.kind === 'hops' ? because : undefined;
}
