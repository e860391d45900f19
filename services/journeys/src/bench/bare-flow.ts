import { AckPolicy, jetstream, jetstreamManager, type JetStreamClient } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { BenchBroker } from './bench-broker.ts';
import type { Flow } from './flow.ts';

const STREAM = 'BARE';
const STEPS = ['bare.one', 'bare.two', 'bare.three', 'bare.end'] as const;

/** The same three hops on the NATS client alone: consume, publish with ack, ack. Nothing is validated, named or recorded. */
export async function bareFlow({ url, bench }: BenchBroker, payload: object): Promise<Flow> {
  const connections: NatsConnection[] = [];
  const open = async (): Promise<NatsConnection> => {
    const connection = await connect({ servers: url, ...bench });
    connections.push(connection);
    return connection;
  };
  const edge = await open();
  const manager = await jetstreamManager(edge);
  await manager.streams.add({ name: STREAM, subjects: ['bare.>'] });
  for (const [index, from] of STEPS.slice(0, 3).entries()) {
    await manager.consumers.add(STREAM, { durable_name: `step${index}`, filter_subject: from, ack_policy: AckPolicy.Explicit });
    await passOn(jetstream(await open()), `step${index}`, STEPS[index + 1] ?? '');
  }
  const publisher = jetstream(edge);
  return {
    name: 'bare NATS client',
    start: async (id) => {
      await publisher.publish(STEPS[0], JSON.stringify({ ...payload, id }), { msgID: `${id}-0` });
    },
    onEnd: (listener) => {
      edge.subscribe('bare.end', { callback: (_error, message) => listener(message.json<{ id: string }>().id) });
    },
    stop: async () => {
      await Promise.all(connections.map((connection) => connection.close()));
    },
  };
}

async function passOn(client: JetStreamClient, durable: string, to: string): Promise<void> {
  const consumer = await client.consumers.get(STREAM, durable);
  await consumer.consume({
    max_messages: 64,
    callback: (message) => {
      const { id } = message.json<{ id: string }>();
      void client.publish(to, message.data, { msgID: `${id}-${durable}` }).then(() => message.ack());
    },
  });
}
