import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Controller, Module } from '@nestjs/common';
import {
  ActionProposed, CompleteTask, EmailLabel, EmailReceived, RecallEpisodes,
  type Envelope, type EpisodeFilter, type EventOf, type ReplyOf, type RequestOf,
} from '@troupe/contracts';
import { Answers, EventTail, On as OnBareMessage, openLink, Publisher, type NatsLink } from '@troupe/messaging';
import { defineService, startServices, type RunningServices, type ServiceDefinition } from '@troupe/service-host';
import { eventually, startTestNats, type TestNats } from '@troupe/testkit';
import { z } from 'zod';
import { Agent, agentService } from './agent.ts';
import { On } from './on.ts';
import type { Story } from './story.ts';
import { defineTask } from './task.ts';
import { aMail, happened } from './testing.ts';

const Name = defineTask({ name: 'test.name', version: '1', instructions: 'Name it.', answer: z.object({ label: z.string() }) });

@Agent({ name: 'namer', version: '1.0.0', purpose: 'Labels mail with what the engine calls it.', emits: [], mayPropose: ['email.label'] })
class Namer {
  @On(EmailReceived)
  async label(event: EventOf<typeof EmailReceived>, story: Story): Promise<void> {
    const before = await story.recallEvents(EmailReceived, { entity: 'person:ana@customer.example', limit: 3 });
    const result = await story.ask(Name, { subject: event.data.subject });
    if (result.kind === 'declined') return;
    const args = { messageId: event.data.messageId, add: [result.answer.label], remove: [] };
    story.propose(EmailLabel, { args, rationale: `After ${before.length} mails, for ${story.ownerEmail}.`, evidence: [], basis: result });
  }
}

/** Stands in for engine and memory: one names everything "named", the other has three mails and room for two in a reply. */
const quiet = { warn: () => {}, error: () => {}, info: () => {}, debug: () => {} } as never;
const asked: RequestOf<typeof CompleteTask>[] = [];
const recalled: EpisodeFilter[] = [];

@Controller()
class StandIn {
  @Answers(CompleteTask)
  async complete(request: RequestOf<typeof CompleteTask>): Promise<ReplyOf<typeof CompleteTask>> {
    asked.push(request);
    return { kind: 'answered', answer: { label: 'named' }, model: { provider: 'stand-in', model: 'none', version: '1' }, grounds: 'sourced', costUsd: 0 };
  }

  @Answers(RecallEpisodes)
  async recall(filter: RequestOf<typeof RecallEpisodes>): Promise<ReplyOf<typeof RecallEpisodes>> {
    recalled.push(filter);
    const [from, more] = filter.before === undefined ? [3, true] : [1, false];
    const sequences = more ? [from, from - 1] : [from];
    return { kind: 'found', episodes: sequences.map((sequence) => ({ sequence, event: happened(EmailReceived, aMail(), { id: `evt_${sequence}` }) })), more };
  }
}

@Module({ controllers: [StandIn] })
class StandInModule {}
const standIn = defineService({ name: 'stand-in', version: '1', purpose: 'Stands in for engine and memory.', module: StandInModule, emits: [] });

describe('an agent on a real nats-server', () => {
  let nats: TestNats;
  let link: NatsLink;
  let home: string;
  let services: RunningServices | undefined;

  beforeAll(async () => {
    nats = await startTestNats();
    home = await mkdtemp(join(tmpdir(), 'troupe-test-agent-'));
    link = await openLink({ url: nats.url, service: 'gateway' });
  });
  afterEach(async () => {
    await services?.stop();
    services = undefined;
  });
  afterAll(async () => {
    await link.connection.close();
    await nats.stop();
    await rm(home, { recursive: true, force: true });
  });

  async function start(definitions: ServiceDefinition[], deliverTwice = false): Promise<void> {
    const env = { TROUPE_HOME: home, TROUPE_OWNER_EMAIL: 'me@troupe.example', TROUPE_LOG_LEVEL: 'silent' };
    services = await startServices(definitions, { env, natsUrl: nats.url, deliverTwice });
  }

  async function stored(): Promise<Envelope[]> {
    const events: Envelope[] = [];
    const tail = new EventTail(link, quiet);
    const throughSequence = await tail.lastSequence();
    await tail.read({ fromSequence: 1, throughSequence, signal: new AbortController().signal, onEvent: async (event) => void events.push(event) });
    return events;
  }

  it('delivered twice, proposes once, asks the engine under one call id, and names the snapshot it read', async () => {
    await start([standIn, agentService(Namer)], true);
    const publisher = new Publisher(link, { name: 'gateway', version: '1', emits: [EmailReceived] });
    const { sequence } = await publisher.publish(EmailReceived, aMail(), { id: 'evt_mail', origin: 'external' });
    await eventually(() => expect(asked).toHaveLength(2), { timeoutMs: 15_000 });
    await services?.stop();

    const proposals = (await stored()).filter(({ type }) => type === ActionProposed.type);
    expect(proposals).toHaveLength(1);
    expect(proposals[0]).toMatchObject({ agent: 'namer', causationid: 'evt_mail', origin: 'external', snapshot: sequence });
    expect(proposals[0]?.data).toMatchObject({ rationale: 'After 3 mails, for me@troupe.example.', action: { args: { add: ['named'] } } });
    expect(asked[0]?.callId).toBe(asked[1]?.callId);
    expect(asked[0]).toMatchObject({ task: 'test.name', trigger: { eventId: 'evt_mail', origin: 'external', snapshot: sequence, askedBy: 'namer' } });
    expect(recalled.slice(0, 2)).toMatchObject([{ asOf: sequence, limit: 3 }, { asOf: sequence, limit: 1, before: 2 }]);
  }, 30_000);

  it('is not started without its card', async () => {
    @Controller()
    class Unmarked {
      @On(EmailReceived)
      async handle(): Promise<void> {}
    }
    @Module({ controllers: [Unmarked] })
    class UnmarkedModule {}
    const unmarked = defineService({ name: 'unmarked', version: '1', purpose: 'Forgot @Agent.', module: UnmarkedModule, emits: [] });
    await expect(start([unmarked])).rejects.toThrow(/Unmarked is no agent: put @Agent\(/);
  }, 30_000);

  it('may stand beside a handler that takes no story', async () => {
    @Controller()
    class Bare {
      @OnBareMessage(EmailReceived)
      async handle(): Promise<void> {}
    }
    @Module({ controllers: [Bare, Namer] })
    class MixedModule {}
    await start([defineService({ ...agentService(Namer), name: 'mixed', module: MixedModule })]);
    expect(services).toBeDefined();
  }, 30_000);
});
