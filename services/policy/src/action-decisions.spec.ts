import { LifecycleContracts, schemaUrn, stateOf, type ActionLife, type Envelope, type LifecycleEvent, type Origin } from '@troupe/contracts';
import { CollectingContext, RetryableError, type Decided } from '@troupe/messaging';
import { readConfig } from '@troupe/service-host';
import { FakeClock } from '@troupe/testkit';
import { ActionDecisions } from './action-decisions.ts';
import { instant } from './approval/decision-context.ts';
import { policy } from './index.ts';
import { CedarPolicies } from './judgement/cedar-policy.adapter.ts';
import { DEFAULT_POLICIES_FOLDER } from './judgement/policies-folder.ts';
import { ProposalOrigins } from './judgement/proposal-origins.ts';
import { InMemoryStore } from './testing/in-memory-store.ts';
import { about, HOUR_MS, mail, START_MS } from './testing/life.ts';

const policies = CedarPolicies.load(DEFAULT_POLICIES_FOLDER);
const news = about(mail);
const traced = { kind: 'traced', story: [{ eventId: 'evt_mail', origin: 'external' }], sources: [], unknown: [], addresses: ['ana@example.com'] };

/** Policy over a store and a memory in this process; `tell` gives what it said to one event. */
function company(answer: () => Promise<unknown> = () => Promise.resolve(traced), env: NodeJS.ProcessEnv = {}) {
  const store = new InMemoryStore<Decided<ActionLife>>();
  const asked: unknown[] = [];
  const origins = new ProposalOrigins({ ask: (_, request) => (asked.push(request), answer() as never) });
  const decisions = new ActionDecisions(store, policies, origins, readConfig(env, () => 'an-operator-token'), new FakeClock(START_MS));
  let sequence = 0;
  const tell = async ({ kind, data }: LifecycleEvent, origin: Origin = 'system', more: Partial<Envelope> = {}): Promise<readonly Envelope[]> => {
    sequence += 1;
    const { type } = LifecycleContracts[kind];
    const event: Envelope = {
      specversion: '1.0', id: `evt_${sequence}`, source: '/services/x', type, time: instant(START_MS), dataschema: schemaUrn({ type, version: 1 }),
      datacontenttype: 'application/json', correlationid: 'story', origin, hops: 1, agent: 'x', agentversion: '1', ...more, data,
    };
    const trigger = { event, sequence, deliveryCount: 1, signal: new AbortController().signal };
    const ctx = new CollectingContext(trigger, { producer: policy, handler: 'policy.onAction', publish: async () => {}, now: () => START_MS });
    await decisions.take(event, ctx);
    return ctx.outputs;
  };
  const kind = async () => stateOf((await store.get('act_1'))?.state.state ?? { verdicts: {}, closed: {}, runs: {}, questions: {}, answered: {} }).kind;
  return { store, asked, tell, kind };
}

describe('what policy decides with', () => {
  it('is asked of memory once an action, when it is judged: not when it is proposed, not at a repeat, not when the owner decides', async () => {
    const { asked, tell } = company();
    await tell(news.proposed());
    expect(asked).toEqual([]);
    const held = await tell(news.verified(), 'system', { id: 'evt_verified' });
    expect((await tell(news.verified(), 'system', { id: 'evt_verified' })).map(({ id }) => id)).toEqual(held.map(({ id }) => id));
    const authorized = await tell(news.decided({ decision: 'approve' }), 'operator');
    expect([...held, ...authorized].map(({ type }) => type)).toEqual(['evt.action.held', 'evt.action.authorized']);
    expect(asked).toEqual([{ eventId: 'evt_1', asOf: 2 }]);
  });

  it('taints every ruling on an action, whatever its proposer and whoever decides claim (I5)', async () => {
    const { tell } = company();
    await tell(news.proposed());
    const rulings = [...(await tell(news.verified())), ...(await tell(news.decided({ decision: 'approve' }), 'operator'))];
    const taint = { origin: 'external', from: 'story', eventId: 'evt_mail' };
    expect(rulings).toMatchObject([{ origin: 'external', data: { policy: { taint } } }, { origin: 'external', data: { policy: { taint } } }]);
    expect(await tell(news.decided({ decision: 'approve' }), 'operator')).toMatchObject([{ type: 'evt.approval.refused', origin: 'external' }]);
  });

  it('is how long an authorisation may be used: a day after its hold window, or as configured', async () => {
    const end = async (env: NodeJS.ProcessEnv) => {
      const { tell } = company(undefined, env);
      await tell(news.proposed());
      await tell(news.verified());
      const [authorized] = await tell(news.decided({ decision: 'approve' }), 'operator');
      return (authorized?.data as { expiresAt: string }).expiresAt;
    };
    expect(await end({})).toBe(instant(START_MS + 10_000 + 24 * HOUR_MS));
    expect(await end({ TROUPE_AUTHORIZATION_TTL_SECONDS: '60', TROUPE_HOLD_SECONDS: '5' })).toBe(instant(START_MS + 65_000));
    await expect(end({ TROUPE_AUTHORIZATION_TTL_SECONDS: '0' })).rejects.toThrow(/TROUPE_AUTHORIZATION_TTL_SECONDS: must be more than 0/);
  });

  it('taints a denial too', async () => {
    const { tell } = company();
    const secret = about({ ...mail, args: { ...mail.args, body: 'Card 4242 4242 4242 4242' } });
    await tell(secret.proposed());
    expect(await tell(secret.verified())).toMatchObject([{ type: 'evt.action.denied', origin: 'external' }]);
  });

  it('does not taint a story for ever when nobody could be asked: the owner approves, and memory is back', async () => {
    const answers = [Promise.resolve({ kind: 'failed', failure: { code: 'unknown_event', retryable: false, message: '', hint: '' } }), Promise.resolve({ ...traced, story: [], sources: [{ eventId: 'evt_0', origin: 'system' }] })];
    const { tell } = company(() => answers.shift() ?? Promise.reject(new Error('asked too often')));
    await tell(news.proposed());
    expect(await tell(news.verified())).toMatchObject([{ origin: 'system', data: { policy: { taint: { origin: 'external', from: 'unanswered' } } } }]);
    expect(await tell(news.decided({ decision: 'approve' }), 'operator')).toMatchObject([{ origin: 'operator', data: { policy: { taint: { origin: 'system', from: 'claim' } } } }]);
  });

  it('is waited for, and nothing is decided meanwhile', async () => {
    const { tell, store, kind } = company(() => Promise.reject(new RetryableError('Nobody answered.')));
    await tell(news.proposed());
    const { writes } = store;
    await expect(tell(news.verified())).rejects.toThrow(RetryableError);
    expect([store.writes, await kind()]).toEqual([writes, 'proposed']);
  });

  it.each([
    ['makes a judgement possible that nobody was asked about', false],
    ['puts another proposal in the place of the one that was asked about', true],
  ])('is asked for anew when another replica, at that moment, %s', async (_, isProposedBefore) => {
    const { tell, store, kind } = company();
    if (isProposedBefore) await tell(news.proposed(), 'system', { id: 'evt_z' });
    const before = await store.get('act_1');
    const get = store.get.bind(store);
    store.get = async () => {
      store.get = get;
      await tell(news.proposed(), 'external', { id: 'evt_a' });
      return before;
    };
    await expect(tell(news.verified())).rejects.toMatchObject({ name: 'RetryableError', code: 'conflict' });
    expect(await kind()).toBe('proposed');
    expect(await tell(news.verified())).toMatchObject([{ type: 'evt.action.held' }]);
  });
});
