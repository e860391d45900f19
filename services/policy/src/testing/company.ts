import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ActionAttempted, ActionExecuted, ActionFailed, ActionFlagged, ActionProposed, type ActionLife, ActionUndone, ActionUndoRequested, ActionUnknown, ActionVerified, ApprovalDecided, type Envelope, type EventContract, RebuildApprovals, StateBuckets, stateOf } from '@troupe/contracts';
import { EventTail, openLink, Publisher, Queries, States, type Decided, type NatsLink, type StateStore } from '@troupe/messaging';
import { startServices, type RunningServices } from '@troupe/service-host';
import { startTestNats, type TestNats } from '@troupe/testkit';
import { pino } from 'pino';
import { policy } from '../index.ts';
import { type about } from './life.ts';

const OTHERS: EventContract[] = [
  ActionProposed, ActionVerified, ActionFlagged, ApprovalDecided, ActionAttempted, ActionExecuted, ActionFailed, ActionUnknown,
  ActionUndoRequested, ActionUndone,
];

/** The real policy service on a real nats-server; the test speaks for agents, the owner and connectors. */
export class Company {
  readonly #nats: TestNats;
  readonly #home: string;
  readonly #services: RunningServices;
  readonly #link: NatsLink;
  readonly #publisher: Publisher;
  #said = 0;

  private constructor(nats: TestNats, home: string, services: RunningServices, link: NatsLink) {
    this.#nats = nats;
    this.#home = home;
    this.#services = services;
    this.#link = link;
    this.#publisher = new Publisher(link, { name: 'correspondence', version: '1.0.0', emits: OTHERS });
  }

  static async open(env: Record<string, string>, deliverTwice: boolean): Promise<Company> {
    const nats = await startTestNats();
    const home = await mkdtemp(join(tmpdir(), 'troupe-policy-'));
    try {
      const services = await startServices([policy], { natsUrl: nats.url, deliverTwice, env: { TROUPE_HOME: home, ...env } });
      return new Company(nats, home, services, await openLink({ url: nats.url, service: 'tester' }));
    } catch (error) {
      await nats.stop();
      await rm(home, { recursive: true, force: true });
      throw error;
    }
  }

  /** Puts an event of others on the stream, in the story named after its action. */
  async say({ kind, data }: ReturnType<ReturnType<typeof about>['proposed']>): Promise<void> {
    const contract = OTHERS.find((other) => other.type.endsWith(`.${kind}`));
    if (!contract) throw new Error(`Nobody but policy says ${kind}.`);
    this.#said += 1;
    const origin = kind === 'decided' || kind === 'undo_requested' ? 'operator' : 'external';
    const correlationId = `story_${data.actionId}`;
    await this.#publisher.publish(contract, data, { id: `evt_${this.#said}`, origin, correlationId });
  }

  /** Every event about an action and its compensation, in stream order. */
  async story(actionId: string): Promise<Envelope[]> {
    const events: Envelope[] = [];
    const tail = new EventTail(this.#link, pino({ level: 'silent' }));
    const throughSequence = await tail.lastSequence();
    const onEvent = (event: Envelope) => {
      if (event.correlationid === `story_${actionId}`) events.push(event);
      return Promise.resolve();
    };
    await tail.read({ fromSequence: 1, throughSequence, signal: new AbortController().signal, onEvent });
    return events;
  }

  async rebuild() {
    return new Queries(this.#link, [RebuildApprovals]).ask(RebuildApprovals, {});
  }

  store(): Promise<StateStore<Decided<ActionLife>>> {
    return new States(this.#link).open(StateBuckets.policyActions);
  }

  /** What policy keeps of every action, without its outbox. */
  async states(): Promise<Record<string, ActionLife>> {
    const store = await this.store();
    const states: Record<string, ActionLife> = {};
    for await (const key of await store.keys()) {
      const state = (await store.get(key))?.state.state;
      if (state && stateOf(state).kind !== 'absent') states[key] = state;
    }
    return states;
  }

  async close(): Promise<void> {
    await this.#services.stop();
    await this.#link.connection.close();
    await this.#nats.stop();
    await rm(this.#home, { recursive: true, force: true });
  }
}
