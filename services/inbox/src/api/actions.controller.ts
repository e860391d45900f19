import { Body, Controller, Headers, HttpException, Param, Query, Req, UseGuards, UseInterceptors } from '@nestjs/common';
import type { Request } from 'express';
import { OperatorGuard } from '../access/operator.guard.ts';
import { Decisions } from '../decisions/decisions.ts';
import { Outcomes } from '../decisions/outcomes.ts';
import type { WordReply } from '../decisions/owners-word.ts';
import { CardQueries } from '../projection/card-queries.ts';
import type { Card } from '../projection/card.contract.ts';
import { CardListQuery, DecisionRequest, DecisionsRequest, IdParams, OutcomeRequest } from './api.contract.ts';
import { check, checked } from './checked.ts';
import { DecisionCounter } from './decision-counter.ts';
import { toList, type List } from './list.ts';
import { problemFor, ProblemsForFailures } from './problems-for-failures.ts';
import { notFound } from './not-found.ts';
import { Serve } from './route.ts';
import { Routes } from './routes.ts';
import { decodeCursor } from '../projection/cursor.ts';

interface Recorded {
  readonly recorded: true;
  readonly eventId: string;
  readonly hint: string;
}

interface DecisionResult {
  readonly id: string;
  readonly status: number;
  readonly card?: Card;
  readonly problem?: unknown;
}

/** Cards, and the owner's word on them. */
@Controller()
@UseGuards(OperatorGuard)
@UseInterceptors(ProblemsForFailures)
export class ActionsController {
  readonly #queries: CardQueries;
  readonly #decisions: Decisions;
  readonly #outcomes: Outcomes;
  readonly #counter: DecisionCounter;

  constructor(queries: CardQueries, decisions: Decisions, outcomes: Outcomes, counter: DecisionCounter) {
    this.#queries = queries;
    this.#decisions = decisions;
    this.#outcomes = outcomes;
    this.#counter = counter;
  }

  @Serve(Routes.listActions)
  list(@Query(checked('query', CardListQuery)) { state, agent, story, q, limit, cursor }: CardListQuery): List<Card> {
    const before = cursor === undefined ? undefined : decodeCursor(cursor);
    return toList(this.#queries.cards({ states: state, agent, story, q, limit, before }));
  }

  @Serve(Routes.getAction)
  get(@Param(checked('path', IdParams)) { id }: IdParams): Card {
    return this.#queries.card(id) ?? notFound('action', id, 'GET /api/actions lists them.');
  }

  @Serve(Routes.decide)
  async decide(
    @Req() request: Request,
    @Param(checked('path', IdParams)) { id }: IdParams,
    @Body(checked('body', DecisionRequest)) body: DecisionRequest,
    @Headers('idempotency-key') key?: string,
  ): Promise<Card | Recorded> {
    return this.#reply(request, await this.#counted(body.decision, () => this.#decisions.decide(id, body, key)));
  }

  @Serve(Routes.decideMany)
  async decideMany(
    @Body(checked('body', DecisionsRequest)) items: DecisionsRequest,
    @Headers('idempotency-key') key?: string,
  ): Promise<List<DecisionResult>> {
    const results = await Promise.all(items.map((item) => this.#decideOne(item, key)));
    return { items: results, nextCursor: null };
  }

  @Serve(Routes.undo)
  async undo(
    @Req() request: Request,
    @Param(checked('path', IdParams)) { id }: IdParams,
    @Headers('idempotency-key') key?: string,
  ): Promise<Card | Recorded> {
    return this.#reply(request, await this.#counted('undo', () => this.#decisions.undo(id, key)));
  }

  @Serve(Routes.retry)
  async retry(
    @Req() request: Request,
    @Param(checked('path', IdParams)) { id }: IdParams,
    @Headers('idempotency-key') key?: string,
  ): Promise<Card | Recorded> {
    return this.#reply(request, await this.#counted('retry', () => this.#outcomes.retry(id, key)));
  }

  @Serve(Routes.reportOutcome)
  async reportOutcome(
    @Req() request: Request,
    @Param(checked('path', IdParams)) { id }: IdParams,
    @Body(checked('body', OutcomeRequest)) body: OutcomeRequest,
    @Headers('idempotency-key') key?: string,
  ): Promise<Card | Recorded> {
    return this.#reply(request, await this.#counted('outcome', () => this.#outcomes.report(id, body, key)));
  }

  async #decideOne({ id, ...rest }: DecisionsRequest[number], key: string | undefined): Promise<DecisionResult> {
    try {
      const body = check('body', DecisionRequest, rest);
      const reply = await this.#counted(body.decision, () => this.#decisions.decide(id, body, key));
      return reply.kind === 'answered' ? { id, status: 200, card: reply.card } : { id, status: 202 };
    } catch (error) {
      const problem = problemFor(error);
      if (!(problem instanceof HttpException)) throw error;
      return { id, status: problem.getStatus(), problem: problem.getResponse() };
    }
  }

  async #counted(decision: string, decide: () => Promise<WordReply>): Promise<WordReply> {
    try {
      const reply = await decide();
      this.#counter.count(decision, reply.kind);
      return reply;
    } catch (error) {
      this.#counter.count(decision, 'refused');
      throw error;
    }
  }

  #reply(request: Request, reply: WordReply): Card | Recorded {
    if (reply.kind === 'answered') return reply.card;
    request.res?.status(202);
    return {
      recorded: true,
      eventId: reply.eventId,
      hint: 'Your word is stored and has not been answered yet; the card changes when it is.',
    };
  }
}
