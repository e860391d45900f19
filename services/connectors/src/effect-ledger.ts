import { setTimeout as sleep } from 'node:timers/promises';
import { StateBuckets, type Envelope } from '@troupe/contracts';
import { RetryableError, type EventTail, type KeptHistory, type StateStore, type States } from '@troupe/messaging';
import { actionIdIn, evolveEntry, type EffectEntry } from './effect-entry.ts';

/** An entry as it was read or written; `revision` guards the next write. */
export interface FoundEntry<Entry extends EffectEntry = EffectEntry> {
  readonly state: Entry;
  readonly revision: number;
}

/** The next entry for the one that is there, or the same one to leave it. */
type EntryChange = (entry: EffectEntry | undefined) => EffectEntry;

/** What a restore reads. */
type EventFeed = Pick<EventTail, 'read' | 'history'>;

/**
 * Beside the entries: the ledger holds all that the stream knew up to this sequence. An event is stored after the entry it
 * tells of, and this mark after both, so a broker that lost the end of its files lost the mark before them.
 */
interface WholeMark {
  readonly through: number;
  /** Which history that counts in; absent where histories had no names yet. */
  readonly realm?: string;
}

/** No action has this id: theirs begin with `act_`. */
const MARK_KEY = 'whole';
/** The mark moves this often while the gate works, so that a start has little to fold. */
const MARK_EVERY_MS = 10 * 60_000;
/** Between two tries to note what must not be lost. */
const NOTE_PAUSE_MS = { first: 50, longest: 2_000 } as const;

/** One entry per action, each write a compare-and-set: of two who would spend the same authorisation, one wins (I4). */
export class EffectLedger {
  readonly #store: StateStore<EffectEntry>;
  readonly #marks: StateStore<WholeMark>;
  readonly #tail: EventFeed;
  #whole: Promise<void> | undefined;
  #markedAtMs = 0;

  private constructor(store: StateStore<EffectEntry>, marks: StateStore<WholeMark>, tail: EventFeed) {
    this.#store = store;
    this.#marks = marks;
    this.#tail = tail;
  }

  static async open(states: Pick<States, 'open'>, tail: EventFeed): Promise<EffectLedger> {
    const bucket = StateBuckets.effectLedger;
    return new EffectLedger(await states.open<EffectEntry>(bucket), await states.open<WholeMark>(bucket), tail);
  }

  /** Nobody looks into the ledger before it holds all that the stream knows: the whole of it when it was lost (I6). */
  async find(actionId: string): Promise<FoundEntry | undefined> {
    await (this.#whole ??= this.catchUp());
    if (performance.now() - this.#markedAtMs > MARK_EVERY_MS) this.moveMark();
    return this.#store.get(actionId);
  }

  /**
   * Writes over what was found, or written last: so an entry goes from state to state without being read again, and an undo
   * of meanwhile is noticed all the same. Throws RetryableError when somebody else wrote first.
   */
  async write<Entry extends EffectEntry>(actionId: string, entry: Entry, found: FoundEntry | undefined): Promise<FoundEntry<Entry>> {
    const revision = await (found ? this.#store.update(actionId, entry, found.revision) : this.#store.create(actionId, entry));
    if (revision === undefined) throw changedMeanwhile(actionId);
    return { state: entry, revision };
  }

  /**
   * Notes what is known and must not be lost: tries until the ledger takes it, however long it is away; gives up only when
   * `signal` aborts. `change` answers the next entry for the one that is there, or the same to leave it; `written` is the
   * entry as it was last written, on which it is tried first. Answers what stands.
   */
  async note(actionId: string, change: EntryChange, { written, signal }: { written: FoundEntry; signal: AbortSignal }): Promise<EffectEntry> {
    let known: FoundEntry | undefined = written;
    for (let pauseMs: number = NOTE_PAUSE_MS.first; ; pauseMs = Math.min(2 * pauseMs, NOTE_PAUSE_MS.longest)) {
      try {
        return await this.change(actionId, change, known);
      } catch (error) {
        if (!(error instanceof RetryableError) || signal.aborted) throw error;
      }
      if (known === undefined) await sleep(pauseMs);
      known = undefined;
    }
  }

  /** Like `note`, tried once, on what is there or is `known` to be. */
  async change(actionId: string, change: EntryChange, known?: FoundEntry): Promise<EffectEntry> {
    const found = known ?? (await this.find(actionId));
    const next = change(found?.state);
    if (next !== found?.state) await this.write(actionId, next, found);
    return next;
  }

  private async catchUp(): Promise<void> {
    try {
      const history = await this.#tail.history();
      const known = knownOf(history, (await this.#marks.get(MARK_KEY))?.state);
      await this.restore(known + 1, history.lastSequence);
      await this.mark(history);
    } catch (error) {
      this.#whole = undefined;
      throw error;
    }
  }

  private async mark({ realm, lastSequence: through }: KeptHistory): Promise<void> {
    this.#markedAtMs = performance.now();
    const mark = { through, realm };
    const found = await this.#marks.get(MARK_KEY);
    await (found ? this.#marks.update(MARK_KEY, mark, found.revision) : this.#marks.create(MARK_KEY, mark));
  }

  /** In passing: a mark that stays behind only makes the next start longer. */
  private moveMark(): void {
    this.#markedAtMs = performance.now();
    this.#tail.history().then((history) => this.mark(history)).catch(() => undefined);
  }

  /** Folds a stretch of the stream over the entries. */
  private async restore(fromSequence: number, throughSequence: number): Promise<void> {
    if (fromSequence > throughSequence) return;
    const touched = new Map<string, { readonly found: FoundEntry | undefined; readonly entry: EffectEntry | undefined }>();
    const onEvent = async (event: Envelope, { sequence }: { readonly sequence: number }): Promise<void> => {
      const actionId = actionIdIn(event);
      if (actionId === undefined) return;
      const { found, entry } = touched.get(actionId) ?? (await this.untouched(actionId));
      touched.set(actionId, { found, entry: evolveEntry(entry, event, sequence) });
    };
    await this.#tail.read({ filter: 'evt.action.>', fromSequence, throughSequence, signal: new AbortController().signal, onEvent });
    for (const [actionId, { found, entry }] of touched) {
      if (entry && entry !== found?.state) await this.write(actionId, entry, found);
    }
  }

  private async untouched(actionId: string) {
    const found = await this.#store.get(actionId);
    return { found, entry: found?.state };
  }
}

/** How much of this history the ledger holds: nothing when its mark is of another, or beyond the end of a stream that lost its last events. */
function knownOf({ realm, lastSequence }: KeptHistory, mark: WholeMark | undefined): number {
  const isOfThisHistory = mark?.realm === undefined || mark.realm === realm;
  return mark && isOfThisHistory && mark.through <= lastSequence ? mark.through : 0;
}

function changedMeanwhile(actionId: string): RetryableError {
  return new RetryableError(`The ledger entry of ${actionId} was changed meanwhile.`, { code: 'ledger_conflict', delayMs: 200 });
}
