import type { StoryEntry } from '../wire.ts';

/** A step of the story, and how often it happened in a row. */
export interface Step {
  readonly entry: StoryEntry;
  readonly times: number;
}

/** The timeline with repeats of the same thing (a model asked again and again) told once, by the last of them. */
export function stepsOf(entries: readonly StoryEntry[]): Step[] {
  const steps: Step[] = [];
  for (const entry of entries) {
    const last = steps.at(-1);
    const repeats =
      last?.entry.type === entry.type && last.entry.summary === entry.summary && last.entry.actionId === entry.actionId;
    if (last && repeats) steps[steps.length - 1] = { entry, times: last.times + 1 };
    else steps.push({ entry, times: 1 });
  }
  return steps;
}
