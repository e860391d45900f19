import { EventTail, openLink, type NatsLink } from '@troupe/messaging';
import { createLogger } from '@troupe/observability';
import { Stories } from './stories.ts';

export interface StreamAccess {
  readonly natsUrl: string;
  /** A user who may read the stream: the inbox's, for one. */
  readonly user: string;
  readonly pass: string;
}

/** Reads the stream beside the services, as far as it goes each time, into `stories`. */
export class StreamWatch {
  readonly stories = new Stories();
  readonly #link: NatsLink;
  readonly #tail: EventTail;
  #read = 0;

  private constructor(link: NatsLink) {
    this.#link = link;
    this.#tail = new EventTail(link, createLogger({ service: 'journeys', level: 'silent' }));
  }

  static async open({ natsUrl, user, pass }: StreamAccess): Promise<StreamWatch> {
    return new StreamWatch(await openLink({ url: natsUrl, service: user, user, pass }));
  }

  /** Resolves to how many messages are new since the last time; rejects while the broker is away, and can be called again. */
  async catchUp(): Promise<number> {
    const before = this.#read;
    const throughSequence = await this.#tail.lastSequence();
    if (throughSequence === before) return 0;
    await this.#tail.read({
      fromSequence: before + 1,
      throughSequence,
      signal: AbortSignal.timeout(30_000),
      onEvent: (event, { sequence }) => {
        if (sequence > this.#read) this.stories.fold(event);
        this.#read = Math.max(this.#read, sequence);
        return Promise.resolve();
      },
    });
    this.#read = throughSequence;
    return throughSequence - before;
  }

  async close(): Promise<void> {
    await this.#link.connection.close();
  }
}
