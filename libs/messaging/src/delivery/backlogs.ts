import { JetStreamApiError, type ConsumerInfo } from '@nats-io/jetstream';
import { Streams } from '@troupe/contracts';
import type { NatsLink } from '../broker/nats-link.ts';
import { durableName, redrivesName } from './handler-spec.ts';

const NO_CONSUMER = 10014;
const NO_STREAM = 10059;

/** What the broker still holds for the handlers of any service: the truth about who waits, also when the one who said so has died. */
export class Backlogs {
  readonly #link: NatsLink;

  constructor(link: NatsLink) {
    this.#link = link;
  }

  /**
   * How many messages a handler was given more than once and has not settled; 0 when it has no consumer any more. `handler` as
   * `evt.delivery.waiting` names it: all redrives of a service are one. Rejects when the broker does not answer.
   */
  async handedBack(service: string, handler: string): Promise<number> {
    const isRedrive = handler.startsWith('redrive.');
    const { manager, names } = this.#link;
    const stream = names.stream(isRedrive ? Streams.redrives : Streams.events);
    const durable = names.consumer(isRedrive ? redrivesName(service) : durableName(service, { method: handler }));
    const info = await manager.consumers.info(stream, durable).catch(whenGone);
    return info?.num_redelivered ?? 0;
  }
}

function whenGone(error: unknown): ConsumerInfo | undefined {
  if (error instanceof JetStreamApiError && (error.code === NO_CONSUMER || error.code === NO_STREAM)) return undefined;
  throw error;
}
