import { Controller, Inject } from '@nestjs/common';
import { RebuildMemory, RecallEpisodes, TraceOrigins, type ReplyOf, type RequestOf } from '@troupe/contracts';
import type { EpisodicLog } from '@troupe/episodic-log';
import { Answers, failureOf, RetryableError } from '@troupe/messaging';
import { EPISODIC_LOG } from './open-episodic-log.ts';
import { traceOrigins } from './origins.ts';
import { foundReply, notCaughtUp } from './recall-reply.ts';
import { Recorder } from './recorder.ts';

/** How long a recall waits for the log to come to `asOf`; well below the query's own time-out. */
const CATCH_UP_TIMEOUT_MS = 5_000;

/** Answers what happened, and has the log built anew. */
@Controller()
export class RecallHandler {
  readonly #log: EpisodicLog;
  readonly #recorder: Recorder;

  constructor(@Inject(EPISODIC_LOG) log: EpisodicLog, @Inject(Recorder) recorder: Recorder) {
    this.#log = log;
    this.#recorder = recorder;
  }

  @Answers(RecallEpisodes)
  async recall(filter: RequestOf<typeof RecallEpisodes>): Promise<ReplyOf<typeof RecallEpisodes>> {
    const { asOf = 0, limit } = filter;
    return this.#asOf(asOf, async () => foundReply(await this.#log.find(filter), limit));
  }

  @Answers(TraceOrigins)
  async trace({ eventId, asOf }: RequestOf<typeof TraceOrigins>): Promise<ReplyOf<typeof TraceOrigins>> {
    return this.#asOf(asOf, () => traceOrigins(this.#log, eventId));
  }

  @Answers(RebuildMemory)
  async rebuild(): Promise<ReplyOf<typeof RebuildMemory>> {
    return this.#orFailure(async () => ({ kind: 'rebuilt', ...(await this.#recorder.rebuild()) }));
  }

  /** Answers once everything up to a sequence is recorded, or says that it is not. */
  async #asOf<Reply>(sequence: number, answer: () => Promise<Reply>) {
    return this.#orFailure(async () => {
      if (await this.#recorder.hasCaughtUp(sequence, CATCH_UP_TIMEOUT_MS)) return answer();
      return { kind: 'failed' as const, failure: notCaughtUp(sequence) };
    });
  }

  async #orFailure<Reply>(answer: () => Promise<Reply>) {
    try {
      return await answer();
    } catch (cause) {
      const away = new RetryableError('The episodic log does not answer.', {
        code: 'episodic_log_away',
        hint: 'See to the store that MONGODB_URL names, or to the disk under TROUPE_HOME, then ask again.',
        cause,
      });
      return { kind: 'failed' as const, failure: failureOf(away) };
    }
  }
}
