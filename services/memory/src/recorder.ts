import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown, type OnModuleDestroy } from '@nestjs/common';
import type { EpisodicLog, StoredEpisode, Stretch } from '@troupe/episodic-log';
import { EventTail } from '@troupe/messaging';
import { LOG } from '@troupe/service-host';
import { copyStream } from './copy-stream.ts';
import { EpisodeBatch } from './episode-batch.ts';
import { EPISODIC_LOG } from './open-episodic-log.ts';

/** How often a waiting recall looks whether another replica has recorded further. */
const POLL_MS = 100;
/** How long a recall leaves it to the usual way before it fetches what is missing from the stream itself. */
const GRACE_MS = 250;
/** How often a long copy is spoken of in the log. */
const PROGRESS_MS = 5_000;
const START_PAUSE_MS = 500;
const START_ATTEMPTS_UNSAID = 5;

interface Says {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
}

export interface Rebuilt {
  readonly episodes: number;
  readonly throughSequence: number;
}

/**
 * Keeps the episodic log level with the stream.
 *
 * - (R1) The position is the log's own, not the consumer's: an event moves it only when it joins on to what is there.
 *   Otherwise the stretch between is read from the stream, so a deleted log, a lost event, a replica that is ahead and
 *   messages that are no episode (redrives, unknown types) all end the same way: nothing is missing below the position.
 *   What was on the stream when the service starts is copied in batches; the messages about it that come afterwards find
 *   it done.
 * - (R2) Sequences count in one history of the stream. When that is another than the log's, because the broker began empty,
 *   the log forgets everything before it goes on.
 * - (R3) Copying and rebuilding take turns in this process. Replicas may copy at the same time; that costs only work.
 */
@Injectable()
export class Recorder implements OnApplicationBootstrap, OnModuleDestroy, OnApplicationShutdown {
  readonly #log: EpisodicLog;
  readonly #tail: EventTail;
  readonly #says: Says;
  readonly #progress = new EventEmitter().setMaxListeners(0);
  readonly #closing = new AbortController();
  readonly #arrived = new EpisodeBatch((stretch) => this.#recordStretch(stretch));
  #turn: Promise<unknown> = Promise.resolve();
  #rebuild: Promise<Rebuilt> | undefined;
  /** Up to here everything was copied by this process: an event below it is there. */
  #copied = 0;
  /** The history of the stream that the log is of. */
  #realm: string | undefined;
  #adoption: Promise<void> | undefined;

  constructor(@Inject(EPISODIC_LOG) log: EpisodicLog, @Inject(EventTail) tail: EventTail, @Inject(LOG) says: Says) {
    this.#log = log;
    this.#tail = tail;
    this.#says = says;
  }

  /** Not waited for: the service answers meanwhile, and says so when it is asked for what it has not got to yet. */
  onApplicationBootstrap(): void {
    void this.#copyAtStart().catch(() => undefined);
  }

  /** Records an event that has just arrived, and whatever the log lacks before it; resolves once it is stored. */
  async record(episode: StoredEpisode): Promise<void> {
    await this.#keepToHistory(this.#tail.realm);
    if (episode.sequence > this.#copied) await this.#arrived.add(episode);
  }

  /** Waits until everything up to a sequence is recorded and no rebuild runs here. False when that takes too long. */
  async hasCaughtUp(sequence: number, withinMs: number): Promise<boolean> {
    if (await this.#isAt(sequence)) return true;
    const deadline = AbortSignal.timeout(withinMs);
    return Promise.race([this.#catchUp(sequence, deadline), once(deadline, 'abort').then(() => false)]);
  }

  /** Forgets everything and records the stream from its first message (I6). Whoever asks meanwhile gets the same rebuild. */
  rebuild(): Promise<Rebuilt> {
    this.#rebuild ??= this.#inTurn(() => this.#recordAnew()).finally(() => {
      this.#rebuild = undefined;
      this.#progress.emit('recorded');
    });
    return this.#rebuild;
  }

  onModuleDestroy(): void {
    this.#closing.abort(new Error('The memory service is stopping.'));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#turn.catch(() => undefined);
    await this.#log.close();
  }

  /** Until it works, or the service stops: on a broker that is new the stream is made a moment later. */
  async #copyAtStart(): Promise<void> {
    const { signal } = this.#closing;
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      try {
        return await this.#copyThrough(Number.MAX_SAFE_INTEGER, signal);
      } catch (error) {
        if (attempt === START_ATTEMPTS_UNSAID) this.#says.warn({ error: String(error) }, 'what is on the stream cannot be recorded yet');
        await sleep(START_PAUSE_MS, undefined, { signal });
      }
    }
  }

