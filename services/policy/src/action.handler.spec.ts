import { ActionAuthorized, ActionHeld, ActionProposed, NOTHING_YET, schemaUrn, type ActionLife, type EventContract, type EventOf } from '@troupe/contracts';
import { CollectingContext, type StateStore } from '@troupe/messaging';
import { readConfig } from '@troupe/service-host';
import { FakeClock } from '@troupe/testkit';
import { instant } from './approval/decision-context.ts';
import { ActionDecisions, type ApprovalStore } from './action-decisions.ts';
import { ActionHandler } from './action.handler.ts';
import { policy } from './index.ts';
import { CedarPolicies } from './judgement/cedar-policy.adapter.ts';
import { DEFAULT_POLICIES_FOLDER } from './judgement/policies-folder.ts';
import { ProposalOrigins } from './judgement/proposal-origins.ts';
import { about, label, Life, NEEDS_OWNER, START_MS } from './testing/life.ts';

const news = about(label);
const proposed = () => new Life(NEEDS_OWNER).take(news.proposed());
const held = () => proposed().take(news.verified());
const authorized = () => held().take(news.decided({ decision: 'approve' }));
const SECOND_MS = 1_000;

/** The handler over one life in memory; `at` is the time since it began. */
function timers(known: ActionLife, atMs: number) {
  const clock = new FakeClock(START_MS + atMs);
  const config = readConfig({ TROUPE_APPROVAL_TTL_SECONDS: '86400' }, () => 'an-operator-token');
  const origins = new ProposalOrigins({ ask: () => Promise.reject(new Error('memory is away')) });
  const lives = new ActionDecisions(oneLife(known), CedarPolicies.load(DEFAULT_POLICIES_FOLDER), origins, config, clock);
  return new ActionHandler(lives, config, clock);
}

function oneLife(state: ActionLife): ApprovalStore {
  let document = { state, outbox: [] as never[] };
  const store: Pick<StateStore<typeof document>, 'get' | 'create' | 'update'> = {
    get: () => Promise.resolve({ state: document, revision: 1 }),
    create: () => Promise.resolve(undefined),
    update: (_, next) => {
      document = next;
      return Promise.resolve(1);
    },
  };
  return store as unknown as ApprovalStore;
}

function delivery<Contract extends EventContract>(contract: Contract, data: unknown) {
  const event = {
    specversion: '1.0', id: 'evt_1', source: '/services/x', type: contract.type, time: instant(START_MS), dataschema: schemaUrn(contract),
    datacontenttype: 'application/json', correlationid: 'story', origin: 'external', hops: 1, agent: 'x', agentversion: '1', data,
  } as EventOf<Contract>;
  const trigger = { event, sequence: 5, storedAtMs: START_MS, deliveryCount: 1, signal: new AbortController().signal };
  const ctx = new CollectingContext(trigger, { producer: policy, handler: 'timer', publish: async () => {}, now: () => START_MS });
  return [event, ctx] as const;
}
const ofProposal = () => delivery(ActionProposed, news.proposed().data);
const ofRelease = () => delivery(ActionAuthorized, { actionId: 'act_1', digest: news.digest, authorizationId: authorized().authorizationId, expiresAt: instant(START_MS + 86_400_000) });
const ofHold = () => delivery(ActionHeld, { actionId: 'act_1', digest: news.digest, expiresAt: instant(START_MS + 86_400_000) });

describe('a timer', () => {
  it('hands its message back until its moment', async () => {
    await expect(timers(proposed().known, 10 * SECOND_MS).onVerificationDue(...ofProposal())).rejects.toMatchObject({ name: 'NotDueError', untilMs: START_MS + 30 * SECOND_MS });
  });

  it('of a card that waits for the owner is due when that expires', async () => {
    await expect(timers(held().known, 0).onHoldExpires(...ofHold())).rejects.toMatchObject({ name: 'NotDueError', untilMs: START_MS + 86_400 * SECOND_MS });
  });

  it('is over as soon as the action has moved on', async () => {
    const [event, ctx] = ofProposal();
    await timers(held().known, 0).onVerificationDue(event, ctx);
    expect(ctx.outputs).toEqual([]);
  });

  it('that is due waits for the proposal itself, when it came first after a restart', async () => {
    await expect(timers(NOTHING_YET, 60 * SECOND_MS).onVerificationDue(...ofProposal())).rejects.toMatchObject({ name: 'NotDueError', untilMs: START_MS + 60 * SECOND_MS + 500 });
  });

  it('waits for an outcome until well after the authorisation ended, and then says that there is none', async () => {
    const [event, ctx] = ofRelease();
    await expect(timers(authorized().known, 86_400 * SECOND_MS).onOutcomeDue(event, ctx)).rejects.toMatchObject({ untilMs: START_MS + 87_000 * SECOND_MS });
    await timers(authorized().known, 87_000 * SECOND_MS).onOutcomeDue(event, ctx);
    expect(ctx.outputs.map(({ type }) => type)).toEqual(['evt.action.stalled']);
  });

  it('decides at its moment, once, and says it again when it is delivered again (I2, I3)', async () => {
    const handler = timers(held().known, 86_400 * SECOND_MS);
    const emitted = [];
    for (const [event, ctx] of [ofHold(), ofHold()]) {
      await handler.onHoldExpires(event, ctx);
      emitted.push(ctx.outputs.map(({ type, id }) => [type, id]));
    }
    expect(emitted[0]).toEqual([['evt.action.expired', expect.any(String)]]);
    expect(emitted[1]).toEqual(emitted[0]);
  });
});
