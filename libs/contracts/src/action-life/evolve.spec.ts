import { actionDigest } from '../digest.ts';
import type { Origin } from '../envelope.ts';
import type { PolicyVerdict, Taint } from '../events/parts.ts';
import { NOTHING_YET, type ActionLife } from './action-life.ts';
import { referenceOf, stateOf } from './action-state.ts';
import { evolve } from './evolve.ts';
import { joinLives } from './join.ts';
import { stampOf, type LifecycleEvent, type Stamp } from './lifecycle-event.ts';

const action = { type: 'email.label', args: { messageId: '<1@x>', add: ['news'], remove: [] } };
const name = { actionId: 'act_1', digest: actionDigest(action) };
const policy: PolicyVerdict = { decision: 'permit_with_owner', determining: [], reasons: [] };
const failure = { code: 'greylisted', retryable: true, message: '450', hint: 'Wait.' };
const moment = '2026-01-01T00:00:00.000Z';

/** An event and its place in the history; a ruling stands where the event stands that it answers. */
type Told = readonly [LifecycleEvent, position: number];

const proposed: Told = [{ kind: 'proposed', data: { ...name, action, rationale: '', evidence: [], costUsd: 0 } }, 1];
const held: Told = [{ kind: 'held', data: { ...name, action, policy, why: 'needs_owner', expiresAt: moment } }, 2];
const authorized = (authorizationId: string, position: number): Told => [
  { kind: 'authorized', data: { ...name, action, policy, authorizationId, by: 'owner', expiresAt: moment } }, position,
];
const attempted = (authorizationId: string): Told => [
  { kind: 'attempted', data: { ...name, authorizationId, connector: 'email', mode: 'sandbox', idempotencyKey: 'k' } }, 6,
];
const deferred = (tries: number): Told => [{ kind: 'deferred', data: { ...name, authorizationId: 'a', failure, tries, nextTryAt: moment } }, 6 + tries];
const failed: Told = [{ kind: 'failed', data: { ...name, authorizationId: 'a', failure } }, 8];
const executed = (authorizationId: string): Told => [
  { kind: 'executed', data: { ...name, authorizationId, mode: 'sandbox', providerReference: 'r', summary: 's' } }, 20,
];
const unknown: Told = [{ kind: 'unknown', data: { ...name, authorizationId: 'a', failure } }, 9];
const undoRequested = (position: number): Told => [{ kind: 'undo_requested', data: { ...name, requestedBy: 'owner' } }, position];
const undone = (requestedAt: number): Told => [{ kind: 'undone', data: name }, requestedAt];
const compensation = { actionId: 'act_2', digest: 'd', compensates: 'act_1', authorizationId: 'c' };
const takenBack: Told[] = [
  [{ kind: 'authorized', data: { ...compensation, action, policy, by: 'owner', expiresAt: moment } }, 21],
  [{ kind: 'executed', data: { ...compensation, mode: 'sandbox', providerReference: 'r', summary: 's' } }, 22],
];
const compensated: Told = [{ kind: 'compensated', data: { ...name, compensationId: 'act_2' } }, 22];

/** What different actions went through, and the state they are in then. */
const lives: [string, Told[], string][] = [
  ['a verdict before its proposal', [[{ kind: 'verified', data: { ...name, checks: [] } }, 2], proposed], 'verified'],
  ['a hold that stands before the approval', [proposed, held, authorized('a', 5)], 'authorized'],
  ['an attempt', [proposed, held, authorized('a', 5), attempted('a')], 'executing'],
  ['an action put off', [proposed, held, authorized('a', 5), attempted('a'), deferred(1), deferred(2)], 'authorized'],
  ['one undone while it was put off', [proposed, held, authorized('a', 5), attempted('a'), deferred(1), undoRequested(8), undone(8)], 'undone'],
  ['one undone before it was tried', [proposed, held, authorized('a', 5), undoRequested(6), undone(6)], 'undone'],
  ['an undo that came before the approval', [proposed, held, undoRequested(3), undone(3), authorized('a', 5)], 'authorized'],
  ['an undo before the approval of what then ran', [proposed, held, undoRequested(3), undone(3), authorized('a', 5), executed('a')], 'executed'],
  ['a failure sent again', [proposed, held, authorized('a', 5), failed, authorized('b', 12)], 'authorized'],
  ['a failure sent again with success', [proposed, held, authorized('a', 5), failed, authorized('b', 12), executed('b')], 'executed'],
  ['an unknown outcome that became known', [proposed, held, authorized('a', 5), attempted('a'), unknown, executed('a')], 'executed'],
  ['what was taken back', [proposed, held, authorized('a', 5), executed('a'), undoRequested(21), ...takenBack, compensated], 'compensated'],
  ['what was taken back, seen without the compensation', [proposed, held, authorized('a', 5), executed('a'), undoRequested(21), compensated], 'compensated'],
];

