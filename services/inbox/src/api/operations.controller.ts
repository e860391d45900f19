import { Controller, Header, Req, UseGuards, UseInterceptors } from '@nestjs/common';
import { EventTail, Queries } from '@troupe/messaging';
import type { Request } from 'express';
import type { z } from 'zod';
import { OperatorGuard } from '../access/operator.guard.ts';
import { InboxFollower } from '../projection/inbox-follower.ts';
import type { ReadyReply } from './api.contract.ts';
import { InboxMetrics } from './inbox-metrics.ts';
import { openApiDocument } from './openapi.ts';
import { ProblemsForFailures } from './problems-for-failures.ts';
import { StoreRebuild, type RebuildReport } from './rebuild-stores.ts';
import { Serve } from './route.ts';
import { Routes } from './routes.ts';

/** A rebuild is waited for this long, shorter than clients and proxies commonly wait for an answer. */
const REBUILD_PATIENCE_MS = 20_000;
/** Who follows a rebuild hears of it this often. */
const PROGRESS_PATIENCE_MS = 2_000;
const BROKER_TIMEOUT_MS = 2_000;
const API_VERSION = '0.1.0';

/** What machines ask: is it well, what can it do, how much has it done. */
@Controller()
@UseInterceptors(ProblemsForFailures)
export class OperationsController {
  readonly #follower: InboxFollower;
  readonly #tail: EventTail;
  readonly #metrics: InboxMetrics;
  readonly #rebuild: StoreRebuild;
  readonly #document = openApiDocument(Object.values(Routes), API_VERSION);

  constructor(follower: InboxFollower, tail: EventTail, metrics: InboxMetrics, queries: Queries) {
    this.#follower = follower;
    this.#tail = tail;
    this.#metrics = metrics;
    this.#rebuild = new StoreRebuild({ queries, inbox: follower });
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
  rebuild(): Promise<RebuildReport> {
    this.#rebuild.start();
    return this.#rebuild.report(REBUILD_PATIENCE_MS);
  }

  @Serve(Routes.rebuildProgress)
  @UseGuards(OperatorGuard)
  rebuildProgress(): Promise<RebuildReport> {
    return this.#rebuild.report(PROGRESS_PATIENCE_MS);
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
    const { caughtUp, rebuilding, sequence, pending } = this.#follower.status();
    if (caughtUp && !rebuilding) return { ok: true, detail: `at ${sequence}` };
    const ahead = pending === undefined ? '' : `, ${pending} to go`;
    return { ok: false, detail: `${rebuilding ? 'being rebuilt' : 'catching up'}, at ${sequence}${ahead}` };
  }
}
