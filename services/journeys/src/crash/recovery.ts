import { setTimeout as sleep } from 'node:timers/promises';
import { StoryEnds, type StoryEnd } from '../harness/story-end.ts';
import type { CrashWorld } from './crash-world.ts';
import { replyEnd } from './evidence.ts';

const POLL_MS = 200;
const WAITING: readonly StoryEnd[] = [StoryEnds.unfinished, StoryEnds.replyHeld, StoryEnds.labelHeld];

/** How soon what had been kept waiting by the strikes came to its end. */
export interface Recovery {
  /** Stories that had not ended when the last restarted process was up. */
  readonly waiting: number;
  /** Seconds from then until the last of these had ended, the owner's part included. */
  readonly seconds: number;
}

/**
 * Call it when the last strike is done. Begins anew when a process dies meanwhile, since an armed point may be reached late.
 * Undefined when it takes longer than `limitMs`.
 */
export async function watchRecovery(world: Pick<CrashWorld, 'services' | 'stream'>, limitMs: number): Promise<Recovery | undefined> {
  const untilMs = Date.now() + limitMs;
  while (Date.now() < untilMs) {
    const upMs = Math.max(...(await Promise.all(world.services.map((service) => service.whenUp()))));
    const deaths = deathsIn(world);
    const waiting = await waitingIn(world);
    while (deathsIn(world) === deaths && Date.now() < untilMs) {
      const left = await waitingIn(world);
      if ([...waiting].every((id) => !left.has(id))) return { waiting: waiting.size, seconds: (Date.now() - upMs) / 1_000 };
      await sleep(POLL_MS);
    }
  }
  return undefined;
}

/** The stories that have not ended, as far as the stream can be read now. */
async function waitingIn({ stream }: Pick<CrashWorld, 'stream'>): Promise<ReadonlySet<string>> {
  await stream.catchUp().catch(() => -1);
  return new Set(stream.stories.all.filter((story) => WAITING.includes(replyEnd(story))).map(({ id }) => id));
}

function deathsIn({ services }: Pick<CrashWorld, 'services'>): number {
  return services.reduce((sum, { deaths }) => sum + deaths.length, 0);
}
