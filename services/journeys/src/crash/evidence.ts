import type { Card } from '../harness/operator.ts';
import type { MailStory, StoryAction } from '../harness/stories.ts';
import { endOf, StoryEnds, type StoryEnd } from '../harness/story-end.ts';
import type { SentMail } from './outgoing-mail.ts';
import type { Death } from './supervised-service.ts';

/** All that was seen of a run, from four sides: the senders, the stream, the outside and the operator's API. */
export interface Evidence {
  /** Message-IDs that were answered with 250, and those that were not. */
  readonly accepted: readonly string[];
  readonly notAccepted: readonly string[];
  readonly stories: readonly MailStory[];
  readonly sent: readonly SentMail[];
  /** Whether the outside can tell what has arrived: then nothing may stay unknown. */
  readonly canTell: boolean;
  /** Actions whose approval the API took. */
  readonly approved: ReadonlySet<string>;
  readonly cards: readonly Pick<Card, 'id' | 'state'>[];
  readonly deaths: readonly Death[];
  /** Named points that were armed and not reached. */
  readonly notReached: readonly string[];
  readonly brokerKills: number;
}

/** Ends that a mail of this test may come to. */
const GOOD_ENDS: readonly StoryEnd[] = [StoryEnds.replySent, StoryEnds.replyUnknown, StoryEnds.questionHeld, StoryEnds.labelledOnly];

/** What must not be, in sentences; empty when all is well. */
export function problemsIn(evidence: Evidence): string[] {
  const actions = evidence.stories.flatMap((story) => [...story.actions.values()]);
  return [
    ...arrivals(evidence),
    ...evidence.stories.flatMap(endings),
    ...actions.flatMap((action) => effects(action, evidence)),
    ...sentMails(evidence),
    ...lostApprovals(actions, evidence),
    ...inboxDiffers(actions, evidence),
    ...strikes(evidence),
  ];
}

export function replyEnd(story: MailStory): StoryEnd {
  return endOf(story, { expectAnswers: true });
}

function arrivals({ accepted, notAccepted, stories }: Evidence): string[] {
  const begun = stories.map(({ messageId }) => messageId);
  return [
    ...notAccepted.map((id) => `${id} was never accepted.`),
    ...accepted.filter((id) => !begun.includes(id)).map((id) => `${id} was accepted and has no story.`),
    ...repeated(begun).map((id) => `${id} has more than one story.`),
    ...begun.filter((id) => !accepted.includes(id)).map((id) => `There is a story of ${id}, which nobody sent.`),
  ];
}

function endings(story: MailStory): string[] {
  const end = replyEnd(story);
  if (GOOD_ENDS.includes(end)) return [];
  const states = [...story.actions.values()].map(({ type, state }) => `${type} ${state}`);
  return [`The story of ${story.messageId} ended as "${end}" (${story.category ?? 'not triaged'}; ${[...states, ...story.deadLetters].join(', ')}).`];
}

/** One authorisation, one attempt that was not put off, one outcome; and the outside agrees. */
function effects({ id, type, state, authorizations, attempts, deferrals, outcomes }: StoryAction, { sent, canTell }: Evidence): string[] {
  const problems: string[] = [];
  if (authorizations > 1 || attempts > deferrals + 1 || outcomes > 1) {
    problems.push(`${id} has ${authorizations} authorisations, ${attempts} attempts, ${deferrals} of them put off, and ${outcomes} outcomes.`);
  }
  if (type !== 'email.send') return problems;
  const copies = sent.filter(({ messageId }) => messageId.startsWith(`<${id}.`)).length;
  if (state === 'executed' && copies !== 1) problems.push(`${id} is executed and left ${copies} times.`);
  if (state === 'unknown' && (copies > 1 || canTell)) problems.push(`${id} is unknown and left ${copies} times.`);
  if (state !== 'executed' && state !== 'unknown' && copies > 0) problems.push(`${id} is ${state} and left ${copies} times.`);
  return problems;
}

function sentMails({ sent }: Evidence): string[] {
  return [
    ...repeated(sent.map(({ messageId }) => messageId)).map((id) => `${id} left more than once.`),
    ...repeated(sent.map(({ inReplyTo }) => inReplyTo)).map((id) => `${id} was answered more than once.`),
  ];
}

function lostApprovals(actions: readonly StoryAction[], { approved }: Evidence): string[] {
  const ran = new Set(actions.filter(({ state }) => state === 'executed' || state === 'unknown').map(({ id }) => id));
  const known = actions.filter(({ approvals }) => approvals > 0).map(({ id }) => id);
  return [...new Set([...approved, ...known])].filter((id) => !ran.has(id)).map((id) => `${id} was approved and did not run.`);
}

function inboxDiffers(actions: readonly StoryAction[], { cards }: Evidence): string[] {
  const shown = new Map(cards.map(({ id, state }) => [id, state]));
  return actions.filter(({ id, state }) => shown.get(id) !== state).map(({ id, state }) => `${id} is ${state}, and the inbox shows ${shown.get(id) ?? 'nothing'}.`);
}

function strikes({ deaths, notReached }: Evidence): string[] {
  return [
    ...deaths.flatMap((death) => (death.kind === 'by_itself' ? [`A service ended by itself: ${death.how}.`] : [])),
    ...notReached.map((point) => `${point} was armed and never reached.`),
  ];
}

function repeated(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}
