import { startTestNats } from '@troupe/testkit';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bareFlow } from './bare-flow.ts';
import { measure, type Flow, type Measured } from './flow.ts';
import { measureFlushing } from './flush.ts';
import { measureIdle } from './idle.ts';
import { firstEvent, troupeFlow } from './troupe-flow.ts';

const ROUNDS = 3;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Both flows on one server in one run; the median of three rounds counts. */
async function compare(home: string): Promise<void> {
  const nats = await startTestNats();
  try {
    const flows = [await bareFlow(nats.url, firstEvent('payload')), await troupeFlow(nats.url, home)];
    const [bare, ours] = await alternate(flows);
    if (!bare || !ours) throw new Error('Nothing was measured.');
    say('three-step flow                      median ms    p95 ms   flows/s');
    say(row('bare NATS client', bare));
    say(row('messaging and agent-kit', ours));
    say(`ratio                                ${ratio(ours.medianMs, bare.medianMs)}  ${ratio(ours.p95Ms, bare.p95Ms)}  ${ratio(ours.flowsPerSecond, bare.flowsPerSecond)}`);
    say('aim                                    <= 1.50               >= 0.60');
  } finally {
    await nats.stop();
  }
}

/** Round by round in turn, so that both see the same machine. */
async function alternate(flows: readonly Flow[]): Promise<Measured[]> {
  const results = flows.map((): Measured[] => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, flow] of flows.entries()) {
      process.stderr.write(`round ${round + 1} of ${ROUNDS}: ${flow.name}\n`);
      results[index]?.push(await measure(flow, `r${round}`));
    }
  }
  await Promise.all(flows.map((flow) => flow.stop()));
  return results.map(middleOf);
}

function middleOf(rounds: readonly Measured[]): Measured {
  return {
    medianMs: middle(rounds.map(({ medianMs }) => medianMs)),
    p95Ms: middle(rounds.map(({ p95Ms }) => p95Ms)),
    flowsPerSecond: middle(rounds.map(({ flowsPerSecond }) => flowsPerSecond)),
  };
}

function middle(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function row(name: string, { medianMs, p95Ms, flowsPerSecond }: Measured): string {
  return `${name.padEnd(35)} ${medianMs.toFixed(2).padStart(10)} ${p95Ms.toFixed(2).padStart(9)} ${flowsPerSecond.toFixed(0).padStart(9)}`;
}

function ratio(ours: number, bare: number): string {
  return (ours / bare).toFixed(2).padStart(9);
}

async function flushing(home: string): Promise<void> {
  process.stderr.write('flushing every two minutes, every second, always\n');
  const costs = await measureFlushing(home);
  const [plain] = costs;
  say('');
  say('three-step flow at 50 flows a second  median ms    p95 ms     ratio');
  for (const { setting, latency } of costs) {
    const name = `flush to disk: ${setting ?? 'every two minutes'}`;
    say(`${name.padEnd(36)} ${figure(latency.medianMs)} ${figure(latency.p95Ms)} ${ratio(latency.medianMs, plain?.latency.medianMs ?? Number.NaN)}`);
  }
}

function figure(milliseconds: number): string {
  return milliseconds.toFixed(2).padStart(9);
}

async function idle(home: string): Promise<void> {
  const { readyMs, rssMb, natsRssMb } = await measureIdle(home);
  say('');
  say(`time to ready, after the build:      ${(readyMs / 1_000).toFixed(2)} s   (aim 3 s)`);
  say(`idle, every service in one process:  ${rssMb.toFixed(0)} MB   (aim 200 MB), nats-server ${natsRssMb.toFixed(0)} MB beside it`);
}

const home = await mkdtemp(join(tmpdir(), 'troupe-bench-'));
try {
  await compare(home);
  await flushing(home);
  await idle(home);
} finally {
  await rm(home, { recursive: true, force: true });
}
