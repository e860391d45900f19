import { jetstream } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { Agent, agentService, On, type Story } from '@troupe/agent-kit';
import { ActionCompensated, ActionExpired, ActionUndone, ActionVerified, eventFilter, type DataOf, type Envelope, type EventOf } from '@troupe/contracts';
import { BrokerNames, buildEvent, storeEvent } from '@troupe/messaging';
import { startServices, type ServiceDefinition } from '@troupe/service-host';
import type { BenchBroker } from './bench-broker.ts';
import type { Flow } from './flow.ts';

/** Three agents as a developer would write them; the events are small ones of the catalogue. */
@Agent({ name: 'bench-one', version: '1.0.0', purpose: 'First hop.', emits: [ActionExpired], mayPropose: [] })
class One {
  @On(ActionUndone)
  async pass({ data }: EventOf<typeof ActionUndone>, story: Story): Promise<void> {
    story.emit(ActionExpired, data);
  }
}

@Agent({ name: 'bench-two', version: '1.0.0', purpose: 'Second hop.', emits: [ActionCompensated], mayPropose: [] })
class Two {
  @On(ActionExpired)
  async pass({ data }: EventOf<typeof ActionExpired>, story: Story): Promise<void> {
    story.emit(ActionCompensated, { ...data, compensationId: 'none' });
  }
}

@Agent({ name: 'bench-three', version: '1.0.0', purpose: 'Third hop.', emits: [ActionVerified], mayPropose: [] })
class Three {
  @On(ActionCompensated)
  async pass({ data }: EventOf<typeof ActionCompensated>, story: Story): Promise<void> {
    const { actionId, digest } = data;
    story.emit(ActionVerified, { actionId, digest, checks: [] });
  }
}

const producer = { name: 'bench', version: '1.0.0', emits: [ActionUndone] };
const data: DataOf<typeof ActionUndone> = { actionId: 'act_bench', digest: `sha256:${'0'.repeat(64)}` };

/** The event the flow begins with; the bare flow carries the same bytes. */
export function firstEvent(id: string): Envelope {
  const lineage = { id, time: new Date().toISOString(), correlationId: id, origin: 'system' as const, hops: 0 };
  return buildEvent(producer, { contract: ActionUndone, data, subject: 'action:act_bench' }, lineage);
}

/** The three agents as services: what their users on the broker may do follows from these. */
export const benchAgents: readonly ServiceDefinition[] = [One, Two, Three].map((agent) => agentService(agent));

/** Where the flow runs: a broker, with users or without. */
export type FlowBroker = Pick<BenchBroker, 'url'> & Partial<Pick<BenchBroker, 'credentials' | 'bench'>>;

/** The flow through messaging and agent-kit: validated envelopes, deterministic ids, outputs before the ack. */
export async function troupeFlow({ url, credentials, bench }: FlowBroker, home: string): Promise<Flow> {
  const services = await startServices(benchAgents, {
    natsUrl: url,
    ...(credentials ? { credentials } : {}),
    env: { TROUPE_HOME: home, TROUPE_LOG_LEVEL: 'error' },
  });
  const edge = await connect({ servers: url, ...bench });
  const publisher = { jetstream: jetstream(edge), names: new BrokerNames() };
  return {
    name: 'messaging and agent-kit',
    start: async (id) => {
      await storeEvent(publisher, firstEvent(id));
    },
    onEnd: (listener) => {
      edge.subscribe(eventFilter(ActionVerified.type), { callback: (_error, message) => listener(message.json<Envelope>().correlationid) });
    },
    stop: async () => {
      await services.stop();
      await edge.close();
    },
  };
}
