/** A three-step flow under measurement: an event goes in, three handlers pass it on, the last event comes out. */
export interface Flow {
  readonly name: string;
  /** Starts flow `id`; resolves once its first event is stored. */
  start(id: string): Promise<void>;
  /** Called with the id of each flow that has come out at the end. */
  onEnd(listener: (id: string) => void): void;
  stop(): Promise<void>;
}

export interface Measured {
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly flowsPerSecond: number;
}

const PACED_FLOWS = 400;
const PACE_MS = 10;
const BURST_FLOWS = 3_000;
const WARM_UP_FLOWS = 500;
const IN_FLIGHT = 64;
const LIMIT_MS = 120_000;

/** Latency at 100 flows a second, then throughput with 64 flows in flight. Everything is warmed up first. */
export async function measure(flow: Flow, round: string): Promise<Measured> {
  const watch = new FlowWatch(flow);
  await watch.burst(`warm-${round}`, WARM_UP_FLOWS);
  const latencies = (await watch.paced(`paced-${round}`, PACED_FLOWS)).sort((a, b) => a - b);
  const beganMs = performance.now();
  await watch.burst(`burst-${round}`, BURST_FLOWS);
  const seconds = (performance.now() - beganMs) / 1_000;
  return { medianMs: quantile(latencies, 0.5), p95Ms: quantile(latencies, 0.95), flowsPerSecond: BURST_FLOWS / seconds };
}

function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
}

class FlowWatch {
  readonly #flow: Flow;
  readonly #open = new Map<string, (atMs: number) => void>();

  constructor(flow: Flow) {
    this.#flow = flow;
    flow.onEnd((id) => {
      this.#open.get(id)?.(performance.now());
      this.#open.delete(id);
    });
  }

  /** Milliseconds from before the first publish to the arrival of the last event, one flow every 10 ms. */
  async paced(prefix: string, count: number): Promise<number[]> {
    const flows: Promise<number>[] = [];
    for (let index = 0; index < count; index += 1) {
      flows.push(this.#run(`${prefix}-${index}`));
      await new Promise((resolve) => setTimeout(resolve, PACE_MS));
    }
    return Promise.all(flows);
  }

  async burst(prefix: string, count: number): Promise<void> {
    let next = 0;
    const lane = async (): Promise<void> => {
      while (next < count) await this.#run(`${prefix}-${next++}`);
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
  }

  async #run(id: string): Promise<number> {
    const beganMs = performance.now();
    const ended = new Promise<number>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${this.#flow.name}: flow ${id} did not come out.`)), LIMIT_MS);
      this.#open.set(id, (atMs) => {
        clearTimeout(timer);
        resolve(atMs - beganMs);
      });
    });
    await this.#flow.start(id);
    return ended;
  }
}
