import { actionDigest, ActionExecuted, ActionHeld, ActionProposed, ApprovalDecided, eventFilter, stableId } from '@troupe/contracts';
import { openLink, Publisher, type NatsLink } from '@troupe/messaging';
import { startSolo, type Solo } from '@troupe/solo';
import { setTimeout as sleep } from 'node:timers/promises';
import { Operator } from '../harness/operator.ts';
import type { BenchBroker } from './bench-broker.ts';
import type { Flow } from './flow.ts';

const TOKEN = 'the-token-of-the-effect-bench';
const IN_FLIGHT = 16;
const PATIENCE_MS = 180_000;
const BODY = 'Hello,\n\nthank you for asking. We looked into it and will write again as soon as there is news of your order.\n\nKind regards\n';

/** A mail that waits for the owner. */
interface Held {
  readonly actionId: string;
  readonly digest: string;
}

/** Where the company of the bench runs. */
export interface EffectWorldOptions {
  readonly broker: BenchBroker;
  /** Takes its stores and the outbox. */
  readonly home: string;
  /** How many mails shall wait for the owner. */
  readonly mails: number;
}

/** The whole company in this process, as `npm start` composes it, with a number of mails that wait for the owner. */
export class EffectWorld {
  readonly #solo: Solo;
  readonly #link: NatsLink;
  readonly #held: Held[] = [];

  private constructor(solo: Solo, link: NatsLink) {
    this.#solo = solo;
    this.#link = link;
  }

  /** Starts it and resolves once all mails are held. */
  static async start({ broker, home, mails }: EffectWorldOptions): Promise<EffectWorld> {
    const env = { TROUPE_HTTP_PORT: '0', TROUPE_SMTP_PORT: '0', TROUPE_OPERATOR_TOKEN: TOKEN, TROUPE_HOLD_SECONDS: '0', TROUPE_LOG_LEVEL: 'error' };
    const solo = await startSolo({ home, natsUrl: broker.url, natsCredentials: broker.credentials, env });
    const world = new EffectWorld(solo, await openLink({ url: broker.url, service: 'bench', ...broker.bench }));
    await world.#propose(mails);
    return world;
  }

  /** From the owner's decision on the stream to the outcome on the stream. */
  decisions(): Flow {
    const publisher = new Publisher(this.#link, { name: 'inbox', version: '1.0.0', emits: [ApprovalDecided] });
    return this.#flow('Troupe, from the decision', async ({ actionId, digest }) => {
      const decided = { actionId, digest, decision: 'approve' as const, decidedBy: 'operator' };
      await publisher.publish(ApprovalDecided, decided, { ...placeOf(actionId), id: stableId('dec', actionId), origin: 'operator' });
    });
  }

  /** From the owner's request at the operator API to the outcome on the stream. */
  requests(): Flow {
    const operator = new Operator(this.#solo.httpUrl, TOKEN);
    return this.#flow('Troupe, from the request', async ({ actionId, digest }) => {
      const { status } = await operator.decide({ id: actionId, digest }, 'approve');
      if (status !== 200 && status !== 202) throw new Error(`The operator API answered ${status} to an approval.`);
    });
  }

  async stop(): Promise<void> {
    await this.#solo.stop();
    await this.#link.connection.close();
  }

  #flow(name: string, approve: (held: Held) => Promise<void>): Flow {
    const flowOf = new Map<string, string>();
    return {
      name,
      start: (id) => {
        const held = this.#held.shift();
        if (!held) throw new Error('No mail is left to approve: let more of them wait.');
        flowOf.set(held.actionId, id);
        return approve(held);
      },
      onEnd: (listener) => this.#watch(ActionExecuted.type, ({ actionId }) => listener(flowOf.get(actionId) ?? '')),
      stop: () => Promise.resolve(),
    };
  }

  #watch(type: string, listener: (data: Held) => void): void {
    this.#link.connection.subscribe(eventFilter(type), { callback: (_error, message) => listener(message.json<{ data: Held }>().data) });
  }

  async #propose(mails: number): Promise<void> {
    this.#watch(ActionHeld.type, ({ actionId, digest }) => this.#held.push({ actionId, digest }));
    const publisher = new Publisher(this.#link, { name: 'correspondence', version: '1.0.0', emits: [ActionProposed] });
    for (let index = 0; index < mails; index += 1) {
      await publishProposal(publisher, index);
      await this.#untilHeld(index - IN_FLIGHT);
    }
    await this.#untilHeld(mails);
  }

  async #untilHeld(mails: number): Promise<void> {
    const untilMs = performance.now() + PATIENCE_MS;
    while (this.#held.length < mails) {
      if (performance.now() > untilMs) throw new Error(`Only ${this.#held.length} mails are held, of ${mails}.`);
      await sleep(2);
    }
  }
}

/** A reply to a customer, as correspondence drafts it. */
function publishProposal(publisher: Publisher, index: number): Promise<unknown> {
  const actionId = `act_bench_${index}`;
  const args = { to: [`customer${index}@example.com`], subject: `Re: Order ${index}`, body: BODY, inReplyTo: `<order-${index}@example.com>` };
  const action = { type: 'email.send', args };
  const data = { actionId, digest: actionDigest(action), action, rationale: 'They ask where their order is.', evidence: [], costUsd: 0 };
  return publisher.publish(ActionProposed, data, { ...placeOf(actionId), id: stableId('evt', actionId), origin: 'external' });
}

function placeOf(actionId: string): { correlationId: string; subject: string } {
  return { correlationId: `story_${actionId}`, subject: `action:${actionId}` };
}
