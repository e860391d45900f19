import { Controller, UseGuards, UseInterceptors } from '@nestjs/common';
import { Backlogs } from '@troupe/messaging';
import { OperatorGuard } from '../access/operator.guard.ts';
import { CardQueries } from '../projection/card-queries.ts';
import { CardStore } from '../projection/card-store.ts';
import type { WaitRow } from '../projection/card.contract.ts';
import type { List } from './list.ts';
import { ProblemsForFailures } from './problems-for-failures.ts';
import { Serve } from './route.ts';
import { Routes } from './routes.ts';

/**
 * What handlers wait for. That a wait began is on the stream. That it is over is not, when the one who waited has died: so
 * the broker is asked, and the projection told, whenever somebody looks.
 */
@Controller()
@UseGuards(OperatorGuard)
@UseInterceptors(ProblemsForFailures)
export class WaitsController {
  readonly #queries: CardQueries;
  readonly #store: CardStore;
  readonly #backlogs: Backlogs;

  constructor(queries: CardQueries, store: CardStore, backlogs: Backlogs) {
    this.#queries = queries;
    this.#store = store;
    this.#backlogs = backlogs;
  }

  @Serve(Routes.listWaits)
  async list(): Promise<List<WaitRow>> {
    const items = await Promise.all(this.#queries.waits().map((wait) => this.#asItIsNow(wait)));
    return { items: items.filter((wait) => wait !== undefined), nextCursor: null };
  }

  /** What was said is shown for as long as the broker cannot say otherwise. */
  async #asItIsNow(wait: WaitRow): Promise<WaitRow | undefined> {
    const messages = await this.#backlogs.handedBack(wait.service, wait.handler).catch(() => wait.messages);
    if (messages > 0) return { ...wait, messages };
    this.#store.endWaits(wait.service, wait.handler);
    return undefined;
  }
}
