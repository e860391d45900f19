import {
  ActionReferenceSchema, evolve, findAction, inPresentForm, NOTHING_YET, readLifecycleEvent, stampOf, stateOf,
  type Action, type ActionCard, type ActionLife, type ActionState, type Envelope, type LifecycleEvent, type Stamp,
} from '@troupe/contracts';
import { renderFields } from './card-fields.ts';
import type { CardState, StoredCard } from './card.contract.ts';
import { cardSummary, cardTitle, waitingReason } from './card-texts.ts';

/** The action an event is about, if it is about one. */
export function actionIdOf(event: Envelope): string | undefined {
  const reference = ActionReferenceSchema.safeParse(event.data);
  return reference.success ? reference.data.actionId : undefined;
}

/** A card and the fold of its action, which is the one that policy uses too: the state is read off it. */
export interface FoldedCard {
  readonly card: StoredCard;
  readonly life: ActionLife;
}

/**
 * The card after an event that the stream keeps at `sequence`: pure, so that the same stream always makes the same inbox
 * (I6). An event that the fold knows already changes nothing (I2). Undefined while nothing has begun the card.
 */
export function foldCard(before: FoldedCard | undefined, event: Envelope, sequence: number): FoldedCard | undefined {
  const told = readLifecycleEvent(event);
  if (!told) return before && { ...before, card: { ...before.card, updatedAt: event.time } };
  const card = before?.card ?? newCard(told, event);
  if (!card) return undefined;
  const own = ownChapter(told);
  const stamp = stampOf(event, sequence);
  const life = withoutText(evolve(before?.life ?? beginning(own, stamp), own, stamp));
  if (before && life === before.life) return before;
  return { card: afterNews(card, { event: own, isLatest: stamp.position >= (before?.life.form?.at ?? 0), life, envelope: event }), life };
}

/** Something new about an action, and all that is known with it. */
interface News {
  readonly event: LifecycleEvent;
  /** No ruling that is known stands later in the history. */
  readonly isLatest: boolean;
  readonly life: ActionLife;
  readonly envelope: Envelope;
}

function afterNews(card: StoredCard, news: News): StoredCard {
  const { event, life, envelope } = news;
  const state = stateOf(life);
  const told: StoredCard = { ...card, ...wordsOf(card, news, state), updatedAt: envelope.time };
  const lastEvent = ASKS.has(event.kind) ? card.lastEvent : { id: envelope.id, hops: envelope.hops };
  return { ...told, ...inState(told, state), lastEvent };
}

/** What asks and moves nothing: the answer to it does. */
const ASKS: ReadonlySet<string> = new Set(['decided', 'retry_requested', 'outcome_reported', 'refused']);

/** A compensation has a card of its own; there it is an action like any other. */
function ownChapter(event: LifecycleEvent): LifecycleEvent {
  return 'compensates' in event.data ? ({ kind: event.kind, data: { ...event.data, compensates: undefined } } as LifecycleEvent) : event;
}

/** What policy lets run or holds without a proposal on the stream (a compensation) is taken for proposed by it. */
function beginning(event: LifecycleEvent, stamp: Stamp): ActionLife {
  if (event.kind !== 'authorized' && event.kind !== 'held') return NOTHING_YET;
  const { actionId, digest, action } = event.data;
  const data = { actionId, digest, action, rationale: '', evidence: [], costUsd: 0 };
  return evolve(NOTHING_YET, { kind: 'proposed', data }, { ...stamp, id: `~${stamp.id}` });
}

/** The text is on the card; the fold needs only to tell forms apart. */
function withoutText(life: ActionLife): ActionLife {
  const { proposed, form } = life;
  const hasText = Object.keys({ ...proposed?.action.args, ...form?.action?.args }).length > 0;
  if (!hasText) return life;
  return {
    ...life,
    ...(proposed ? { proposed: { ...proposed, action: { type: proposed.action.type, args: {} } } } : {}),
    ...(form?.action ? { form: { ...form, action: { type: form.action.type, args: {} } } } : {}),
  };
}

/** The action in the form policy judged. The agent's own form is kept beside an edited one; its checks are not. */
function inForm(card: StoredCard, ruled: Pick<ActionCard, 'digest' | 'action'>): Partial<StoredCard> {
  if (ruled.digest === card.digest) return {};
  const proposed = card.proposed ?? { digest: card.digest, fields: card.fields };
  return { ...described(ruled), proposed: proposed.digest === ruled.digest ? null : proposed, checks: [] };
}

/** What an event adds in words. */
function wordsOf(card: StoredCard, { event, isLatest, life, envelope }: News, state: ActionState): Partial<StoredCard> {
  switch (event.kind) {
    case 'proposed':
      return { ...authorOf(envelope), ...proposalOf(event.data) };
    case 'verified':
    case 'flagged':
      return isVerdictOn(state, life, event) ? { checks: event.data.checks } : {};
    case 'held':
      return isLatest ? { ...inForm(card, event.data), ...heldOf(event.data) } : {};
    case 'authorized':
      return isLatest ? { ...inForm(card, event.data), ...authorizedOf(event.data) } : {};
    case 'denied':
      return { policy: event.data.policy ?? card.policy };
    case 'decided':
      return heard(card, event.data);
    case 'executed':
      return { failure: null, outcome: outcomeOf(event.data) };
    case 'failed':
      return state.kind === 'failed' ? { failure: event.data.failure } : {};
    case 'unknown':
    case 'stalled':
      return state.kind === 'unknown' ? { failure: event.data.failure } : {};
    case 'compensation_failed':
      return { failure: event.data.failure };
    case 'compensated':
      return { failure: null };
    default:
      return {};
  }
}

