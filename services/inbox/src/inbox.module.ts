import { join } from 'node:path';
import { Module, type NestModule, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { AbstractHttpAdapter, HttpAdapterHost } from '@nestjs/core';
import { EventTail } from '@troupe/messaging';
import { Clock, LOG, TroupeConfig } from '@troupe/service-host';
import express from 'express';
import { GuessLimit } from './access/guess-limit.ts';
import { OperatorGuard } from './access/operator.guard.ts';
import { Sessions } from './access/sessions.ts';
import { ActionsController } from './api/actions.controller.ts';
import { CompanyController } from './api/company.controller.ts';
import { DeadLettersController } from './api/dead-letters.controller.ts';
import { DecisionCounter } from './api/decision-counter.ts';
import { InboxMetrics } from './api/inbox-metrics.ts';
import { requireJson } from './api/require-json.ts';
import { OperationsController } from './api/operations.controller.ts';
import { SessionController } from './api/session.controller.ts';
import { StoriesController } from './api/stories.controller.ts';
import { StreamPulse } from './api/stream-pulse.ts';
import { StreamController } from './api/stream.controller.ts';
import { WaitsController } from './api/waits.controller.ts';
import { Watchers } from './api/watchers.ts';
import { securityHeaders, webApp } from './api/web-app.ts';
import { Decisions } from './decisions/decisions.ts';
import { Outcomes } from './decisions/outcomes.ts';
import { OwnersWord } from './decisions/owners-word.ts';
import { CardQueries } from './projection/card-queries.ts';
import { CardStore } from './projection/card-store.ts';
import { InboxChanges } from './projection/inbox-changes.ts';
import { InboxFollower, type FollowerParts } from './projection/inbox-follower.ts';

const MAX_BODY = '1mb';
const HEARTBEAT_MS = 20_000;

@Module({
  controllers: [
    SessionController, ActionsController, StoriesController, CompanyController, DeadLettersController, WaitsController,
    StreamController, OperationsController,
  ],
  providers: [
    InboxChanges, OwnersWord, Decisions, Outcomes, DecisionCounter, InboxMetrics, GuessLimit, OperatorGuard, Watchers,
    { provide: StreamPulse, useValue: { heartbeatMs: HEARTBEAT_MS } satisfies StreamPulse },
    {
      provide: CardStore,
      inject: [TroupeConfig],
      useFactory: (config: TroupeConfig) => new CardStore(join(config.home, 'inbox.db')),
    },
    { provide: CardQueries, inject: [CardStore], useFactory: (store: CardStore) => new CardQueries(store.db) },
    {
      provide: Sessions,
      inject: [TroupeConfig, Clock],
      useFactory: (config: TroupeConfig, clock: Clock) => new Sessions(config.operatorToken, () => clock.now()),
    },
    {
      provide: InboxFollower,
      inject: [CardStore, EventTail, InboxChanges, LOG],
      useFactory: (store: CardStore, tail: EventTail, changes: InboxChanges, log: FollowerParts['log']) =>
        new InboxFollower({ store, tail, changes, log, now: () => Date.now() }),
    },
  ],
})
export class InboxModule implements NestModule, OnApplicationBootstrap, OnApplicationShutdown {
  readonly #follower: InboxFollower;
  readonly #store: CardStore;
  readonly #adapter: AbstractHttpAdapter;

  constructor(follower: InboxFollower, store: CardStore, { httpAdapter }: HttpAdapterHost) {
    this.#adapter = httpAdapter;
    this.#follower = follower;
    this.#store = store;
  }

  /** On the adapter itself: middleware that Nest mounts on a wildcard sees every path as "/". */
  configure(): void {
    for (const handler of [securityHeaders, webApp(), requireJson, express.json({ limit: MAX_BODY })]) this.#adapter.use(handler);
  }

  onApplicationBootstrap(): void {
    this.#follower.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#follower.stop();
    this.#store.close();
  }
}
