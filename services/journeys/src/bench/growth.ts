import type { Envelope } from '@troupe/contracts';
import { EVENTS_PER_UNIT, growthUnit } from './growth-history.ts';
import { GrowthWorld } from './growth-world.ts';

/**
 * What a question costs when the history has grown: inbox and memory over a small history and over one that is `factor`
 * times as long, both in this process, each question asked of both in turn. `growth.js [units] [factor]`; or
 * `growth.js catch-up <units> [users]` for how fast one long history is read and rebuilt, with the broker's users on or off.
 */
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const ROUNDS = 120;

const [first = '500', second = '20', third] = process.argv.slice(2);
const middle = growthUnit(5);
const card = `act-${middle[0]?.correlationid}`;
/** What is asked; the windows of time lie at the same share of either history. */
const questions = (units: number): [name: string, path: string][] => [
  ['Needs you', '/api/actions?state=held,unknown&limit=50'],
  ['In progress', '/api/actions?state=proposed,verified,flagged,snoozed,authorized,executing&limit=20'],
  ['Done', '/api/actions?state=executed,answered,denied,expired,undone,compensated,failed&limit=50'],
  ['newest', '/api/actions?limit=50'],
  ['one agent, held', '/api/actions?agent=correspondence&state=held&limit=50'],
  ['a common word in held', '/api/actions?state=held&q=invoice&limit=50'],
  ['the beginning of one', '/api/actions?state=held&q=inv&limit=50'],
  ['a word of one card', `/api/actions?q=${wordOf(middle[0])}&limit=50`],
  ['a card', `/api/actions/${card}`],
  ['a story', `/api/stories/${middle[0]?.correlationid}`],
  ['summary', '/api/summary'],
  ['episodes, newest', '/api/episodes?limit=50'],
  ['of a person', '/api/episodes?subject=person:person20@example.com&limit=5'],
  ['of a story', `/api/episodes?story=${middle[0]?.correlationid}`],
  ['of a type', '/api/episodes?type=evt.action.held&limit=50'],
  ['of type and agent', '/api/episodes?type=evt.action.verified&agent=verifier&limit=50'],
  ['of type, other agent', '/api/episodes?type=evt.engine.answered&agent=gateway&limit=50'],
  ['since a day ago', `/api/episodes?since=${timeAt(units, 0.99)}&limit=50`],
  ['since the beginning', `/api/episodes?since=${timeAt(units, 0)}&limit=50`],
  ['until long ago', `/api/episodes?until=${timeAt(units, 0.1)}&limit=50`],
  ['type in a window', `/api/episodes?type=evt.action.held&since=${timeAt(units, 0.4)}&until=${timeAt(units, 0.6)}&limit=50`],
];

/** The word that only the cards of its story have. */
function wordOf(mail: Envelope | undefined): string {
  return /ref\w+/.exec(JSON.stringify(mail?.data))?.[0] ?? '';
}

function timeAt(units: number, share: number): string {
  return growthUnit(Math.floor(units * share))[0]?.time ?? '';
}

async function compare(units: number, factor: number): Promise<void> {
  const worlds: GrowthWorld[] = [];
  try {
    for (const size of [units, units * factor]) worlds.push(await open(size));
    await ask(worlds, [units, units * factor]);
    for (const world of worlds) {
      sayRebuilt(world, await world.rebuild());
    }
  } finally {
    for (const world of worlds) await world.stop();
  }
}

async function open(units: number, users = false): Promise<GrowthWorld> {
  const world = await GrowthWorld.filled(units, { users });
  const { inbox, memory, processor } = await world.catchUp();
  const rate = (seconds: number): string => `${seconds.toFixed(1)} s, ${(world.events / seconds).toFixed(0)} events/s`;
  say(`${world.events} events read: inbox ${rate(inbox)}; memory ${rate(memory)}; processor ${perEvent(world, processor)}; bytes an event ${JSON.stringify(await world.bytesPerEvent())}`);
  return world;
}

async function ask(worlds: readonly GrowthWorld[], sizes: readonly number[]): Promise<void> {
  say(`${'question'.padEnd(24)}${worlds.map(({ events }) => `${events} p50, p95 ms`.padStart(26)).join('')}   p50   p95 ratio`);
  const paths = sizes.map((units) => questions(units));
  for (const [index, [name]] of (paths[0] ?? []).entries()) {
    const times = worlds.map((): number[] => []);
    for (let round = 0; round < ROUNDS + 10; round += 1) {
      for (const [which, world] of worlds.entries()) {
        const beganMs = performance.now();
        await world.call(paths[which]?.[index]?.[1] ?? '');
        if (round >= 10) times[which]?.push(performance.now() - beganMs);
      }
    }
    const figures = times.map((some) => [quantile(some, 0.5), quantile(some, 0.95)] as const);
    const [small, large] = figures;
    if (!small || !large) throw new Error('Two histories are compared.');
    const ratios = [large[0] / small[0], large[1] / small[1]].map((ratio) => ratio.toFixed(2).padStart(6)).join('');
    say(`${name.padEnd(24)}${figures.map(([p50, p95]) => `${p50.toFixed(2)} ${p95.toFixed(2).padStart(8)}`.padStart(26)).join('')}${ratios}`);
  }
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function sayRebuilt(world: GrowthWorld, { seconds, processor }: { seconds: number; processor: number }): void {
  const resident = Math.round(process.memoryUsage.rss() / 2 ** 20);
  say(`rebuild of ${world.events} events: ${seconds.toFixed(1)} s, ${(world.events / seconds).toFixed(0)} events/s; processor ${perEvent(world, processor)}; ${resident} MB resident`);
}

/** On a machine that others use, this says more than the time on the clock. */
function perEvent({ events }: GrowthWorld, processorSeconds: number): string {
  return `${((processorSeconds / events) * 1_000_000).toFixed(0)} us an event`;
}

async function readLong(units: number, users: boolean): Promise<void> {
  say(`filling a stream with ${units * EVENTS_PER_UNIT} events, ${users ? 'one broker user per service' : 'no users on the broker'}`);
  const world = await open(units, users);
  sayRebuilt(world, await world.rebuild());
  await world.stop();
}

await (first === 'catch-up' ? readLong(Number(second), third === 'users') : compare(Number(first), Number(second)));
