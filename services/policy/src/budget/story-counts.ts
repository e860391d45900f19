import type { Envelope, QuarantineReason } from '@troupe/contracts';
import { limitPassed, NOTHING_SPENT, spend, type Spent, type StoryLimits } from './story-budget.decider.ts';

/** How much is remembered: of so many stories, and so many event ids over all of them; the story not heard of longest goes first. */
export interface CountBounds {
  readonly stories: number;
  readonly ids: number;
}

const DEFAULT_BOUNDS: CountBounds = { stories: 10_000, ids: 500_000 };
/** What the owner is shown of a story that was stopped. */
const LAST_EVENTS = 6;

interface Count {
  readonly ids: Set<string>;
  spent: Spent;
  last: readonly string[];
  grants: number;
}

/** Counts, in memory, what each story uses up; an event that comes again counts once. */
export class StoryCounts {
  readonly #limits: StoryLimits;
  readonly #bounds: CountBounds;
  readonly #counts = new Map<string, Count>();
  #ids = 0;

  constructor(limits: StoryLimits, bounds: CountBounds = DEFAULT_BOUNDS) {
    this.#limits = limits;
    this.#bounds = bounds;
  }

  /** Takes an event into account. Answers the limit that its story has passed, if it has. */
  take(event: Envelope): QuarantineReason | undefined {
    const count = this.#touch(event.correlationid);
    if (!count.ids.has(event.id)) this.#add(count, event);
    return limitPassed(count.spent, this.#limits, count.grants);
  }

  /** How often a story was released, as far as is known, and what happened last in it, oldest first: type and producer in words. */
  of(story: string): { readonly grants: number; readonly last: readonly string[] } {
    return this.#counts.get(story) ?? { grants: 0, last: [] };
  }

  /** A story has been released so often; it may use up that much more. A lower number than is known changes nothing. */
  grant(story: string, grants: number): void {
    const count = this.#touch(story);
    count.grants = Math.max(grants, count.grants);
  }

  #add(count: Count, event: Envelope): void {
    count.ids.add(event.id);
    this.#ids += 1;
    count.spent = spend(count.spent, event);
    count.last = [...count.last, wordsFor(event)].slice(-LAST_EVENTS);
    this.#forget();
  }

  /** Also moves it to the end of the line of those to be forgotten. */
  #touch(story: string): Count {
    const count = this.#counts.get(story) ?? { ids: new Set<string>(), spent: NOTHING_SPENT, last: [], grants: 0 };
    this.#counts.delete(story);
    this.#counts.set(story, count);
    return count;
  }

  #forget(): void {
    for (const [story, { ids }] of this.#counts) {
      const isTooMuch = this.#counts.size > this.#bounds.stories || this.#ids > this.#bounds.ids;
      if (!isTooMuch || this.#counts.size === 1) return;
      this.#counts.delete(story);
      this.#ids -= ids.size;
    }
  }
}

function wordsFor({ type, agent }: Envelope): string {
  return `${type.replace(/^evt\./, '').replaceAll(/[._]/g, ' ')}, by ${agent}`.slice(0, 300);
}
