import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SpawnedService } from '../harness/many-processes.ts';

/**
 * How a process ended. `cannot_start`: it said so and left, as it does while the broker is away. `by_itself`: it was up,
 * and nobody had asked for its end.
 */
export type Death =
  | { readonly kind: 'killed' | 'cannot_start' }
  | { readonly kind: 'crash_point'; readonly point: string }
  | { readonly kind: 'by_itself'; readonly how: string };

export interface SupervisedOptions {
  readonly name: string;
  readonly spawn: (more: NodeJS.ProcessEnv) => SpawnedService;
  /** What it says on standard error goes here. */
  readonly logFile: string;
}

const RESTART_PAUSE_MS = 300;
const START_TRIES = 5;

/** Keeps one service running: whatever ends it, it is started again. Armed points stay armed until they are reached. */
export class SupervisedService {
  readonly name: string;
  readonly deaths: Death[] = [];
  readonly #options: SupervisedOptions;
  readonly #log: WriteStream;
  readonly #armed: string[] = [];
  #running: SpawnedService | undefined;
  #upMs = 0;
  #killed = false;
  #wanted = true;
  #loop: Promise<void> = Promise.resolve();

  constructor(options: SupervisedOptions) {
    this.name = options.name;
    this.#options = options;
    this.#log = createWriteStream(options.logFile, { flags: 'a' });
  }

  /** Resolves when it is up; rejects when it could not be started several times in a row. */
  async start(): Promise<void> {
    this.#loop = this.#keepUp();
    for (let tries = 1; ; tries += 1) {
      const problem = await this.#running?.ready.then(() => undefined, (error: Error) => error);
      if (problem === undefined) return;
      if (tries === START_TRIES) throw problem;
      await sleep(2 * RESTART_PAUSE_MS);
    }
  }

  /** When it came up last, in milliseconds since 1970; resolves when it is up. */
  async whenUp(): Promise<number> {
    for (;;) {
      const running = this.#running;
      const isUp = await running?.ready.then(() => true, () => false);
      if (isUp && running === this.#running && running?.process.exitCode === null && running.process.signalCode === null) return this.#upMs;
      await sleep(RESTART_PAUSE_MS);
    }
  }

  get armed(): readonly string[] {
    return this.#armed;
  }

  kill(): void {
    this.#killed = true;
    this.#running?.process.kill('SIGKILL');
  }

  /** Starts it again so that it dies at `point`. */
  arm(point: string): void {
    this.#armed.push(point);
    this.kill();
  }

  /** Nothing of it runs any more. */
  async stop(): Promise<void> {
    this.#wanted = false;
    this.kill();
    await this.#loop;
    this.#log.end();
  }

  #spawn(): SpawnedService {
    const [point] = this.#armed;
    const spawned = this.#options.spawn(point === undefined ? {} : { TROUPE_CRASH_AT: point });
    this.#killed = false;
    this.#running = spawned;
    void spawned.ready.then(() => (this.#upMs = Date.now()), () => undefined);
    spawned.process.stderr?.pipe(this.#log, { end: false });
    return spawned;
  }

  async #keepUp(): Promise<void> {
    while (this.#wanted) {
      await this.#end(this.#spawn());
      if (this.#wanted) await sleep(RESTART_PAUSE_MS);
    }
  }

  async #end({ process: child, ready }: SpawnedService): Promise<void> {
    const wasReady = ready.then(() => true, () => false);
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    this.#note(child.signalCode, child.exitCode, await wasReady);
  }

  #note(signal: NodeJS.Signals | null, code: number | null, wasReady: boolean): void {
    if (signal === 'SIGKILL' && this.#killed) this.deaths.push({ kind: 'killed' });
    else if (signal === 'SIGKILL' && this.#armed.length > 0) this.deaths.push({ kind: 'crash_point', point: this.#armed.shift() ?? '' });
    else if (!wasReady && signal === null) this.deaths.push({ kind: 'cannot_start' });
    else this.deaths.push({ kind: 'by_itself', how: signal ?? `exit code ${code}` });
  }
}