/** Checks count for the form they were made on. */
function isVerdictOn(state: ActionState, { verdicts }: ActionLife, { kind, data }: LifecycleEvent<'verified' | 'flagged'>): boolean {
  return 'card' in state && state.card.digest === data.digest && verdicts[data.digest] === kind;
}

function heldOf({ policy, why }: LifecycleEvent<'held'>['data']): Partial<StoredCard> {
  return { policy, waitsBecause: waitingReason(why), decision: null };
}

function authorizedOf({ policy, holdUntil }: LifecycleEvent<'authorized'>['data']): Partial<StoredCard> {
  return { policy, holdUntil: holdUntil ?? null, failure: null };
}

function outcomeOf({ summary, mode, providerReference }: LifecycleEvent<'executed'>['data']): StoredCard['outcome'] {
  return { summary, mode, providerReference };
}

/** The owner's word, shown while it can count. It moves nothing: policy's answer does. */
function heard(card: StoredCard, data: LifecycleEvent<'decided'>['data']): Partial<StoredCard> {
  if (!isDecidable(card.state)) return {};
  return { decision: { by: data.decidedBy, what: data.decision, words: data.response ?? data.reason ?? null } };
}

/** What the state says, and nothing that no longer matters in it. */
function inState(card: StoredCard, state: ActionState): Partial<StoredCard> {
  const isOnHold = state.kind === 'held' || state.kind === 'snoozed';
  const deferred = 'deferral' in state && state.deferral ? state.deferral : null;
  return {
    state: cardStateOf(state),
    waitsBecause: state.kind === 'held' ? card.waitsBecause : null,
    expiresAt: isOnHold ? state.expiresAt : null,
    snoozedUntil: state.kind === 'snoozed' ? state.until : null,
    holdUntil: state.kind === 'authorized' && !deferred ? card.holdUntil : null,
    deferred,
    undoing: state.kind === 'compensating' || ('undoRequested' in state && state.undoRequested),
  };
}

/** The owner sees what is being taken back as executed until it is taken back. */
function cardStateOf({ kind }: ActionState): CardState {
  if (kind === 'compensating') return 'executed';
  return kind === 'absent' ? 'proposed' : kind;
}

/** Whether the owner's word can still change what happens. */
export function isDecidable(state: CardState): boolean {
  return state === 'proposed' || state === 'verified' || state === 'flagged' || state === 'held' || state === 'snoozed';
}

/** Whether something has been let out that can be stopped or taken back. */
export function isUndoable(state: CardState): boolean {
  return state === 'authorized' || state === 'executing' || state === 'executed' || state === 'unknown';
}

/** A card begins with a proposal, or with a ruling on an action that policy came up with itself. */
function newCard(event: LifecycleEvent, envelope: Envelope): StoredCard | undefined {
  switch (event.kind) {
    case 'proposed':
    case 'held':
      return blankCard(event.data, envelope);
    case 'authorized':
      return { ...blankCard(event.data, envelope), ...takesBack(event.data.compensates) };
    default:
      return undefined;
  }
}

function takesBack(compensates: string | undefined): Partial<StoredCard> {
  return compensates === undefined ? {} : { compensates, rationale: 'Takes back what was done before.' };
}

function proposalOf({ rationale, evidence, model, promptVersion, costUsd }: LifecycleEvent<'proposed'>['data']): Partial<StoredCard> {
  return { rationale, evidence, model: model ?? null, promptVersion: promptVersion ?? null, costUsd };
}

function authorOf(event: Envelope): Pick<StoredCard, 'agent' | 'triggerId' | 'snapshot'> {
  return { agent: { name: event.agent, version: event.agentversion }, triggerId: event.causationid ?? null, snapshot: event.snapshot ?? null };
}

function described({ digest, action }: Pick<ActionCard, 'digest' | 'action'>): Pick<StoredCard, 'digest' | 'args' | 'fields' | 'summary'> {
  const { type, args } = inPresentForm(action) ?? action;
  return { digest, args, fields: renderFields(type, args), summary: cardSummary(type, args) };
}

/** An action this build does not know is shown as the gravest kind. */
function blankCard({ actionId, digest, action }: { actionId: string; digest: string; action: Action }, event: Envelope): StoredCard {
  const contract = findAction(action.type);
  return {
    id: actionId,
    type: action.type,
    title: cardTitle(action.type),
    ...described({ digest, action }),
    ...authorOf(event),
    proposed: null,
    rationale: '',
    state: 'proposed',
    tier: contract?.tier ?? 'T3',
    reversibility: contract?.reversibility ?? 'irreversible',
    origin: event.origin,
    storyId: event.correlationid,
    model: null,
    promptVersion: null,
    costUsd: 0,
    evidence: [],
    checks: [],
    policy: null,
    waitsBecause: null,
    decision: null,
    holdUntil: null,
    snoozedUntil: null,
    expiresAt: null,
    outcome: null,
    failure: null,
    deferred: null,
    undoing: false,
    compensates: null,
    lastEvent: { id: event.id, hops: event.hops },
    createdAt: event.time,
    updatedAt: event.time,
  };
}
