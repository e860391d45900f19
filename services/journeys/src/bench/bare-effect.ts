import { AckPolicy, jetstream, jetstreamManager, type JetStreamClient, type JsMsg } from '@nats-io/jetstream';
import { Kvm, type KV } from '@nats-io/kv';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { link, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchBroker } from './bench-broker.ts';
import type { Flow } from './flow.ts';

const STREAM = 'BARE_EFFECT';
const Subjects = { decided: 'effect.decided', authorized: 'effect.authorized', attempted: 'effect.attempted', executed: 'effect.executed' } as const;
type Subject = (typeof Subjects)[keyof typeof Subjects];

/** What the bare flow runs on. */
export interface BareEffectOptions {
  readonly broker: BenchBroker;
  /** The folder for the files it writes. */
  readonly outbox: string;
  /** How many actions shall wait; each flow takes one. */
  readonly waiting: number;
  /** What each event and state carries. */
  readonly payload: object;
}

/**
 * The same durable steps on the NATS client alone: a decision is judged against a state and answered; the authorisation is
 * spent in a ledger, said, noted as begun, carried out as a file that is flushed, noted as done, and said. Nothing is
 * validated, named, projected or recorded.
 */
export async function bareEffect(options: BareEffectOptions): Promise<Flow> {
  const { broker, outbox, waiting, payload } = options;
  const connections: NatsConnection[] = [];
  const open = async (): Promise<NatsConnection> => {
    const connection = await connect({ servers: broker.url, ...broker.bench });
    connections.push(connection);
    return connection;
  };
  const edge = new Bare(await open(), payload);
  await (await jetstreamManager(edge.connection)).streams.add({ name: STREAM, subjects: ['effect.>'] });
  const lives = await edge.bucket('BARE_LIVES');
  for (let index = 0; index < waiting; index += 1) await lives.put(`act_${index}`, edge.text(`act_${index}`, 'held'));
  await mkdir(outbox, { recursive: true });
  await judge(new Bare(await open(), payload));
  await act(new Bare(await open(), payload), outbox);
  const flowOf = new Map<string, string>();
  return {
    name: 'bare NATS client',
    start: async (id) => {
      const action = `act_${flowOf.size}`;
      flowOf.set(action, id);
      await edge.say(Subjects.decided, action);
    },
    onEnd: (listener) => {
      const callback = (_error: Error | null, message: { json<T>(): T }): void => listener(flowOf.get(message.json<{ id: string }>().id) ?? '');
      edge.connection.subscribe(Subjects.executed, { callback });
    },
    stop: async () => {
      await Promise.all(connections.map((connection) => connection.close()));
    },
  };
}

/** One connection's part of the flow. */
class Bare {
  readonly connection: NatsConnection;
  readonly #client: JetStreamClient;
  readonly #payload: object;

  constructor(connection: NatsConnection, payload: object) {
    this.connection = connection;
    this.#client = jetstream(connection);
    this.#payload = payload;
  }

  bucket(name: string): Promise<KV> {
    return new Kvm(this.#client).create(name, { history: 1 });
  }

  text(id: string, state: string): string {
    return JSON.stringify({ ...this.#payload, id, state });
  }

  async say(subject: Subject, id: string): Promise<void> {
    await this.#client.publish(subject, this.text(id, subject), { msgID: `${subject}-${id}` });
  }

  /** Acknowledged after `step`. */
  async on(subject: Subject, step: (id: string) => Promise<void>): Promise<void> {
    const durable = subject.replace('.', '-');
    const manager = await jetstreamManager(this.connection);
    await manager.consumers.add(STREAM, { durable_name: durable, filter_subject: subject, ack_policy: AckPolicy.Explicit });
    const callback = (message: JsMsg): void => void step(message.json<{ id: string }>().id).then(() => message.ack());
    await (await this.#client.consumers.get(STREAM, durable)).consume({ max_messages: 64, callback });
  }
}

async function judge(policy: Bare): Promise<void> {
  const lives = await policy.bucket('BARE_LIVES');
  await policy.on(Subjects.decided, async (id) => {
    const life = await lives.get(id);
    await lives.update(id, policy.text(id, 'authorized'), life?.revision ?? 0);
    await policy.say(Subjects.authorized, id);
  });
}

async function act(gate: Bare, outbox: string): Promise<void> {
  const ledger = await gate.bucket('BARE_LEDGER');
  await gate.on(Subjects.authorized, async (id) => {
    if (await ledger.get(id)) return;
    const spent = await ledger.create(id, gate.text(id, 'spent'));
    await gate.say(Subjects.attempted, id);
    const begun = await ledger.update(id, gate.text(id, 'attempting'), spent);
    await writeOnce(join(outbox, `${id}.eml`), gate.text(id, 'mail'));
    await ledger.update(id, gate.text(id, 'settled'), begun);
    await gate.say(Subjects.executed, id);
  });
}

/** Whole or not at all, flushed to disk. */
async function writeOnce(path: string, content: string): Promise<void> {
  await writeFile(`${path}.draft`, content, { flush: true });
  await link(`${path}.draft`, path);
  await rm(`${path}.draft`);
}
