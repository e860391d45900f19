import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Controller, Module } from '@nestjs/common';
import {
  ApprovalDecided, DeliveryBuckets, EmailRefused, RebuildApprovals, StoryHoldSchema, StoryRelease, storyKey, type ActionProposed, type DataOf, type Decision, type Envelope, type EventOf,
  type StoryHold,
} from '@troupe/contracts';
import { EventTail, On, openLink, Publisher, Queries, States, type HandlerContext, type NatsLink } from '@troupe/messaging';
import { brokerAuthorization, defineService, startServices, type RunningServices, type ServiceDefinition } from '@troupe/service-host';
import { startTestNats, type TestNats } from '@troupe/testkit';
import { pino } from 'pino';
import type { StoppedStory } from '../budget/story-hold.decider.ts';
import { policy } from '../index.ts';

const refusal = { sizeBytes: 1, failure: { code: 'too_large', retryable: false, message: 'Too large.', hint: 'Send less.' } };

/** An agent gone wrong: it answers each event of a story whose id begins with `doubling` with two, and of one with `circling` with one. */
@Controller()
class Runaway {
  @On(EmailRefused)
  answer(event: EventOf<typeof EmailRefused>, ctx: HandlerContext): void {
    const copies = event.correlationid.startsWith('doubling') ? 2 : event.correlationid.startsWith('circling') ? 1 : 0;
    for (let copy = 0; copy < copies; copy += 1) ctx.emit(EmailRefused, refusal);
  }
}

@Module({ controllers: [Runaway] })
class RunawayModule {}

/** Its service; what it may do on the broker follows from this, as for any other. */
export const runaway = defineService({ name: 'runaway', version: '1.0.0', purpose: 'Runs away.', module: RunawayModule, emits: [EmailRefused] });

/** Everybody as shipped, with the permissions that follow from what they declare; the test may do anything. */
function brokerUsers(): string {
  return brokerAuthorization({ services: [policy, runaway], passwordOf: (service) => service }).replace('users = [', 'users = [\n    { user: "tester", password: "tester" }');
}

/** Policy and an agent gone wrong on a real nats-server, in as many replicas as are started; the test speaks for the owner. */
export class RunawayWorld {
  readonly #running: RunningServices[] = [];
  #sent = 0;

  private constructor(readonly nats: TestNats, readonly link: NatsLink, private readonly home: string, private readonly env: Record<string, string>) {}

  static async open(env: Record<string, string>): Promise<RunawayWorld> {
    const nats = await startTestNats({ extraConfig: brokerUsers() });
    const home = await mkdtemp(join(tmpdir(), 'troupe-budget-'));
    return new RunawayWorld(nats, await openLink({ url: nats.url, service: 'tester', user: 'tester', pass: 'tester' }), home, env);
  }

  /** One replica each. */
  async start(...definitions: ServiceDefinition[]): Promise<RunningServices> {
    const env = { TROUPE_HOME: this.home, TROUPE_VERIFICATION_TIMEOUT_SECONDS: '0', ...this.env };
    const running = await startServices(definitions, { natsUrl: this.nats.url, stoppedForMs: 500, env, credentials: (user) => ({ user, pass: user }) });
    this.#running.push(running);
    return running;
  }

  async stopAll(): Promise<void> {
    await Promise.all(this.#running.splice(0).map((running) => running.stop()));
  }

  /** Begins a story, or adds an arrival to one. */
  async arrive(story: string): Promise<void> {
    this.#sent += 1;
    const publisher = new Publisher(this.link, { name: 'tester', version: '1', emits: [EmailRefused] });
    await publisher.publish(EmailRefused, refusal, { id: `evt_arrival_${this.#sent}`, origin: 'external', correlationId: story });
  }

  async decide(story: string, card: Pick<DataOf<typeof ActionProposed>, 'actionId' | 'digest'>, decision: Decision, more: object = {}): Promise<void> {
    this.#sent += 1;
    const publisher = new Publisher(this.link, { name: 'inbox', version: '1', emits: [ApprovalDecided] });
    const data = { actionId: card.actionId, digest: card.digest, decision, decidedBy: 'owner', ...more };
    await publisher.publish(ApprovalDecided, data, { id: `evt_word_${this.#sent}`, origin: 'operator', correlationId: story });
  }

  /** The events of a story, in stream order. */
  async eventsOf(story: string): Promise<Envelope[]> {
    const events: Envelope[] = [];
    const tail = new EventTail(this.link, pino({ level: 'silent' }));
    const onEvent = (event: Envelope): Promise<void> => {
      if (event.correlationid === story) events.push(event);
      return Promise.resolve();
    };
    await tail.read({ fromSequence: 1, throughSequence: await tail.lastSequence(), signal: AbortSignal.timeout(10_000), everything: true, onEvent });
    return events;
  }

  /** How many events the agent has made or got in a story. */
  async workOf(story: string): Promise<number> {
    return (await this.eventsOf(story)).filter(({ type }) => type === EmailRefused.type).length;
  }

  /** The cards that asked for the release of a story, by each proposal on the stream. */
  async cardsOf(story: string): Promise<DataOf<typeof ActionProposed>[]> {
    const proposals = (await this.eventsOf(story)).filter(({ type }) => type === 'evt.action.proposed').map(({ data }) => data as DataOf<typeof ActionProposed>);
    return proposals.filter(({ action }) => action.type === StoryRelease.type);
  }

  /** What every service reads about a story. */
  async hold(story: string): Promise<StoryHold | undefined> {
    const stored = await this.link.manager.streams.getMessage('KV_STORY_QUARANTINE', { last_by_subj: `$KV.STORY_QUARANTINE.${story}` }).catch(() => null);
    return stored ? StoryHoldSchema.parse(stored.json()) : undefined;
  }

  /** Writes, in place of a policy that died right afterwards, what it keeps of a story. */
  async write(stopped: StoppedStory): Promise<void> {
    const store = await new States(this.link).open<StoppedStory>(DeliveryBuckets.quarantine);
    await store.create(storyKey(stopped.story), stopped);
  }

  /** What policy keeps of a story. */
  async written(story: string): Promise<StoppedStory | undefined> {
    const store = await new States(this.link).open<StoppedStory>(DeliveryBuckets.quarantine);
    return (await store.get(storyKey(story)))?.state;
  }

  rebuild(): Promise<unknown> {
    return new Queries(this.link, [RebuildApprovals]).ask(RebuildApprovals, {});
  }

  async close(): Promise<void> {
    await this.stopAll();
    await this.link.connection.close();
    await this.nats.stop();
    await rm(this.home, { recursive: true, force: true });
  }
}
