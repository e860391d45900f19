import { currentNatsServer, type SyncInterval } from '@troupe/backing-services';
import { startTestNats, type TestNats } from '@troupe/testkit';
import { join } from 'node:path';
import { measurePaced, type Flow, type Latency } from './flow.ts';
import { middle } from './rounds.ts';
import { troupeFlow } from './troupe-flow.ts';

/** 50 flows a second. */
const PACE = { flows: 300, paceMs: 20 };
const ROUNDS = 3;

/** The settings of the broker that are compared; undefined is its default, a flush every two minutes. */
const SETTINGS: readonly (SyncInterval | undefined)[] = [undefined, '1s', 'always'];

/** What one setting costs: the latency of the flow on a server that has it. */
export interface FlushCost {
  readonly setting: SyncInterval | undefined;
  readonly latency: Latency;
}

/** The same flow on a server for each setting, round by round in turn, so that all see the same machine. */
export async function measureFlushing(home: string): Promise<FlushCost[]> {
  const binary = process.env['NATS_CURRENT_BIN'] || (await currentNatsServer());
  const servers = await Promise.all(SETTINGS.map((syncInterval) => startTestNats({ binary, syncInterval })));
  const flows = await Promise.all(servers.map((server, index) => troupeFlow(server, join(home, `flush-${index}`))));
  try {
    const latencies = await inTurn(flows);
    return latencies.map((latency, index) => ({ setting: SETTINGS[index], latency }));
  } finally {
    await stopAll(flows, servers);
  }
}

/** The median of the rounds counts. */
async function inTurn(flows: readonly Flow[]): Promise<Latency[]> {
  const results = flows.map((): Latency[] => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, flow] of flows.entries()) results[index]?.push(await measurePaced(flow, `flush-${round}`, PACE));
  }
  return results.map((rounds) => ({ medianMs: middle(rounds.map((one) => one.medianMs)), p95Ms: middle(rounds.map((one) => one.p95Ms)) }));
}

async function stopAll(flows: readonly Flow[], servers: readonly TestNats[]): Promise<void> {
  await Promise.all(flows.map((flow) => flow.stop()));
  await Promise.all(servers.map((server) => server.stop()));
}
