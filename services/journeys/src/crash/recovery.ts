import { setTimeout as sleep } from 'node:timers/promises';
import { StoryEnds, type StoryEnd } from '../harness/story-end.ts';
import type { CrashWorld } from './crash-world.ts';
import { replyEnd } from './evidence.ts';

const POLL_MS = 200;
/** How often the way there is spoken of. */
const PROGRESS_MS = 3_000;
const FOR_THE_OWNER: readonly StoryEnd[] = [StoryEnds.replyHeld, StoryEnds.labelHeld];

/** How soon what had been kept waiting by the strikes came to its end. */
export interface Recovery {
  /** Stories that had not ended when the last restarted process was up. */
  readonly waiting: number;
  /** Seconds from then until the last of these had ended, the owner's part included. */
  readonly seconds: number;
}

/** How long it may take, in milliseconds, and where the way there is told. */
export interface RecoveryOptions {
  readonly settleMs: number;
  readonly say: (line: string) => void;
}

/**
 * Call it when the last strike is done. Begins anew when a process dies meanwhile, since an armed point may be reached late.
 * Undefined when it takes longer than `settleMs`.
 */
export async function watchRecovery(world: Pick<CrashWorld, 'services' | 'stream'>, { settleMs, say }: RecoveryOptions): Promise<Recovery | undefined> {
  const untilMs = Date.now() + settleMs;
  while (Date.now() < untilMs) {
    const upMs = Math.max(...(await Promise.all(world.services.map((service) => service.whenUp()))));
    const deaths = deathsIn(world);
    const waiting = await waitingIn(world);
    for (let saidMs = 0; deathsIn(world) === deaths && Date.now() < untilMs; await sleep(POLL_MS)) {
      const now = await waitingIn(world);
      const left = [...waiting.keys()].flatMap((id) => now.get(id) ?? []);
      const seconds = (Date.now() - upMs) / 1_000;
      if (left.length === 0) return { waiting: waiting.size, seconds };
      if (Date.now() - saidMs < PROGRESS_MS) continue;
      saidMs = Date.now();
      say(`  after ${seconds.toFixed(1)} s ${left.length} of ${waiting.size} have not ended, ${left.filter((end) => FOR_THE_OWNER.includes(end)).length} of them wait for the owner`);
    }
  }
  return undefined;
}

/** The stories that have not ended, as far as the stream can be read now. */
async function waitingIn({ stream }: Pick<CrashWorld, 'stream'>): Promise<ReadonlyMap<string, StoryEnd>> {
  await stream.catchUp().catch(() => -1);
  const ends = stream.stories.all.map((story) => [story.id, replyEnd(story)] as const);
  return new Map(ends.filter(([, end]) => end === StoryEnds.unfinished || FOR_THE_OWNER.includes(end)));
}

function deathsIn({ services }: Pick<CrashWorld, 'services'>): number {
  return services.reduce((sum, { deaths }) => sum + deaths.length, 0);
}
