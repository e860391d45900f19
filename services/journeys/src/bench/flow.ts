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
  /** Milliseconds of this process's processor time a flow, all its parts and the bench together; not the broker's. */
  readonly processorMs: number;
}

/** How many flows are started, and how many milliseconds apart. */
export interface Pace {
  readonly flows: number;
  readonly paceMs: number;
}

/** What one round consists of: flows to warm up, flows at a pace for their latency, and flows one upon the other for how many go through. */
export interface Load {
  readonly warmUpFlows: number;
  readonly paced: Pace;
  readonly burstFlows: number;
  /** So many at a time, in warming up and in the burst. */
  readonly inFlight: number;
}

const LIMIT_MS = 120_000;

/** Latency at the pace, then throughput. Everything is warmed up first. */
export async function measure(flow: Flow, round: string, load: Load): Promise<Measured> {
  const watch = new FlowWatch(flow);
  await watch.burst(`warm-${round}`, load.warmUpFlows, load.inFlight);
  const latency = latencyOf(await watch.paced(`paced-${round}`, load.paced));
  const [beganMs, processor] = [performance.now(), process.cpuUsage()];
  await watch.burst(`burst-${round}`, load.burstFlows, load.inFlight);
  const { user, system } = process.cpuUsage(processor);
  const tookMs = performance.now() - beganMs;
  return { ...latency, flowsPerSecond: (1_000 * load.burstFlows) / tookMs, processorMs: (user + system) / 1_000 / load.burstFlows };
}

const WARM_UP = { flows: 500, inFlight: 64 } as const;

/** Latency alone, at a pace; warmed up first. */
export async function measurePaced(flow: Flow, round: string, pace: Pace): Promise<Latency> {
  const watch = new FlowWatch(flow);
  await watch.burst(`warm-${round}`, WARM_UP.flows, WARM_UP.inFlight);
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

  async burst(prefix: string, count: number, inFlight: number): Promise<void> {
    let next = 0;
    const lane = async (): Promise<void> => {
      while (next < count) await this.#run(`${prefix}-${next++}`);
    };
    await Promise.all(Array.from({ length: inFlight }, lane));
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
