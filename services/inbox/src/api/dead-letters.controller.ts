import { Controller, Param, Query, UseGuards, UseInterceptors } from '@nestjs/common';
import { DeadLetters, TerminalError } from '@troupe/messaging';
import { OperatorGuard } from '../access/operator.guard.ts';
import { CardQueries } from '../projection/card-queries.ts';
import { CardStore } from '../projection/card-store.ts';
import type { DeadLetterRow } from '../projection/card.contract.ts';
import { decodeCursor } from '../projection/cursor.ts';
import { IdParams, PageQuery } from './api.contract.ts';
import { checked } from './checked.ts';
import { toList, type List } from './list.ts';
import { notFound } from './not-found.ts';
import { ProblemsForFailures } from './problems-for-failures.ts';
import { Serve } from './route.ts';
import { Routes } from './routes.ts';

/** What could not be handled. The stream of dead letters is the truth; the projection only knows that there were some. */
@Controller()
@UseGuards(OperatorGuard)
@UseInterceptors(ProblemsForFailures)
export class DeadLettersController {
  readonly #queries: CardQueries;
  readonly #store: CardStore;
  readonly #letters: DeadLetters;

  constructor(queries: CardQueries, store: CardStore, letters: DeadLetters) {
    this.#queries = queries;
    this.#store = store;
    this.#letters = letters;
  }

  /** A page may be shorter than its limit: what was settled elsewhere is left out when it is found. */
  @Serve(Routes.listDeadLetters)
  async list(@Query(checked('query', PageQuery)) { limit, cursor }: PageQuery): Promise<List<DeadLetterRow>> {
    const before = cursor === undefined ? undefined : decodeCursor(cursor);
    const page = toList(this.#queries.openDeadLetters({ before, limit }));
    const items = await Promise.all(page.items.map((row) => this.#whenOpen(row)));
    return { ...page, items: items.filter((row) => row !== undefined) };
  }

  @Serve(Routes.redriveDeadLetter)
  async redrive(@Param(checked('path', IdParams)) { id }: IdParams): Promise<{ id: string; settled: 'redriven' }> {
    await this.#settle(id, () => this.#letters.redrive(id));
    return { id, settled: 'redriven' };
  }

  @Serve(Routes.discardDeadLetter)
  async discard(@Param(checked('path', IdParams)) { id }: IdParams): Promise<{ id: string; settled: 'discarded' }> {
    await this.#settle(id, () => this.#letters.discard(id));
    return { id, settled: 'discarded' };
  }

  async #whenOpen(row: DeadLetterRow): Promise<DeadLetterRow | undefined> {
    if (await this.#letters.get(row.id)) return row;
    this.#store.settleDeadLetter(row.id);
    return undefined;
  }

  async #settle(id: string, act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (error instanceof TerminalError && error.code !== 'event_gone')
        notFound('dead letter', id, 'It may have been settled already. GET /api/dead-letters lists what is open.');
      throw error;
    }
    this.#store.settleDeadLetter(id);
  }
}
