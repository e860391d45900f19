import { EventEmitter, once } from 'node:events';
import { Inject, Injectable, type OnApplicationShutdown, type OnModuleDestroy } from '@nestjs/common';
import type { Episode } from '@troupe/contracts';
import type { EpisodicLog } from '@troupe/episodic-log';
import { EventTail } from '@troupe/messaging';
import { copyStream } from './copy-stream.ts';
import { EPISODIC_LOG } from './open-episodic-log.ts';

/** How often a waiting recall looks whether another replica has recorded further. */
const POLL_MS = 100;
/** How long a recall leaves it to the usual way before it fetches what is missing from the stream itself. */
const GRACE_MS = 250;

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
 * - (R2) Copying and rebuilding take turns in this process. Replicas may copy at the same time; that costs only work.
 */
@Injectable()
export class Recorder implements OnModuleDestroy, OnApplicationShutdown {
  readonly #log: EpisodicLog;
  readonly #tail: EventTail;
  readonly #progress = new EventEmitter().setMaxListeners(0);
  readonly #closing = new AbortController();
  #turn: Promise<unknown> = Promise.resolve();
  #rebuild: Promise<Rebuilt> | undefined;

  constructor(@Inject(EPISODIC_LOG) log: EpisodicLog, @Inject(EventTail) tail: EventTail) {
    this.#log = log;
    this.#tail = tail;
  }

  /** Records an event that has just arrived, and whatever the log lacks before it. */
  async record(episode: Episode): Promise<void> {
    const { sequence } = episode;
    const reached = await this.#log.record({ after: sequence - 1, through: sequence, episodes: [episode] });
    if (reached < sequence) await this.#copyThrough(sequence, this.#closing.signal);
    this.#progress.emit('recorded');
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

  async #recordAnew(): Promise<Rebuilt> {
    await this.#log.clear();
    const throughSequence = await this.#tail.lastSequence();
    const episodes = await copyStream(this.#tail, this.#log, { afterSequence: 0, throughSequence, signal: this.#closing.signal });
    return { episodes, throughSequence };
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
    return this.#rebuild === undefined && (await this.#log.lastSequence()) >= sequence;
  }

  async #nextProgress(): Promise<void> {
    await once(this.#progress, 'recorded', { signal: AbortSignal.timeout(POLL_MS) }).catch(() => undefined);
  }

  async #copyThrough(throughSequence: number, signal: AbortSignal): Promise<void> {
    const either = AbortSignal.any([signal, this.#closing.signal]);
    await this.#inTurn(async () => {
      const afterSequence = await this.#log.lastSequence();
      await copyStream(this.#tail, this.#log, { afterSequence, throughSequence, signal: either });
    });
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.catch(() => undefined).then(work);
    this.#turn = turn;
    return turn;
  }
}
