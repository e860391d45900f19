import { createInbox, deferred, nanos, type Deferred, type Msg, type NatsConnection, type Subscription } from '@nats-io/transport-node';
import type { BrokerNames } from '../broker/broker-names.ts';
import { atEndOfTurn } from '../broker/end-of-turn.ts';
import { fromConsumer, type IncomingMessage } from './incoming-message.ts';
import type { WorkQueue } from './work-queue.ts';

const EXPIRES_MS = 30_000;
const IDLE_HEARTBEAT_MS = 2_000;
/** A broker that has requests of ours and says nothing for so long has lost them. */
const SILENT_AFTER_MS = 5_000;
const SILENCE_CHECK_MS = 1_000;

/** What a status message says, by the code in its header. */
const Status = { heartbeat: 100, noMessages: 404, expired: 408 } as const;
const MESSAGES_LEFT = 'Nats-Pending-Messages';

/** Whose messages are asked for, and what becomes of them. */
export interface RequestParts {
  readonly connection: NatsConnection;
  /** Where requests go: `$JS.API.CONSUMER.MSG.NEXT.<stream>.<durable>`. */
  readonly subject: string;
  /** Below which messages are received: what the broker lets this service listen to. */
  readonly inboxPrefix: string;
  readonly names: BrokerNames;
  readonly queue: WorkQueue;
  readonly receive: (message: IncomingMessage) => void;
  /** How long a request stays with the broker, in milliseconds; at least 1,000. Default 30,000. */
  readonly expiresMs?: number;
}

/**
 * Requests to one durable consumer, over one subscription for as long as it lasts. Never more is asked for than there are
 * free places. Places that become free are asked for together: with nothing outstanding at once, else when they are half of
 * all; under load a request then brings what has become free in the meantime. The client's own `consume` counts what
 * was received, not what was begun, and its `fetch` costs a subscription a request.
 *
 * Protocol: JetStream pull consumers, NATS architecture decisions ADR-13 and ADR-37.
 */
export class MessageRequests {
  readonly #parts: RequestParts;
  readonly #inbox: string;
  readonly #subscription: Subscription;
  readonly #silence: NodeJS.Timeout;
  readonly #ended: Deferred<void> = deferred();
  /** Messages asked for that have not come. */
  #outstanding = 0;
  #heardAtMs = 0;
  #isAsking = false;
  #isOver = false;

  /** Begins at once. */
  constructor(parts: RequestParts) {
    this.#parts = parts;
    this.#inbox = createInbox(parts.inboxPrefix);
    this.#ended.catch(() => undefined);
    this.#subscription = parts.connection.subscribe(this.#inbox, { callback: (error, message) => (error ? this.#lost(error) : this.#take(message)) });
    this.#silence = setInterval(() => this.#checkSilence(), SILENCE_CHECK_MS).unref();
    parts.queue.onFree(() => this.#askSoon());
    this.#ask();
  }

  /** Resolves after {@link stop}; rejects when the consumer, the broker or a request is lost. */
  get ended(): Promise<void> {
    return this.#ended;
  }

  /** Nothing is asked for any more; what is on its way is still received. */
  async stop(): Promise<void> {
    if (!this.#close()) return;
    await this.#subscription.drain().catch(() => undefined);
    this.#ended.resolve();
  }

  /** Whoever asks again begins anew: what had been asked for is void. */
  lose(reason: string): void {
    this.#lost(new Error(reason));
  }

  #take(message: Msg): void {
    this.#heardAtMs = performance.now();
    // Only what the broker itself says comes under the name of the inbox; looking for a status in every message costs its headers' decoding.
    if (message.subject === this.#inbox) return this.#note(message);
    this.#outstanding = Math.max(0, this.#outstanding - 1);
    this.#parts.receive(fromConsumer(message, this.#parts.names));
    if (this.#outstanding === 0) this.#askSoon();
  }

  #note({ headers }: Msg): void {
    const status = headers?.code ?? 0;
    if (status === Status.heartbeat) return;
    if (status !== Status.expired && status !== Status.noMessages) return this.lose(`${status} ${headers?.description ?? ''}`.trim());
    this.#outstanding = Math.max(0, this.#outstanding - Number(headers?.get(MESSAGES_LEFT) || 0));
    this.#askSoon();
  }

  /** Places that become free in the same turn are asked for together. */
  #askSoon(): void {
    if (this.#isAsking) return;
    this.#isAsking = true;
    void atEndOfTurn(() => {
      this.#isAsking = false;
      this.#ask();
    });
  }

  #ask(): void {
    const { connection, queue, subject, expiresMs = EXPIRES_MS } = this.#parts;
    const batch = queue.free - this.#outstanding;
    const isWorthIt = this.#outstanding === 0 ? batch > 0 : batch >= queue.places / 2;
    if (this.#isOver || !isWorthIt || connection.isClosed()) return;
    if (this.#outstanding === 0) this.#heardAtMs = performance.now();
    this.#outstanding += batch;
    connection.publish(subject, requestFor(batch, expiresMs), { reply: this.#inbox });
  }

  #checkSilence(): void {
    if (this.#outstanding > 0 && performance.now() - this.#heardAtMs > SILENT_AFTER_MS) this.lose('The broker says nothing about a request for messages.');
  }

  #lost(error: Error): void {
    if (!this.#close()) return;
    this.#subscription.unsubscribe();
    this.#ended.reject(error);
  }

  #close(): boolean {
    if (this.#isOver) return false;
    this.#isOver = true;
    clearInterval(this.#silence);
    this.#parts.queue.onFree(undefined);
    return true;
  }
}

function requestFor(batch: number, expiresMs: number): string {
  return JSON.stringify({ batch, expires: nanos(expiresMs), idle_heartbeat: nanos(Math.min(IDLE_HEARTBEAT_MS, expiresMs / 2)) });
}
