import { Inject, Injectable } from '@nestjs/common';
import { type ActionCard, Origin, type ProposedForm, TraceOrigins } from '@troupe/contracts';
import { Queries, RetryableError, type HandlerContext } from '@troupe/messaging';
import { recipientsOf } from './proposal-context.ts';
import { taintOf, taintUnanswered, type Provenance, type Traced } from './provenance.ts';

/**
 * How often a message is delivered before policy does without memory. Memory itself waits five seconds for its log, and
 * the pauses between deliveries grow to four: well under a minute in all.
 */
export const PATIENT_DELIVERIES = 5;
type Proposed = Pick<ProposedForm, 'eventId' | 'origin'>;
type Asker = Pick<HandlerContext, 'event' | 'sequence' | 'deliveryCount'>;

/** How many answers are kept: far more than the cards an owner goes through at a time. */
const REMEMBERED = 1_000;

/** Knows where proposals come from. Memory is asked once for each, and only where its answer could make a difference. */
@Injectable()
export class ProposalOrigins {
  readonly #queries: Pick<Queries, 'ask'>;
  readonly #remembered = new Map<string, Traced>();

  constructor(@Inject(Queries) queries: Pick<Queries, 'ask'>) {
    this.#queries = queries;
  }

  /**
   * Where the action on a card comes from, which `proposed` proposed; the event in hand must not lie before that on the stream. Throws RetryableError while memory is away or behind and the taint depends on it. In the end, and at once
   * where the owner waits or only the recipients depend on it, policy goes on as strictly as it can: external, and every
   * recipient new.
   */
  async of({ action }: Pick<ActionCard, 'action'>, proposed: Proposed, ctx: Asker): Promise<Provenance> {
    const { eventId, origin } = proposed;
    const isTainted = origin === Origin.external;
    if (isTainted && recipientsOf(action).length === 0) return { taint: { origin, from: 'claim' }, known: new Set() };
    const waits = !isTainted && ctx.event.origin !== Origin.operator && ctx.deliveryCount < PATIENT_DELIVERIES;
    const traced = this.#remembered.get(eventId) ?? (await this.#trace(eventId, ctx.sequence, waits));
    if (!traced) return { taint: taintUnanswered(origin), known: new Set() };
    this.#remember(eventId, traced);
    return { taint: taintOf(origin, traced), known: new Set(traced.addresses) };
  }

  /** Undefined where memory will never know, or is not waited for. */
  async #trace(eventId: string, asOf: number, waits: boolean): Promise<Traced | undefined> {
    try {
      const reply = await this.#queries.ask(TraceOrigins, { eventId, asOf });
      if (reply.kind === 'traced') return reply;
      if (reply.failure.retryable) throw new RetryableError(reply.failure.message, reply.failure);
    } catch (error) {
      if (waits && error instanceof RetryableError) throw error;
    }
    return undefined;
  }

  /** The oldest goes when there are too many. */
  #remember(proposalId: string, traced: Traced): void {
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size >= REMEMBERED && oldest !== undefined) this.#remembered.delete(oldest);
    this.#remembered.set(proposalId, traced);
  }
}
