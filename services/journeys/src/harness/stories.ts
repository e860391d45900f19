import {
  ActionAttempted, ActionAuthorized, ActionDeferred, ActionDenied, ActionExecuted, ActionExpired, ActionFailed, ActionHeld, ActionProposed,
  ActionReferenceSchema, ActionUndone, ActionUnknown, ApprovalDecided, EmailReceived, EmailTriaged, MessageDeadLettered,
  StoryQuarantined, type Envelope, type MailCategory,
} from '@troupe/contracts';
import { isEvent } from '@troupe/messaging';

export type ActionState = 'proposed' | 'held' | 'authorized' | 'attempted' | 'executed' | 'failed' | 'unknown' | 'denied' | 'expired' | 'undone';

/** An action as its events tell it; the counts are of distinct events. */
export interface StoryAction {
  readonly id: string;
  readonly type: string;
  state: ActionState;
  approvals: number;
  authorizations: number;
  attempts: number;
  /** Attempts that the outside put off: nothing had happened. */
  deferrals: number;
  outcomes: number;
}

/** What followed from one mail. */
export interface MailStory {
  readonly id: string;
  readonly messageId: string;
  category: MailCategory | undefined;
  deadLetters: string[];
  quarantined: boolean;
  readonly actions: Map<string, StoryAction>;
}

/** Folds the stream into the stories of the mails that arrived: the truth that everything else is held against. */
export class Stories {
  readonly #stories = new Map<string, MailStory>();
  readonly #seen = new Set<string>();
  readonly #counts = new Map<string, number>();
  refusedMails = 0;
  events = 0;

  get all(): MailStory[] {
    return [...this.#stories.values()];
  }

  /** How many different events of a type there were, in stories and beside them. */
  count(type: string): number {
    return this.#counts.get(type) ?? 0;
  }

  fold(event: Envelope): void {
    this.events += 1;
    if (this.#seen.has(event.id)) return;
    this.#seen.add(event.id);
    this.#counts.set(event.type, this.count(event.type) + 1);
    if (isEvent(EmailReceived, event)) this.#begin(event.correlationid, event.data.messageId);
    if (event.type === 'evt.email.refused') this.refusedMails += 1;
    const story = this.#stories.get(event.correlationid);
    if (story) follow(story, event);
  }

  #begin(id: string, messageId: string): void {
    this.#stories.set(id, { id, messageId, category: undefined, deadLetters: [], quarantined: false, actions: new Map() });
  }
}

function follow(story: MailStory, event: Envelope): void {
  if (isEvent(EmailTriaged, event)) story.category = event.data.triage.category;
  if (isEvent(StoryQuarantined, event)) story.quarantined = true;
  if (isEvent(MessageDeadLettered, event)) {
    const { service, handler, failure } = event.data;
    story.deadLetters.push(`${service}.${handler}: ${failure.code}: ${failure.message}`);
  }
  if (isEvent(ActionProposed, event)) story.actions.set(event.data.actionId, newborn(event.data.actionId, event.data.action.type));
  const reference = ActionReferenceSchema.safeParse(event.data);
  const action = reference.success ? story.actions.get(reference.data.actionId) : undefined;
  if (action) advance(action, event);
}

function newborn(id: string, type: string): StoryAction {
  return { id, type, state: 'proposed', approvals: 0, authorizations: 0, attempts: 0, deferrals: 0, outcomes: 0 };
}

const STATE_AFTER: Readonly<Record<string, ActionState>> = {
  [ActionHeld.type]: 'held',
  [ActionAuthorized.type]: 'authorized',
  [ActionAttempted.type]: 'attempted',
  [ActionDeferred.type]: 'authorized',
  [ActionExecuted.type]: 'executed',
  [ActionFailed.type]: 'failed',
  [ActionUnknown.type]: 'unknown',
  [ActionDenied.type]: 'denied',
  [ActionExpired.type]: 'expired',
  [ActionUndone.type]: 'undone',
};
const OUTCOMES: readonly string[] = [ActionExecuted.type, ActionFailed.type, ActionUnknown.type];

function advance(action: StoryAction, event: Envelope): void {
  action.state = STATE_AFTER[event.type] ?? action.state;
  if (isEvent(ApprovalDecided, event) && event.data.decision === 'approve') action.approvals += 1;
  if (event.type === ActionAuthorized.type) action.authorizations += 1;
  if (event.type === ActionAttempted.type) action.attempts += 1;
  if (event.type === ActionDeferred.type) action.deferrals += 1;
  if (OUTCOMES.includes(event.type)) action.outcomes += 1;
}
