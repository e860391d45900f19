import type { QueryContract, ReplyOf, RequestOf } from '@troupe/contracts';
import { RetryableError, TerminalError } from '../errors.ts';
import type { NatsLink } from '../broker/nats-link.ts';
import { converse } from './converse.ts';
import { QueryResultSchema } from './query-envelope.ts';

/** Asks other services over core NATS request/reply. */
export class Queries {
  readonly #link: NatsLink;
  readonly #declared: readonly QueryContract[];

  constructor(link: NatsLink, declared: readonly QueryContract[]) {
    this.#link = link;
    this.#declared = declared;
  }

  /** The answer, validated. Throws RetryableError when nobody answers in time, TerminalError when the question is refused. */
  async ask<Query extends QueryContract>(query: Query, request: RequestOf<Query>): Promise<ReplyOf<Query>> {
    this.#refuseUndeclared(query);
    const result = QueryResultSchema.parse(await this.#send(query, query.request.parse(request)));
    if (result.ok) return query.reply.parse(result.reply) as ReplyOf<Query>;
    const { failure } = result;
    throw failure.retryable ? new RetryableError(failure.message, failure) : new TerminalError(failure.message, failure);
  }

  async #send(query: QueryContract, request: unknown): Promise<unknown> {
    try {
      const reply = await converse(this.#link, query.subject, JSON.stringify(request), query.timeoutMs);
      return reply.json<unknown>();
    } catch (cause) {
      throw new RetryableError(`Nobody answered ${query.subject}: ${cause instanceof Error ? cause.message : String(cause)}`, {
        code: 'no_answer',
        hint: 'Start the service that answers it, or wait: it is asked again.',
        cause,
      });
    }
  }

  #refuseUndeclared(query: QueryContract): void {
    if (this.#declared.some((declared) => declared.subject === query.subject)) return;
    throw new TerminalError(`${this.#link.service} did not declare the query ${query.subject}.`, {
      code: 'undeclared_query',
      hint: `Add it to \`asks\` of ${this.#link.service}.`,
    });
  }
}
