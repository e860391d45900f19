import { DiscardPolicy, JetStreamApiError, RetentionPolicy, StorageType } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { Streams } from '@troupe/contracts';
import type { NatsLink } from './nats-link.ts';

/** How far back the broker recognises a repeated event id. Handlers tolerate older repeats too. */
const DUPLICATE_WINDOW_MS = 60 * 60 * 1_000;

/** Creates the streams that are missing; streams that exist are left as they are. Safe to call from every service. */
export async function provisionStreams(link: Pick<NatsLink, 'manager'>): Promise<void> {
  for (const stream of Object.values(Streams)) await provisionStream(link, stream);
}

type Stream = (typeof Streams)[keyof typeof Streams];

async function provisionStream({ manager }: Pick<NatsLink, 'manager'>, stream: Stream) {
  try {
    await manager.streams.info(stream.name);
  } catch (error) {
    if (!(error instanceof JetStreamApiError)) throw error;
    await manager.streams
      .add({
        name: stream.name,
        subjects: [...stream.subjects],
        retention: stream === Streams.redrives ? RetentionPolicy.Workqueue : RetentionPolicy.Limits,
        storage: StorageType.File,
        discard: DiscardPolicy.New,
        duplicate_window: nanos(DUPLICATE_WINDOW_MS),
        allow_direct: true,
      })
      .catch((refusal: unknown) => confirmThere(manager, stream.name, refusal));
  }
}

/** Services that start together create the streams together: whoever comes second is refused, and finds what it wanted. */
async function confirmThere(manager: NatsLink['manager'], name: string, refusal: unknown): Promise<void> {
  await manager.streams.info(name).catch(() => {
    throw refusal;
  });
}
