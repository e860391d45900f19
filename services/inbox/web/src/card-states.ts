import type { CardState } from './wire.ts';

/** The three piles of the queue. */
export type Pile = 'needs' | 'progress' | 'done';

interface StateLook {
  readonly pile: Pile;
  readonly label: string;
  readonly tone: 'wait' | 'move' | 'good' | 'bad' | 'quiet';
}

/** `unknown` needs the owner: unless the outside system can still be asked, only a person finds out whether it happened. */
const looks: Readonly<Record<CardState, StateLook>> = {
  held: { pile: 'needs', label: 'Waits for you', tone: 'wait' },
  unknown: { pile: 'needs', label: 'Outcome unknown', tone: 'bad' },
  proposed: { pile: 'progress', label: 'Proposed', tone: 'move' },
  verified: { pile: 'progress', label: 'Checked', tone: 'move' },
  flagged: { pile: 'progress', label: 'Flagged', tone: 'wait' },
  snoozed: { pile: 'progress', label: 'Snoozed', tone: 'quiet' },
  authorized: { pile: 'progress', label: 'Approved', tone: 'move' },
  executing: { pile: 'progress', label: 'Under way', tone: 'move' },
  executed: { pile: 'done', label: 'Done', tone: 'good' },
  answered: { pile: 'done', label: 'Answered', tone: 'good' },
  denied: { pile: 'done', label: 'Rejected', tone: 'quiet' },
  expired: { pile: 'done', label: 'Expired', tone: 'quiet' },
  undone: { pile: 'done', label: 'Undone', tone: 'quiet' },
  compensated: { pile: 'done', label: 'Taken back', tone: 'quiet' },
  failed: { pile: 'done', label: 'Failed', tone: 'bad' },
};

export const piles: readonly { readonly id: Pile; readonly label: string }[] = [
  { id: 'needs', label: 'Needs you' },
  { id: 'progress', label: 'In progress' },
  { id: 'done', label: 'Done' },
];

export function lookOf(state: CardState): StateLook {
  return looks[state];
}

export function statesIn(pile: Pile): CardState[] {
  return (Object.keys(looks) as CardState[]).filter((state) => looks[state].pile === pile);
}

/** How many cards a pile holds. */
export function countIn(pile: Pile, states: Partial<Record<CardState, number>>): number {
  return statesIn(pile).reduce((sum, state) => sum + (states[state] ?? 0), 0);
}

/** Whether the owner's word is asked for, or at least still counts. */
export function isDecidable(state: CardState): boolean {
  return state === 'held' || state === 'snoozed';
}