  async #recordStretch(stretch: Stretch): Promise<void> {
    const reached = await this.#log.record(stretch);
    if (reached < stretch.through) await this.#copyThrough(stretch.through, this.#closing.signal);
    this.#progress.emit('recorded');
  }

  async #recordAnew(): Promise<Rebuilt> {
    this.#copied = 0;
    await this.#log.clear();
    const { realm, lastSequence: throughSequence } = await this.#tail.history();
    await this.#keepToHistory(realm);
    return { episodes: await this.#copy(0, throughSequence, this.#closing.signal), throughSequence };
  }

  /** Leaves it to the events that arrive at first; then fetches what is missing, which may be no event at all. */
  async #catchUp(sequence: number, deadline: AbortSignal): Promise<boolean> {
    const grace = AbortSignal.timeout(GRACE_MS);
    try {
      while (!deadline.aborted) {
        await this.#nextProgress();
        if (grace.aborted && this.#rebuild === undefined) await this.#copyThrough(sequence, deadline);
        if (await this.#isAt(sequence)) return true;
      }
    } catch (error) {
      if (!deadline.aborted) throw error;
    }
    return false;
  }

  async #isAt(sequence: number): Promise<boolean> {
    if (this.#rebuild !== undefined) return false;
    await this.#keepToHistory(this.#tail.realm);
    return (await this.#log.lastSequence()) >= sequence;
  }

  async #nextProgress(): Promise<void> {
    await once(this.#progress, 'recorded', { signal: AbortSignal.timeout(POLL_MS) }).catch(() => undefined);
  }

  async #copyThrough(throughSequence: number, signal: AbortSignal): Promise<void> {
    const either = AbortSignal.any([signal, this.#closing.signal]);
    await this.#inTurn(async () => {
      await this.#keepToHistory((await this.#tail.history()).realm);
      await this.#copy(await this.#log.lastSequence(), throughSequence, either);
    });
  }

  /** Many events are in hand at a time: the log is asked once, whoever comes meanwhile waits for the same answer. */
  async #keepToHistory(realm: string | undefined): Promise<void> {
    while (realm !== undefined && realm !== this.#realm) {
      this.#adoption ??= this.#adopt(realm).finally(() => (this.#adoption = undefined));
      await this.#adoption;
    }
  }

  async #adopt(realm: string): Promise<void> {
    const isOther = await this.#log.adopt(realm);
    this.#realm = realm;
    this.#copied = 0;
    if (isOther) this.#says.warn({ realm }, 'the log was of another history than the stream; recording anew');
  }

  async #copy(afterSequence: number, throughSequence: number, signal: AbortSignal): Promise<number> {
    let saidMs = Date.now();
    const onProgress = (sequence: number): void => {
      this.#copied = sequence;
      if (Date.now() - saidMs < PROGRESS_MS) return;
      saidMs = Date.now();
      this.#says.info({ sequence, throughSequence }, 'recording history');
    };
    return copyStream(this.#tail, this.#log, { afterSequence, throughSequence, signal, onProgress });
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.catch(() => undefined).then(work);
    this.#turn = turn;
    return turn;
  }
}
