import { Controller, Query, UseGuards, UseInterceptors } from '@nestjs/common';
import { RecallEpisodes, type Episode } from '@troupe/contracts';
import { Queries, RetryableError, TerminalError } from '@troupe/messaging';
import type { z } from 'zod';
import { OperatorGuard } from '../access/operator.guard.ts';
import { CardQueries } from '../projection/card-queries.ts';
import type { AgentRow } from '../projection/card.contract.ts';
import { decodeCursor } from '../projection/cursor.ts';
import { EpisodeQuery, type SummaryReply } from './api.contract.ts';
import { CardStore } from '../projection/card-store.ts';
import { checked } from './checked.ts';
import { toList, type List } from './list.ts';
import { ProblemsForFailures } from './problems-for-failures.ts';
import { Serve } from './route.ts';
import { Routes } from './routes.ts';

/** The company at a glance: who is here, how much waits, and what memory recorded. */
@Controller()
@UseGuards(OperatorGuard)
@UseInterceptors(ProblemsForFailures)
export class CompanyController {
  readonly #queries: CardQueries;
  readonly #store: CardStore;
  readonly #memory: Queries;

  constructor(queries: CardQueries, store: CardStore, memory: Queries) {
    this.#queries = queries;
    this.#store = store;
    this.#memory = memory;
  }

  @Serve(Routes.listAgents)
  agents(): List<AgentRow> {
    return { items: this.#queries.agents(), nextCursor: null };
  }

  @Serve(Routes.getSummary)
  summary(): z.infer<typeof SummaryReply> {
    const deadLetters = this.#queries.countOpenDeadLetters();
    const waits = this.#queries.waits().length;
    return { states: this.#queries.countsByState(), deadLetters, waits, sequence: this.#store.position() };
  }

  @Serve(Routes.listEpisodes)
  async episodes(@Query(checked('query', EpisodeQuery)) query: EpisodeQuery): Promise<List<Episode>> {
    const { story, type, cursor, limit, ...rest } = query;
    const reply = await this.#memory.ask(RecallEpisodes, {
      ...rest,
      limit: limit + 1,
      ...(story !== undefined && { correlationId: story }),
      ...(type !== undefined && { types: [type] }),
      ...(cursor !== undefined && { before: decodeCursor(cursor) }),
    });
    if (reply.kind === 'failed')
      throw reply.failure.retryable
        ? new RetryableError(reply.failure.message, reply.failure)
        : new TerminalError(reply.failure.message, reply.failure);
    const items = reply.episodes.slice(0, limit);
    const last = items.at(-1);
    return toList(reply.episodes.length > limit && last ? { items, next: last.sequence } : { items });
  }
}
