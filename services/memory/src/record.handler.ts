import { Controller, Inject } from '@nestjs/common';
import type { Envelope } from '@troupe/contracts';
import { OnAll, RetryableError } from '@troupe/messaging';
import { LOG } from '@troupe/service-host';
import { Recorder } from './recorder.ts';

interface Warns {
  warn(about: object, message: string): void;
}

/** The place of an event, and its JSON text where the transport hands it on as it lay on the stream. */
interface Place {
  readonly sequence: number;
  readonly text?: string;
}

/** Puts every event there is into the episodic log. */
@Controller()
export class RecordHandler {
  readonly #recorder: Pick<Recorder, 'record'>;
  readonly #log: Warns;

  constructor(@Inject(Recorder) recorder: Pick<Recorder, 'record'>, @Inject(LOG) log: Warns) {
    this.#recorder = recorder;
    this.#log = log;
  }

  /** Many at a time, which are stored together; each is acknowledged once it is. */
  @OnAll('evt.>', { concurrency: 64, startFrom: 'first' })
  async recordEvent(event: Envelope, { sequence, text }: Place): Promise<void> {
    try {
      await this.#recorder.record({ sequence, event, ...(text !== undefined && { text }) });
    } catch (cause) {
      this.#log.warn({ sequence, error: String(cause) }, 'an event could not be recorded yet');
      throw new RetryableError('The episodic log could not record the event.', {
        code: 'episodic_log_away',
        hint: 'See to the store that MONGODB_URL names, or to the disk under TROUPE_HOME. It is tried again by itself.',
        cause,
      });
    }
  }
}
