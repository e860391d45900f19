import type { Logger } from 'pino';

/** Nest's own messages, in our log: its chatter about wiring is debug, its warnings and errors stay what they are. */
export class PinoNestLogger {
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  log(message: unknown): void {
    this.#log.debug(String(message));
  }

  error(message: unknown, stack?: unknown): void {
    this.#log.error({ stack }, String(message));
  }

  warn(message: unknown): void {
    this.#log.warn(String(message));
  }

  debug(message: unknown): void {
    this.#log.trace(String(message));
  }

  verbose(message: unknown): void {
    this.#log.trace(String(message));
  }

  fatal(message: unknown): void {
    this.#log.fatal(String(message));
  }
}
