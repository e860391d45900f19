import type { CrashPoint } from '@troupe/messaging';
import { pick, seededRandom, shuffled } from './seeded-random.ts';

/** One blow, so many milliseconds after the first mail. */
export type Strike =
  | { readonly kind: 'kill'; readonly atMs: number; readonly service: string }
  /** The service is killed and started again so that it dies at a named point, when it gets there for the `hit`-th time. */
  | { readonly kind: 'arm'; readonly atMs: number; readonly service: string; readonly point: CrashPoint; readonly hit: number }
  /** The broker is killed and stays away for so long. */
  | { readonly kind: 'kill_broker'; readonly atMs: number; readonly downMs: number };

export interface StrikePlan {
  readonly seed: number;
  readonly services: readonly string[];
  /** The strikes are spread over this time. */
  readonly overMs: number;
  /** How often each named point is armed, each time in another service where several pass it. */
  readonly rounds: number;
  readonly kills: number;
  readonly brokerKills: number;
}

/** Who passes which named point. */
export const CRASH_POINTS: Readonly<Record<CrashPoint, readonly string[]>> = {
  'gateway.after-blob': ['gateway'],
  'gateway.after-publish': ['gateway'],
  'messaging.before-outputs': ['triage', 'correspondence', 'verifier', 'policy'],
  'messaging.after-outputs': ['correspondence', 'verifier', 'policy', 'triage'],
  'messaging.state-stored': ['policy'],
  'connectors.after-attempt': ['connectors'],
  'connectors.after-effect': ['connectors'],
};
const POINT_NAMES = Object.keys(CRASH_POINTS) as CrashPoint[];
const LONGEST_DOWN_MS = 2_500;
const LARGEST_HIT = 3;
/** Passed most seldom, and by two processes: a second time may never come in the one that is armed. */
const RARE: ReadonlySet<CrashPoint> = new Set(['connectors.after-attempt', 'connectors.after-effect']);
const ARMED_WITHIN = 0.75;

/** The strikes in the order of time; the same for the same plan. */
export function planStrikes(plan: StrikePlan): Strike[] {
  const random = seededRandom(plan.seed);
  const strikes = [...arms(plan, random), ...kills(plan, random), ...brokerKills(plan, random)];
  return strikes.sort((one, other) => one.atMs - other.atMs);
}

/** Early enough that mails still come in when the last of them is armed, or it would never be reached. */
function arms({ rounds, overMs }: StrikePlan, random: () => number): Strike[] {
  const all = Array.from({ length: rounds }).flatMap((_, round) =>
    POINT_NAMES.map((point) => ({ point, service: CRASH_POINTS[point][round % CRASH_POINTS[point].length] ?? '' })));
  return shuffled(random, all).map((arm, index): Strike => {
    const hit = 1 + Math.floor(random() * LARGEST_HIT);
    return { kind: 'arm', ...arm, hit: RARE.has(arm.point) ? 1 : hit, atMs: momentOf(index, all.length, ARMED_WITHIN * overMs, random) };
  });
}

function kills({ kills: count, services, overMs }: StrikePlan, random: () => number): Strike[] {
  return Array.from({ length: count }, (_, index) => ({
    kind: 'kill',
    atMs: momentOf(index, count, overMs, random),
    service: pick(random, services),
  }));
}

function brokerKills({ brokerKills: count, overMs }: StrikePlan, random: () => number): Strike[] {
  return Array.from({ length: count }, (_, index) => ({
    kind: 'kill_broker',
    atMs: momentOf(index, count, overMs, random),
    downMs: Math.round(200 + random() * (LONGEST_DOWN_MS - 200)),
  }));
}

/** Somewhere in the `index`-th of `count` equal stretches. */
function momentOf(index: number, count: number, overMs: number, random: () => number): number {
  return Math.round(((index + random()) / count) * overMs);
}
