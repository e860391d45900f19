import type { Response } from 'express';

/** A client this far behind is cut off; it comes back with its last id. */
const MAX_UNSENT_BYTES = 4 * 1024 * 1024;

/** Writes server-sent events to one response. */
export class EventWriter {
  readonly #response: Response;

  constructor(response: Response) {
    this.#response = response;
    response.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
      Connection: 'keep-alive',
    });
    response.write('retry: 1000\n\n');
  }

  send(event: string, payload: unknown, id?: number): void {
    const idLine = id === undefined ? '' : `id: ${id}\n`;
    this.#write(`${idLine}event: ${event}\ndata: ${JSON.stringify(payload)}\n\n`);
  }

  comment(text: string): void {
    this.#write(`: ${text}\n\n`);
  }

  end(): void {
    this.#response.end();
  }

  #write(chunk: string): void {
    if (this.#response.writableEnded) return;
    this.#response.write(chunk);
    if (this.#response.writableLength > MAX_UNSENT_BYTES) this.#response.destroy();
  }
}
