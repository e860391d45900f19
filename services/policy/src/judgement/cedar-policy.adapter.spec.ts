import { statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs';
import { type Action, type ActionCard, type PolicyVerdict } from '@troupe/contracts';
import { cardFor, comingFrom } from '../testing/card.ts';
import { matching } from '../testing/matching.ts';
import { CedarPolicies } from './cedar-policy.adapter.ts';
import { DEFAULT_POLICIES_FOLDER } from './policies-folder.ts';
import { policiesIn, readPolicyFiles, type PolicyFiles } from './policy-files.ts';

const ANA = 'ana@example.com';
const shipped = readPolicyFiles(DEFAULT_POLICIES_FOLDER);
const policies = CedarPolicies.from(shipped);

const mail = (args: Record<string, unknown> = {}): Action => ({
  type: 'email.send',
  args: { to: [ANA], subject: 'Re: your question', body: 'Hello Ana', ...args },
});
const label: Action = { type: 'email.label', args: { messageId: '<1@x>', add: ['news'], remove: [] } };
const question: Action = { type: 'owner.ask', args: { question: 'Refund?' } };
const release: Action = { type: 'story.release', args: { story: 's', because: 'It went in circles.', lastEvents: [] } };
const pause: Action = { type: 'billing.pause_collection', args: { subscriptionId: 'sub_123', behavior: 'void' } };
const refund = (amountMinor: number): Action => ({ type: 'billing.refund', args: { chargeId: 'ch_123', amount: { amountMinor, currency: 'eur' } } });

function judge(action: Action, more: Partial<ActionCard> = {}, by = policies): PolicyVerdict {
  const card = cardFor(action, more);
  return by.judge(card, comingFrom(card.origin, [ANA]));
}
/** The decision, and whether a policy determined it. */
const ruled = (verdict: PolicyVerdict, id: string) => [verdict.decision, verdict.determining.includes(id)];

/** The shipped policies without one, and with others added. */
function changed({ without, plus = '' }: { without?: string; plus?: string }): CedarPolicies {
  const kept = shipped.policies.filter(({ id }) => id !== without);
  return CedarPolicies.from({ ...shipped, policies: [...kept, ...policiesIn('added.cedar', plus)] });
}
const BROAD_PERMIT = '@id("anything-goes") @reason("Everything may run.") permit (principal, action, resource);';

describe('each shipped policy, in both directions', () => {
  it('reversible-runs-alone: a verified label runs alone, also in a tainted story; a mail does not', () => {
    expect(ruled(judge(label), 'reversible-runs-alone')).toEqual(['permit', true]);
    expect(ruled(judge(mail(), { origin: 'system' }), 'reversible-runs-alone')).toEqual(['permit_with_owner', false]);
  });

  it('owner-approves-reversible: an unverified label waits for the owner; a verified one does not', () => {
    expect(ruled(judge(label, { verification: 'unverified' }), 'owner-approves-reversible')).toEqual(['permit_with_owner', true]);
    expect(ruled(judge(label), 'owner-approves-reversible')).toEqual(['permit', false]);
  });

  it('owner-approves-outbound: a mail runs with the owner only, also when nobody from outside began the story', () => {
    expect(ruled(judge(mail(), { origin: 'operator' }), 'owner-approves-outbound')).toEqual(['permit_with_owner', true]);
    expect(ruled(judge(mail(), {}, changed({ without: 'owner-approves-outbound' })), 'owner-approves-outbound')).toEqual(['forbid', false]);
  });

  it('owner-approves-money: money moves with the owner only', () => {
    expect(ruled(judge(pause, { origin: 'system' }), 'owner-approves-money')).toEqual(['permit_with_owner', true]);
    expect(ruled(judge(pause, {}, changed({ without: 'owner-approves-money' })), 'owner-approves-money')).toEqual(['forbid', false]);
  });

  it('tainted-needs-owner: holds what reaches out of a tainted story, and leaves labels and clean stories alone (I5)', () => {
    expect(ruled(judge(mail()), 'tainted-needs-owner')).toEqual(['permit_with_owner', true]);
    expect(ruled(judge(pause), 'tainted-needs-owner')).toEqual(['permit_with_owner', true]);
    expect(ruled(judge(label), 'tainted-needs-owner')).toEqual(['permit', false]);
    expect(ruled(judge(mail(), { origin: 'operator' }), 'tainted-needs-owner')).toEqual(['permit_with_owner', false]);
  });

  it('new-recipient-needs-owner: names an address that the story does not know, and only that', () => {
    expect(ruled(judge(mail({ to: [ANA, 'eve@example.com'] })), 'new-recipient-needs-owner')).toEqual(['permit_with_owner', true]);
    expect(ruled(judge(mail()), 'new-recipient-needs-owner')).toEqual(['permit_with_owner', false]);
  });

  it('flagged-needs-owner and unverified-needs-owner: nothing runs alone that was not verified', () => {
    expect(ruled(judge(label, { verification: 'flagged' }), 'flagged-needs-owner')).toEqual(['permit_with_owner', true]);
    expect(ruled(judge(label, { verification: 'unverified' }), 'unverified-needs-owner')).toEqual(['permit_with_owner', true]);
    expect(ruled(judge(label), 'flagged-needs-owner')).toEqual(['permit', false]);
    expect(ruled(judge(label), 'unverified-needs-owner')).toEqual(['permit', false]);
  });

  it('question-needs-owner: a question waits for its answer; a label does not', () => {
    expect(ruled(judge(question), 'question-needs-owner')).toEqual(['permit_with_owner', true]);
    expect(ruled(judge(label), 'question-needs-owner')).toEqual(['permit', false]);
  });

  it('release-needs-owner: a stopped story goes on with the owner only, whoever began it and whatever the verifier says', () => {
    for (const origin of ['external', 'operator', 'system'] as const) {
      for (const verification of ['verified', 'unverified', 'flagged'] as const) {
        const verdict = judge(release, { proposedBy: 'policy', origin, verification }, changed({ plus: BROAD_PERMIT }));
        expect(ruled(verdict, 'release-needs-owner')).toEqual(['permit_with_owner', true]);
      }
    }
    expect(ruled(judge(label), 'release-needs-owner')).toEqual(['permit', false]);
  });

  it('only-policy-asks-for-release: an agent never, not even with the owner', () => {
    expect(ruled(judge(release, { proposedBy: 'triage' }), 'only-policy-asks-for-release')).toEqual(['forbid', true]);
    expect(ruled(judge(release, { proposedBy: 'policy' }), 'only-policy-asks-for-release')).toEqual(['permit_with_owner', false]);
  });

  it('no-secrets-in-mail: not even with the owner; a label may mention one', () => {
    expect(ruled(judge(mail({ body: 'Card 4242 4242 4242 4242' })), 'no-secrets-in-mail')).toEqual(['forbid', true]);
    expect(ruled(judge(mail()), 'no-secrets-in-mail')).toEqual(['permit_with_owner', false]);
  });

  it('at-most-20-recipients: 21 never, 20 with the owner', () => {
    const people = (count: number) => Array.from({ length: count }, (_, index) => `p${index}@example.com`);
    expect(ruled(judge(mail({ to: people(21) })), 'at-most-20-recipients')).toEqual(['forbid', true]);
    expect(ruled(judge(mail({ to: people(15), cc: people(20) })), 'at-most-20-recipients')).toEqual(['permit_with_owner', false]);
  });

  it('refund-limit: 500.00 with the owner, a cent more never, an unreadable amount never', () => {
    expect(ruled(judge(refund(50_000)), 'refund-limit')).toEqual(['permit_with_owner', false]);
    expect(ruled(judge(refund(50_001)), 'refund-limit')).toEqual(['forbid', true]);
    expect(ruled(judge({ type: 'billing.refund', args: { chargeId: 'ch_123' } }), 'refund-limit')).toEqual(['forbid', true]);
  });

  it('is named above', () => {
    expect(shipped.policies.map(({ id }) => id).sort()).toEqual([
      'at-most-20-recipients', 'flagged-needs-owner', 'new-recipient-needs-owner', 'no-secrets-in-mail', 'only-policy-asks-for-release',
      'owner-approves-money', 'owner-approves-outbound', 'owner-approves-reversible', 'question-needs-owner', 'refund-limit', 'release-needs-owner',
      'reversible-runs-alone',
      'tainted-needs-owner', 'unverified-needs-owner',
    ]);
  });
});

describe('a later permit that is too broad', () => {
  it('lets nothing out of a tainted story alone (I5)', () => {
    const broad = changed({ plus: BROAD_PERMIT });
    for (const action of [mail(), pause, refund(100)]) {
      expect(ruled(judge(action, {}, broad), 'tainted-needs-owner')).toEqual(['permit_with_owner', true]);
    }
    expect(judge(mail(), { origin: 'operator' }, broad).decision).toBe('permit');
  });

  it('would, were the forbid not there: it is what holds', () => {
    expect(judge(mail(), {}, changed({ plus: BROAD_PERMIT, without: 'tainted-needs-owner' })).decision).toBe('permit');
  });
});

describe('what is shown to the owner', () => {
  it('is why it is held and what lifts it, in words', () => {
    const { reasons } = judge(mail({ to: ['eve@example.com'] }));
    expect(reasons).toEqual([
      'It goes to an address that does not occur in this story.',
      'The story began with text from outside, so it neither sends nor moves money without you.',
      'It reaches someone outside, so it needs your word.',
    ]);
  });

  it('is why it is forbidden', () => {
    expect(judge(refund(50_001)).reasons).toEqual(['A refund gives back 500.00 at most. Refund less, or do it in the billing system.']);
  });
});

describe('a policy that fails (I8)', () => {
  const forbidden = (verdict: PolicyVerdict, reason: RegExp) => {
    expect(verdict).toMatchObject({ decision: 'forbid', determining: [], reasons: [matching(reason)] });
  };

  it('denies by default what nobody permits', () => {
    const none = CedarPolicies.from({ ...shipped, policies: shipped.policies.filter(({ text }) => text.includes('\nforbid')) });
    forbidden(judge(label, {}, none), /^No policy permits this\.$/);
  });

  it('forbids when a policy breaks while it is evaluated, though others permit', () => {
    const overflow = '@id("broken") @reason("-") forbid (principal, action, resource) when { context.recipientCount * 9007199254740991 * 9007199254740991 > 0 };';
    forbidden(judge(mail(), {}, changed({ plus: overflow })), /refused\. The policy broken failed: .*overflow/);
  });

  it('forbids an action of a version that is not known here, which the owner cannot approve either', () => {
    forbidden(judge({ ...label, version: 2 }, {}, changed({ plus: BROAD_PERMIT })), /refused\. version: email\.label of version 2 cannot be read here/);
    expect(judge({ ...label, version: 1 })).toEqual(judge(label));
  });

  it('forbids an action the schema does not know', () => {
    forbidden(judge({ type: 'disk.format', args: {} }, {}, changed({ plus: BROAD_PERMIT })), /could not judge this, so it is refused/);
  });
});

describe('a verdict', () => {
  it('names the policies and the schema it comes from by their digest, also when they fail', () => {
    expect(judge(mail()).policySet).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(judge({ type: 'disk.format', args: {} }).policySet).toBe(policies.policySet);
    expect(CedarPolicies.from(shipped).policySet).toBe(policies.policySet);
    expect(changed({ without: 'refund-limit' }).policySet).not.toBe(policies.policySet);
    expect(CedarPolicies.from({ ...shipped, schema: `${shipped.schema}\n` }).policySet).not.toBe(policies.policySet);
  });

  it.each<[what: string, action: Action, more: Partial<ActionCard>, decision: PolicyVerdict['decision']]>([
    ['runs alone', label, {}, 'permit'],
    ['is held', mail(), {}, 'permit_with_owner'],
    ['is forbidden', mail({ body: 'Card 4242 4242 4242 4242' }), {}, 'forbid'],
  ])('takes one question to Cedar, also where it %s; none when the owner then approves the same card', (_what, action, more, decision) => {
    const asked: unknown[] = [];
    const counted = CedarPolicies.from(shipped, (call) => (asked.push(call), statefulIsAuthorized(call)));
    expect([judge(action, more, counted).decision, asked.length]).toEqual([decision, 1]);
    expect([judge(action, more, counted).decision, asked.length]).toEqual([decision, 1]);
  });

  it.each([
    ['the text', mail({ body: 'Card 4242 4242 4242 4242' }), {}],
    ['the recipients', mail({ to: ['eve@example.com'] }), {}],
    ['the verifier', mail(), { verification: 'flagged' }],
    ['the origin', mail(), { origin: 'operator' }],
    ['an edit', mail(), { edited: true }],
    ['who proposes it', mail(), { proposedBy: 'dunning' }],
  ] as const)('is asked for anew when %s differs', (_, action, more) => {
    const before = judge(mail());
    const after = judge(action, more);
    expect(after.determining).not.toBe(before.determining);
    expect(after).toEqual(judge(action, more, CedarPolicies.from(shipped)));
  });

  it('is forgotten in the end: memory does not grow with the number of cards', () => {
    const own = CedarPolicies.from(shipped);
    const first = judge(label, {}, own);
    for (let other = 0; other < 5_000; other += 1) judge(label, { proposedBy: `agent-${other}` }, own);
    expect(judge(label, {}, own)).toEqual(first);
    expect(judge(label, {}, own).determining).not.toBe(first.determining);
  });
});

describe('policies that do not hold together stop the boot', () => {
  const from = (text: string, more: Partial<PolicyFiles> = {}) => () => CedarPolicies.from({ ...shipped, policies: policiesIn('mine.cedar', text), ...more });

  it.each([
    ['a folder that is not there', () => CedarPolicies.load('/nowhere'), /\/nowhere cannot be read: set TROUPE_POLICIES/],
    ['a text that is not Cedar', from('permit ('), /mine\.cedar is not valid Cedar/],
    ['a misspelt attribute', from('@id("a") @reason("b") permit (principal, action, resource) when { context.teir == "T1" };'), /mine\.cedar, policy "a": .*teir.*did you mean `tier`/],
    ['a policy without id', from('@reason("b") permit (principal, action, resource);'), /has no @id; write @id/],
    ['a policy without reason', from('@id("a") permit (principal, action, resource);'), /has no @reason; write/],
    ['a template', from('@id("a") @reason("b") permit (principal == ?principal, action, resource);'), /has a template: write it as a policy/],
    ['a schema that lacks an action', from(BROAD_PERMIT, { schema: 'entity Agent; entity Company;' }), /does not name email\.send, .*: add them/],
    ['a broken schema', from(BROAD_PERMIT, { schema: 'entity' }), /not a valid Cedar schema/],
  ])('%s', (_, load, message) => expect(load).toThrow(message));
});
