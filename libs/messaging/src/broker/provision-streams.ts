import { randomUUID } from 'node:crypto';
import { DiscardPolicy, JetStreamApiError, RetentionPolicy, StorageType, type StreamConfig, type StreamInfo } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { Streams } from '@troupe/contracts';
import type { NatsLink } from './nats-link.ts';

type Stream = (typeof Streams)[keyof typeof Streams];
type Broker = Pick<NatsLink, 'manager' | 'history' | 'settings' | 'names'>;

/** Where the realm of a history is written on its stream. */
const REALM = /^realm:(\S+)$/;

/**
 * Creates the streams that are missing and brings those that exist to the wanted settings. Safe to call from every service,
 * and from several at once. Throws with the fix where a setting cannot be changed.
 */
export async function provisionStreams(broker: Broker): Promise<void> {
  for (const stream of Object.values(Streams)) {
    const { config } = await provisionStream(broker, stream);
    if (stream === Streams.events) broker.history.realm = realmOf(config);
  }
}

/** The name of the history that a stream keeps; undefined for one that was made before histories had names. */
export function realmOf({ description = '' }: Pick<StreamConfig, 'description'>): string | undefined {
  return REALM.exec(description)?.[1];
}

async function provisionStream(broker: Broker, stream: Stream): Promise<StreamInfo> {
  const existing = await broker.manager.streams.info(broker.names.stream(stream)).catch(missing);
  if (existing) return adjust(broker, existing);
  return broker.manager.streams.add(newStream(broker, stream)).catch((refusal: unknown) => madeByAnother(broker, broker.names.stream(stream), refusal));
}

/** Services that start together create the streams together: whoever comes second is refused, and finds what it wanted. */
async function madeByAnother({ manager }: Broker, name: string, refusal: unknown): Promise<StreamInfo> {
  return manager.streams.info(name).catch(() => {
    throw refusal;
  });
}

/** A stream of another replica that wants the same is adjusted twice, which changes nothing. */
async function adjust(broker: Broker, existing: StreamInfo): Promise<StreamInfo> {
  const { config } = existing;
  const { replicas, memory } = broker.settings;
  if ((config.storage === StorageType.Memory) !== memory) {
    const wanted = memory ? 'memory' : 'file';
    throw new Error(`The stream ${config.name} is kept in ${config.storage}, not in ${wanted} as TROUPE_NATS_STORAGE wants: set it to "${config.storage}", or copy the stream.`);
  }
  const wanted = { num_replicas: replicas, duplicate_window: duplicateWindow(broker) };
  const isAsWanted = config.num_replicas === wanted.num_replicas && config.duplicate_window === wanted.duplicate_window;
  return isAsWanted || !broker.settings.adjusts ? existing : broker.manager.streams.update(config.name, wanted);
}

function newStream(broker: Broker, stream: Stream): Partial<StreamConfig> & { name: string } {
  const { replicas, memory } = broker.settings;
  return {
    name: broker.names.stream(stream),
    subjects: stream.subjects.map((subject) => broker.names.subject(subject)),
    retention: stream === Streams.redrives ? RetentionPolicy.Workqueue : RetentionPolicy.Limits,
    storage: memory ? StorageType.Memory : StorageType.File,
    num_replicas: replicas,
    discard: DiscardPolicy.New,
    duplicate_window: duplicateWindow(broker),
    allow_direct: true,
    ...(stream === Streams.events ? { description: `realm:${randomUUID()}` } : {}),
  };
}

function duplicateWindow({ settings }: Broker): number {
  return nanos(settings.duplicateWindowMs);
}

function missing(error: unknown): undefined {
  if (error instanceof JetStreamApiError) return undefined;
  throw error;
}
