import { Controller, Header, Req, UseGuards, UseInterceptors } from '@nestjs/common';
import { EventTail, Queries } from '@troupe/messaging';
import type { Request } from 'express';
import type { z } from 'zod';
import { OperatorGuard } from '../access/operator.guard.ts';
import { InboxFollower } from '../projection/inbox-follower.ts';
import type { ReadyReply, RebuildReply } from './api.contract.ts';
import { InboxMetrics } from './inbox-metrics.ts';
import { openApiDocument } from './openapi.ts';
import { ProblemsForFailures } from './problems-for-failures.ts';
import { rebuildStores } from './rebuild-stores.ts';
import { Serve } from './route.ts';
import { Routes } from './routes.ts';

const REBUILD_TIMEOUT_MS = 60_000;
const BROKER_TIMEOUT_MS = 2_000;
const API_VERSION = '0.1.0';

/** What machines ask: is it well, what can it do, how much has it done. */
@Controller()
@UseInterceptors(ProblemsForFailures)
export class OperationsController {
  readonly #follower: InboxFollower;
  readonly #tail: EventTail;
  readonly #metrics: InboxMetrics;
  readonly #queries: Queries;
  readonly #document = openApiDocument(Object.values(Routes), API_VERSION);

  constructor(follower: InboxFollower, tail: EventTail, metrics: InboxMetrics, queries: Queries) {
    this.#follower = follower;
    this.#tail = tail;
    this.#metrics = metrics;
    this.#queries = queries;
  }

  @Serve(Routes.openapi)
  openapi(): Record<string, unknown> {
    return this.#document;
  }

  @Serve(Routes.healthz)
  healthz(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Serve(Routes.readyz)
  async readyz(@Req() request: Request): Promise<z.infer<typeof ReadyReply>> {
    const parts = { broker: await this.#brokerPart(), projection: this.#projectionPart() };
    const ready = Object.values(parts).every((part) => part.ok);
    if (!ready) request.res?.status(503);
    return { status: ready ? 'ok' : 'unavailable', parts };
  }

  @Serve(Routes.metrics)
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  metrics(): Promise<string> {
    return this.#metrics.text();
  }

  @Serve(Routes.rebuild)
  @UseGuards(OperatorGuard)
  async rebuild(): Promise<z.infer<typeof RebuildReply>> {
    const stores = await rebuildStores(this.#queries);
    return { ...(await this.#follower.rebuild(REBUILD_TIMEOUT_MS)), stores };
  }

  async #brokerPart(): Promise<{ ok: boolean; detail: string }> {
    const signal = AbortSignal.timeout(BROKER_TIMEOUT_MS);
    const late = new Promise<never>((_, reject) =>
      signal.addEventListener('abort', () => reject(new Error('no answer')), { once: true }),
    );
    try {
      return { ok: true, detail: `the stream is at ${await Promise.race([this.#tail.lastSequence(), late])}` };
    } catch (error) {
      return { ok: false, detail: `the broker does not answer: ${error instanceof Error ? error.message : String(error)}` };
    }
  }

  #projectionPart(): { ok: boolean; detail: string } {
    const { caughtUp, sequence } = this.#follower.status();
    return { ok: caughtUp, detail: caughtUp ? `at ${sequence}` : `catching up, at ${sequence}` };
  }
}
