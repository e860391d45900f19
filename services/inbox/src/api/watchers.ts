import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { EventWriter } from './event-writer.ts';

/** The streams that are open now. They are ended when the service stops, so that it can. */
@Injectable()
export class Watchers implements BeforeApplicationShutdown {
  readonly #open = new Set<EventWriter>();

  get count(): number {
    return this.#open.size;
  }

  add(writer: EventWriter): void {
    this.#open.add(writer);
  }

  remove(writer: EventWriter): void {
    this.#open.delete(writer);
  }

  beforeApplicationShutdown(): void {
    for (const writer of this.#open) writer.end();
  }
}
