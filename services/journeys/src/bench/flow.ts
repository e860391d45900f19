/** A three-step flow under measurement: an event goes in, three handlers pass it on, the last event comes out. */
export interface Flow {
  readonly name: string;
  /** Starts flow `id`; resolves once its first event is stored. */
  start(id: string): Promise<void>;
  /** Called with the id of each flow that has come out at the end. */
  onEnd(listener: (id: string) => void): void;
  stop(): Promise<void>;
}

/** Milliseconds from before the first publish to the arrival of the last event. */
export interface Latency {
  readonly medianMs: number;
  readonly p95Ms: number;
}

export interface Measured extends Latency {
  readonly flowsPerSecond: number;
}

/** How many flows are started, and how many milliseconds apart. */
export interface Pace {
  readonly flows: number;
  readonly paceMs: number;
}

/** 100 flows a second. */
const PACE: Pace = { flows: 400, paceMs: 10 };
const BURST_FLOWS = 3_000;
const WARM_UP_FLOWS = 500;
const IN_FLIGHT = 64;
const LIMIT_MS = 120_000;

/** Latency at 100 flows a second, then throughput with 64 flows in flight. Everything is warmed up first. */
export async function measure(flow: Flow, round: string): Promise<Measured> {
  const watch = new FlowWatch(flow);
  await watch.burst(`warm-${round}`, WARM_UP_FLOWS);
  const latency = latencyOf(await watch.paced(`paced-${round}`, PACE));
  const beganMs = performance.now();
  await watch.burst(`burst-${round}`, BURST_FLOWS);
  const seconds = (performance.now() - beganMs) / 1_000;
  return { ...latency, flowsPerSecond: BURST_FLOWS / seconds };
}

/** Latency alone, at a pace; warmed up first. */
export async function measurePaced(flow: Flow, round: string, pace: Pace): Promise<Latency> {
  const watch = new FlowWatch(flow);
  await watch.burst(`warm-${round}`, WARM_UP_FLOWS);
  return latencyOf(await watch.paced(`paced-${round}`, pace));
}

function latencyOf(latencies: number[]): Latency {
  const sorted = latencies.sort((a, b) => a - b);
  return { medianMs: quantile(sorted, 0.5), p95Ms: quantile(sorted, 0.95) };
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

  /** The milliseconds of each flow, started one by one at the pace. */
  async paced(prefix: string, { flows: count, paceMs }: Pace): Promise<number[]> {
    const flows: Promise<number>[] = [];
    for (let index = 0; index < count; index += 1) {
      flows.push(this.#run(`${prefix}-${index}`));
      await new Promise((resolve) => setTimeout(resolve, paceMs));
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
