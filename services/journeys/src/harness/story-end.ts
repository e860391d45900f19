import type { MailCategory } from '@troupe/contracts';
import type { MailStory, StoryAction } from './stories.ts';

/** Where the story of a mail can end, in words for a table. `unfinished` is no end. */
export const StoryEnds = {
  replySent: 'reply sent',
  replyUnknown: 'reply unknown: nobody can say whether it left',
  replyFailed: 'reply failed: nothing left',
  replyDenied: 'reply denied by policy',
  replyHeld: 'reply held for the owner',
  questionHeld: 'question held for the owner',
  labelHeld: 'label held for the owner',
  labelledOnly: 'labelled, nothing else to do',
  deadLetter: 'dead letter',
  quarantined: 'quarantined: it ran in circles, or used up too much',
  unfinished: 'unfinished',
} as const;
export type StoryEnd = (typeof StoryEnds)[keyof typeof StoryEnds];

/** Mail of these classes gets a reply or a question to the owner, unless a robot wrote it. */
const ANSWERED: readonly (MailCategory | undefined)[] = ['support', 'billing', 'sales'];

/**
 * Where a story has ended. `expectAnswers`: a mail of a class that is answered has not ended with a label alone; false
 * where robots write too, whom nobody answers.
 */
export function endOf(story: MailStory, { expectAnswers }: { readonly expectAnswers: boolean }): StoryEnd {
  const actions = [...story.actions.values()];
  if (story.deadLetters.length > 0) return StoryEnds.deadLetter;
  if (story.quarantined) return StoryEnds.quarantined;
  if (actions.length === 0 || !actions.every(isOver)) return StoryEnds.unfinished;
  const reply = actions.findLast(({ type }) => type === 'email.send');
  if (reply) return endOfReply(reply);
  if (actions.some(({ type }) => type === 'owner.ask')) return StoryEnds.questionHeld;
  if (actions.some(({ state }) => state === 'held')) return StoryEnds.labelHeld;
  return expectAnswers && ANSWERED.includes(story.category) ? StoryEnds.unfinished : StoryEnds.labelledOnly;
}

/** Nothing moves any more unless the owner does something. */
function isOver({ state }: StoryAction): boolean {
  return state !== 'proposed' && state !== 'authorized' && state !== 'attempted';
}

function endOfReply({ state }: StoryAction): StoryEnd {
  switch (state) {
    case 'executed':
      return StoryEnds.replySent;
    case 'unknown':
      return StoryEnds.replyUnknown;
    case 'failed':
    case 'undone':
      return StoryEnds.replyFailed;
    case 'denied':
    case 'expired':
      return StoryEnds.replyDenied;
    case 'held':
      return StoryEnds.replyHeld;
    case 'proposed':
    case 'authorized':
    case 'attempted':
      return StoryEnds.unfinished;
    default:
      return state satisfies never;
  }
}
