/** Something to be done in one of the places of a queue. */
export interface Job {
  /** Jobs with the same key run one after the other, in the order they came; those without do not wait for each other. */
  readonly key: string | undefined;
  readonly bytes: number;
  /** Must not reject. */
  readonly run: () => Promise<void>;
  /** Called instead of `run` when the queue closes before the job was begun. */
  readonly handBack: () => void;
}

/** Messages are small (what is large is in the object store); this many bytes in hand are enough whatever they are. */
const MAX_BYTES = 8 * 1_024 * 1_024;

/** A number of places in which jobs run at the same time. It says how many are free, so that nobody brings more. */
export class WorkQueue {
  /** How many jobs run at the same time at most. */
  readonly places: number;
  readonly #busyKeys = new Set<string>();
  #waiting: Job[] = [];
  #running = 0;
  #bytes = 0;
  #closed = false;
  #onChange: (() => void)[] = [];
  #onFree: (() => void) | undefined;

  constructor(places: number) {
    this.places = places;
  }

  /** How many jobs may be brought now. */
  get free(): number {
    const free = this.places - this.#running - this.#waiting.length;
    return this.#closed || this.#bytes >= MAX_BYTES ? 0 : Math.max(0, free);
  }

  /** Whom to tell, each time, that a place has become free; one listener, or none. */
  onFree(listener: (() => void) | undefined): void {
    this.#onFree = listener;
  }

  add(job: Job): void {
    if (this.#closed) return job.handBack();
    this.#bytes += job.bytes;
    this.#waiting.push(job);
    this.#startWhatMay();
  }

  /** Nothing begins after this; what was waiting is handed back. */
  close(): void {
    this.#closed = true;
    for (const job of this.#waiting.splice(0)) job.handBack();
    this.#changed();
  }

  /** Resolves when nothing runs and nothing waits. */
  async idle(): Promise<void> {
    while (this.#running > 0 || this.#waiting.length > 0) await this.#change();
  }

  #startWhatMay(): void {
    while (this.#running < this.places) {
      const index = this.#waiting.findIndex((job) => job.key === undefined || !this.#busyKeys.has(job.key));
      const [job] = index < 0 ? [] : this.#waiting.splice(index, 1);
      if (!job) return;
      void this.#start(job);
    }
  }

  async #start(job: Job): Promise<void> {
    this.#running += 1;
    if (job.key !== undefined) this.#busyKeys.add(job.key);
    await job.run();
    this.#running -= 1;
    this.#bytes -= job.bytes;
    if (job.key !== undefined) this.#busyKeys.delete(job.key);
    this.#startWhatMay();
    this.#changed();
    this.#onFree?.();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#onChange.push(resolve));
  }

  #changed(): void {
    this.#onChange.splice(0).forEach((resolve) => resolve());
  }
}
