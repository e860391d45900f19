import { services } from '@troupe/solo';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bareFlow } from './bare-flow.ts';
import { startBenchBroker } from './bench-broker.ts';
import { measureEffects } from './effects.ts';
import type { Load } from './flow.ts';
import { measureFlushing } from './flush.ts';
import { measureIdle } from './idle.ts';
import { inTurn } from './rounds.ts';
import { figure, header, ratios, row } from './table.ts';
import { benchAgents, firstEvent, troupeFlow } from './troupe-flow.ts';

/** Latency at 100 flows a second. */
const THREE_STEPS: Load = { warmUpFlows: 500, paced: { flows: 400, paceMs: 10 }, burstFlows: 3_000, inFlight: 64 };

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function threeSteps(home: string): Promise<void> {
  const broker = await startBenchBroker(benchAgents);
  try {
    const [bare, ours] = await inTurn([await bareFlow(broker, firstEvent('payload')), await troupeFlow(broker, home)], THREE_STEPS);
    say(header('three-step flow'));
    say(row(bare));
    say(row(ours));
    say(ratios(ours, bare));
    say('aim                                    <= 1.50               >= 0.60');
  } finally {
    await broker.stop();
  }
}

async function effects(home: string): Promise<void> {
  const broker = await startBenchBroker(services);
  try {
    const { bare, decided, requested } = await measureEffects(broker, home);
    say('');
    say(header(`from the owner's yes to the effect`));
    say(row(bare));
    say(row(decided));
    say(ratios(decided, bare));
    say(row(requested));
    say(ratios(requested, bare));
  } finally {
    await broker.stop();
  }
}

async function flushing(home: string): Promise<void> {
  process.stderr.write('flushing every two minutes, every second, always\n');
  const costs = await measureFlushing(home);
  const [plain] = costs;
  say('');
  say('three-step flow at 50 flows a second  median ms    p95 ms     ratio');
  for (const { setting, latency } of costs) {
    const name = `flush to disk: ${setting ?? 'every two minutes'}`;
    say(`${name.padEnd(36)} ${figure(latency.medianMs)} ${figure(latency.p95Ms)} ${figure(latency.medianMs / (plain?.latency.medianMs ?? Number.NaN))}`);
  }
}

async function idle(home: string): Promise<void> {
  const { readyMs, rssMb, natsRssMb } = await measureIdle(home);
  say('');
  say(`time to ready, after the build:      ${(readyMs / 1_000).toFixed(2)} s   (aim 3 s)`);
  say(`idle, every service in one process:  ${rssMb.toFixed(0)} MB   (aim 200 MB), nats-server ${natsRssMb.toFixed(0)} MB beside it`);
}

const home = await mkdtemp(join(tmpdir(), 'troupe-bench-'));
try {
  await threeSteps(home);
  await effects(home);
  await flushing(home);
  await idle(home);
} finally {
  await rm(home, { recursive: true, force: true });
}