function fold(told: readonly Told[]): ActionLife {
  return told.reduce((life, [event, position]) => evolve(life, event, stamp(event, position)), NOTHING_YET);
}

function stamp(event: LifecycleEvent, position: number): Stamp {
  return { id: `evt_${event.kind}_${position}`, origin: 'external', agent: 'a', story: 's', position, causeId: `evt_${position}` };
}

/** Every order of up to six events: 720; of more, each beginning before the rest turned round. */
function orders<Item>(items: readonly Item[]): Item[][] {
  if (items.length > 6) return items.map((_, index) => [...items.slice(index), ...items.slice(0, index).reverse()]);
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, index) => orders([...items.slice(0, index), ...items.slice(index + 1)]).map((rest) => [item, ...rest]));
}

describe.each(lives)('%s', (_, told, kind) => {
  const life = fold(told);

  it(`is ${kind}`, () => expect(stateOf(life).kind).toBe(kind));

  it('is the same in every order', () => {
    for (const order of orders(told)) expect(fold(order)).toEqual(life);
  });

  it('does not move when any of it comes again', () => {
    for (const [event, position] of told) expect(evolve(life, event, stamp(event, position))).toBe(life);
  });

  it('is the same when two who know a part of it put that together', () => {
    for (const order of orders(told).slice(0, 200)) {
      for (let half = 0; half <= order.length; half += 1) expect(joinLives(fold(order.slice(0, half)), fold(order.slice(half)))).toEqual(life);
    }
  });
});

describe('how tainted a card is', () => {
  const found = (origin: Origin, from: Taint['from'] = 'story') => ({ ...policy, taint: { origin, from, eventId: 'evt_9' } });
  const claimed = (origin: Origin) => evolve(NOTHING_YET, proposed[0], { ...stamp(...proposed), origin });
  const told = (life: ActionLife, [event, position]: Told, verdict: PolicyVerdict) => evolve(life, { ...event, data: { ...event.data, policy: verdict } } as LifecycleEvent, stamp(event, position));
  const originOf = (life: ActionLife) => referenceOf(stateOf(life))?.origin;

  it.each<[Origin, Origin, Origin]>([['system', 'external', 'external'], ['system', 'operator', 'operator'], ['external', 'system', 'external'], ['operator', 'system', 'operator']])('%s as it claims, %s as policy found it: %s', (claim, taint, card) => {
    expect(originOf(told(claimed(claim), held, found(taint)))).toBe(card);
    expect(originOf(told(claimed(claim), authorized('a', 5), found(taint)))).toBe(card);
  });

  it('is what it claims where policy said nothing, or nobody could be asked', () => {
    expect(originOf(told(claimed('system'), held, policy))).toBe('system');
    expect(originOf(told(claimed('system'), held, found('external', 'unanswered')))).toBe('system');
  });

  it('is never washed by a later ruling', () => {
    const letOut = told(told(claimed('system'), held, found('external')), authorized('a', 5), found('system', 'claim'));
    expect(originOf(letOut)).toBe('external');
  });
});

describe('where an event stands in the history', () => {
  const envelope = (type: string) => ({
    specversion: '1.0' as const, id: 'evt_1', source: '/services/x', type, time: moment, dataschema: `urn:troupe:${type}:v1`,
    datacontenttype: 'application/json' as const, correlationid: 's', origin: 'external' as const, hops: 1, agent: 'x', agentversion: '1', snapshot: 7, data: name,
  });

  it.each(['evt.action.held', 'evt.action.authorized', 'evt.compensation.failed', 'evt.action.undone'])('%s stands where the event stands that it answers', (type) => {
    expect(stampOf(envelope(type), 12).position).toBe(7);
  });

  it.each(['evt.action.proposed', 'evt.approval.decided', 'evt.action.undo_requested', 'evt.action.executed'])('%s stands where the stream keeps it', (type) => {
    expect(stampOf(envelope(type), 12).position).toBe(12);
  });
});
