import { StateBuckets } from '@troupe/contracts';
import { RetryableError, type EventTail, type StateStore, type States } from '@troupe/messaging';
import { actionIdIn, authorizationOf, evolveEntry, type EffectEntry } from './effect-entry.ts';
import type { SpentAuthorization } from './effect-outcome.ts';

/** An entry as it was read; `revision` guards the next write. */
export interface FoundEntry {
  readonly state: EffectEntry;
  readonly revision: number;
}

/** What a restore reads. */
type EventFeed = Pick<EventTail, 'read' | 'lastSequence'>;

/** Beside the entries: says that the ledger holds all that the stream knew when it began. */
interface WholeMark {
  readonly restored: number;
}

/** No action has this id: theirs begin with `act_`. */
const MARK_KEY = 'whole';

/** One entry per action, each write a compare-and-set: of two who would spend the same authorisation, one wins (I4). */
export class EffectLedger {
  readonly #store: StateStore<EffectEntry>;
  readonly #marks: StateStore<WholeMark>;
  readonly #tail: EventFeed;
  #whole: Promise<void> | undefined;

  private constructor(store: StateStore<EffectEntry>, marks: StateStore<WholeMark>, tail: EventFeed) {
    this.#store = store;
    this.#marks = marks;
    this.#tail = tail;
  }

  static async open(states: Pick<States, 'open'>, tail: EventFeed): Promise<EffectLedger> {
    const bucket = StateBuckets.effectLedger;
    return new EffectLedger(await states.open<EffectEntry>(bucket), await states.open<WholeMark>(bucket), tail);
  }

  /** A ledger that was lost is rebuilt from the stream before anybody looks into it (I6). */
  async find(actionId: string): Promise<FoundEntry | undefined> {
    await (this.#whole ??= this.restoreWhenLost());
    return this.#store.get(actionId);
  }

  /** Writes over what was found. Throws RetryableError when somebody else wrote first. */
  async write(actionId: string, entry: EffectEntry, found: FoundEntry | undefined): Promise<void> {
    const isMine = await (found ? this.#store.update(actionId, entry, found.revision) : this.#store.create(actionId, entry));
    if (!isMine) throw changedMeanwhile(actionId);
  }

  /** Takes an entry from one state to the next. Throws RetryableError when it is not in that state any more. */
  async advance(attempt: SpentAuthorization, from: EffectEntry['state'], next: EffectEntry): Promise<void> {
    const found = await this.find(attempt.actionId);
    const isMine = found?.state.state === from && authorizationOf(found.state) === attempt.authorizationId;
    if (!isMine || isUndone(found.state)) throw changedMeanwhile(attempt.actionId);
    await this.write(attempt.actionId, next, found);
  }

  /** Folds the gate's own events from the stream into entries; entries that exist stay. Answers how many were made. */
  private async restore(): Promise<number> {
    const entries = new Map<string, EffectEntry>();
    await this.#tail.read({
      filter: 'evt.action.>',
      fromSequence: 1,
      throughSequence: await this.#tail.lastSequence(),
      signal: new AbortController().signal,
      onEvent: (event, { sequence }) => {
        const actionId = actionIdIn(event);
        const entry = actionId && evolveEntry(entries.get(actionId), event, sequence);
        if (actionId && entry) entries.set(actionId, entry);
        return Promise.resolve();
      },
    });
    let made = 0;
    for (const [actionId, entry] of entries) made += Number(await this.#store.create(actionId, entry));
    return made;
  }

  /** The mark is set last, so that a restore that was cut short is done again. */
  private async restoreWhenLost(): Promise<void> {
    try {
      if (await this.#marks.get(MARK_KEY)) return;
      const restored = await this.restore();
      await this.#marks.create(MARK_KEY, { restored });
    } catch (error) {
      this.#whole = undefined;
      throw error;
    }
  }
}

function isUndone(entry: EffectEntry): boolean {
  return entry.state === 'spent' && entry.undone === true;
}

function changedMeanwhile(actionId: string): RetryableError {
  return new RetryableError(`The ledger entry of ${actionId} was changed meanwhile.`, { code: 'ledger_conflict', delayMs: 200 });
}
