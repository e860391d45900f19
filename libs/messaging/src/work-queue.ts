interface Job {
  readonly key: string | undefined;
  readonly run: () => Promise<void>;
}

/**
 * Runs jobs with bounded concurrency. Jobs with the same key run one after the other, in the order they came; jobs
 * without a key do not wait for each other. Jobs must not reject.
 */
export class WorkQueue {
  readonly #concurrency: number;
  readonly #busyKeys = new Set<string>();
  #waiting: Job[] = [];
  #running = 0;
  #onIdle: (() => void)[] = [];

  constructor(concurrency: number) {
    this.#concurrency = concurrency;
  }

  add(key: string | undefined, run: () => Promise<void>): void {
    this.#waiting.push({ key, run });
    this.#startWhatMay();
  }

  /** Resolves when nothing runs and nothing waits. */
  async idle(): Promise<void> {
    if (this.#running === 0 && this.#waiting.length === 0) return;
    await new Promise<void>((resolve) => this.#onIdle.push(resolve));
  }

  #startWhatMay(): void {
    while (this.#running < this.#concurrency) {
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
    if (job.key !== undefined) this.#busyKeys.delete(job.key);
    this.#startWhatMay();
    if (this.#running === 0 && this.#waiting.length === 0) this.#onIdle.splice(0).forEach((resolve) => resolve());
  }
}
