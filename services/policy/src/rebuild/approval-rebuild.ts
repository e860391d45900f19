import { Inject, Injectable } from '@nestjs/common';
import { evolve, lifeOf, NOTHING_YET, readLifecycleEvent, stampOf, type Envelope } from '@troupe/contracts';
import { EventTail } from '@troupe/messaging';
import { LOG, TroupeConfig } from '@troupe/service-host';
import { APPROVALS, keyOf, type ApprovalStore } from '../action-decisions.ts';
import { LifePages } from './life-pages.ts';
import { OpenQuestions } from './open-questions.ts';
import { OwedRulings } from './owed-rulings.ts';

/** What a rebuild came to. */
export interface Rebuilt {
  readonly actions: number;
  readonly throughSequence: number;
}

interface Says {
  info(facts: object, message: string): void;
}

/** All that is said about actions; in any order, since the fold does not depend on it. */
const FILTERS = ['evt.action.>', 'evt.approval.>', 'evt.compensation.>'];
/** No action has this id: theirs begin with `act_`. */
const MARK_KEY = 'rebuild';
const PROGRESS_EVERY = 20_000;

/**
 * Writes what is known of every action again from the stream (I6), and then says what policy still owes: what is unjudged is
 * judged, what is due comes due, what the owner asked is answered.
 *
 * Decisions go on meanwhile, here and in other replicas. What was written since the rebuild began is joined with what the
 * stream tells instead of being replaced; and policy hears its own rulings, so one that was under way is not lost either.
 */
@Injectable()
export class ApprovalRebuild {
  #running: Promise<Rebuilt> | undefined;

  constructor(
    @Inject(APPROVALS) private readonly store: ApprovalStore,
    @Inject(EventTail) private readonly tail: EventTail,
    @Inject(OwedRulings) private readonly owed: OwedRulings,
    @Inject(TroupeConfig) private readonly config: TroupeConfig,
    @Inject(LOG) private readonly log: Says,
  ) {}

  /** Killed half-way it leaves each action either as it was or as the stream tells it. Whoever asks meanwhile gets the same rebuild. */
  run(): Promise<Rebuilt> {
    this.#running ??= this.rebuild().finally(() => (this.#running = undefined));
    return this.#running;
  }

  private async rebuild(): Promise<Rebuilt> {
    const beganAt = await this.mark();
    const throughSequence = await this.tail.lastSequence();
    const lives = new LifePages(this.store, beganAt);
    const open = new OpenQuestions(this.config.verificationTimeoutMs);
    if (throughSequence > 0) await this.fold(throughSequence, lives, open);
    await lives.flush();
    await this.dropOthers(lives, beganAt);
    const questions = open.all;
    for (const question of questions) await this.owed.settle(question);
    const facts = { actions: lives.count, throughSequence };
    this.log.info({ ...facts, open: questions.length }, 'rebuilt');
    return facts;
  }

  /** The revision of a write made now: later ones are of decisions that go on. */
  private async mark(): Promise<number> {
    const mark = { state: NOTHING_YET, outbox: [] };
    const found = await this.store.get(MARK_KEY);
    await (found ? this.store.update(MARK_KEY, mark, found.revision) : this.store.create(MARK_KEY, mark));
    return (await this.store.get(MARK_KEY))?.revision ?? 0;
  }

  private async fold(throughSequence: number, lives: LifePages, open: OpenQuestions): Promise<void> {
    let read = 0;
    for (const filter of FILTERS) {
      await this.tail.read({
        filter,
        fromSequence: 1,
        throughSequence,
        signal: new AbortController().signal,
        onEvent: async (envelope, { sequence }) => {
          await foldInto(lives, open, envelope, sequence);
          read += 1;
          if (read % PROGRESS_EVERY === 0) this.log.info({ read, sequence, throughSequence, filter }, 'rebuilding');
        },
      });
    }
  }

  private async dropOthers(lives: LifePages, beganAt: number): Promise<void> {
    for await (const key of await this.store.keys()) {
      if (lives.has(key) || key === MARK_KEY) continue;
      const current = await this.store.get(key);
      if (current && current.revision < beganAt) await this.store.delete(key);
    }
  }
}

/** Adds one event of the stream to the history of the action it is about. */
async function foldInto(lives: LifePages, open: OpenQuestions, envelope: Envelope, sequence: number): Promise<void> {
  const event = readLifecycleEvent(envelope);
  if (!event) return;
  const actionId = lifeOf(event);
  const stamp = stampOf(envelope, sequence);
  const life = evolve(await lives.get(keyOf(actionId)), event, stamp);
  await lives.set(keyOf(actionId), life);
  open.note({ actionId, event, stamp, envelope, sequence, life });
}
