import { preparsePolicySet, statefulIsAuthorized, type Context, type PolicySet } from '@cedar-policy/cedar-wasm/nodejs';
import { bothQuestions, formsOf, opinionOn, type Approval } from './both-questions.ts';
import { DEFAULT_POLICIES_FOLDER } from './policies-folder.ts';
import { policiesIn, PolicyFilesError, readPolicyFiles, type WrittenPolicy } from './policy-files.ts';

const shipped = readPolicyFiles(DEFAULT_POLICIES_FOLDER).policies;
/** Policies as people write them: the approval in every place, and some that fail. */
const odd = policiesIn('odd.cedar', `
  @id("set") @reason("-") permit (principal, action, resource) when { ["owner", "board"].contains(context.approval) && context.tier == "T2" };
  @id("negated") @reason("-") forbid (principal, action, resource) when { !(context.approval == "owner") && context.tainted };
  @id("if") @reason("-") permit (principal, action, resource) when { if context.approval == "none" then context.tier == "T1" else false };
  @id("indexed") @reason("-") forbid (principal, action, resource) when { context["approval"] != "owner" } unless { context.verification == "verified" };
  @id("has") @reason("-") permit (principal == Agent::"dunning", action, resource) when { context has approval && context has currency };
  @id("nested") @reason("-") forbid (principal, action, resource) when { {"a": context.approval}.a == "owner" && context.recipientCount > 3 };
  @id("fails-alone") @reason("-") forbid (principal, action, resource) when { context.approval == "none" && context.recipientCount * 9007199254740991 * 9007199254740991 > 0 } unless { context.recipientCount < 5 };
  @id("fails-always") @reason("-") forbid (principal, action, resource) when { context.recipientCount == 7 && context.recipientCount * 9007199254740991 * 9007199254740991 > 0 };
`);

/** Every combination of what matters to the policies above. */
const questions = ['email.send', 'email.label', 'billing.refund', 'owner.ask'].flatMap((action) =>
  ['T0', 'T1', 'T2', 'T3'].flatMap((tier) =>
    [true, false].flatMap((tainted) =>
      ['verified', 'flagged', 'unverified'].flatMap((verification) =>
        [0, 4, 7].map((recipientCount) => ({ action, context: { tier, tainted, verification, edited: false, recipients: [], recipientCount, newRecipients: [], newRecipientCount: recipientCount % 2, containsSecret: tainted && tier === 'T2', linkHosts: [], ...(tier === 'T3' ? { amountMinor: recipientCount * 10_000, currency: 'eur' } : {}) } })),
      ),
    ),
  ),
);

/** Policies made ready under a name. */
function ready(name: string, staticPolicies: NonNullable<PolicySet['staticPolicies']>): string {
  expect(preparsePolicySet(name, { staticPolicies })).toEqual({ type: 'success' });
  return name;
}

function ask(preparsedPolicySetId: string, action: string, context: Context) {
  const call = { principal: { type: 'Agent', id: 'dunning' }, action: { type: 'Action', id: action }, resource: { type: 'Company', id: 'self' }, entities: [] };
  const answer = statefulIsAuthorized({ ...call, context, preparsedPolicySetId });
  if (answer.type === 'failure') throw new Error('not answered');
  return answer.response;
}

/** What Cedar itself says to one of the questions, the policies as they are written. */
function plainly(written: string, approval: Approval, { action, context }: (typeof questions)[number]) {
  const { decision, diagnostics } = ask(written, action, { ...context, approval });
  return diagnostics.errors.length > 0 ? 'failed' : { isPermitted: decision === 'allow', determining: [...diagnostics.reason].sort() };
}

describe.each([['the shipped policies', shipped], ['odd ones', odd], ['both', [...shipped, ...odd]]])('asked of %s, both questions at once', (name, policies) => {
  const asked = bothQuestions(policies);
  const written = (set: readonly WrittenPolicy[]) => Object.fromEntries(set.map(({ id, text }) => [id, text]));

  it.each<Approval>(['none', 'owner'])('have the answers that Cedar gives to each: %s', (approval) => {
    const seen = new Set<string>();
    const [forms, plain] = [ready(`${name} split`, formsOf(asked)), ready(`${name} written`, written(policies))];
    for (const question of questions) {
      const answer = ask(forms, question.action, { ...question.context, approval: 'none' });
      const opinion = () => {
        try {
          return opinionOn(approval, asked, answer);
        } catch {
          return 'failed';
        }
      };
      const expected = plainly(plain, approval, question);
      expect({ question, opinion: opinion() }).toEqual({ question, opinion: expected });
      seen.add(typeof expected === 'string' ? expected : String(expected.isPermitted));
    }
    expect(seen.size).toBeGreaterThan(1);
  });
});

it('are put twice only to those that look at the approval', () => {
  expect(Object.keys(formsOf(bothQuestions(shipped))).filter((id) => id.startsWith('both: '))).toEqual(['no-secrets-in-mail', 'at-most-20-recipients', 'only-policy-asks-for-release', 'refund-limit', 'reversible-runs-alone'].map((id) => `both: ${id}`));
});

it('are told apart whatever a policy is called', () => {
  const named = policiesIn('mine.cedar', ['a', 'none: a', 'both: a', 'owner: a'].map((id) => `@id("${id}") @reason("-") permit (principal, action, resource) when { context.approval == "none" };`).join(' '));
  expect(Object.keys(formsOf(bothQuestions(named)))).toHaveLength(8);
});

it.each([
  ['compares it', 'context == {"approval": "owner"}'],
  ['hands it on', '{"a": context}.a.approval == "owner"'],
  ['puts it into a set', '[context].contains(context)'],
])('cannot be split for a policy that %s as a whole, and it says so', (_, condition) => {
  const policies = policiesIn('mine.cedar', `@id("whole") @reason("-") permit (principal, action, resource) when { ${condition} };`);
  expect(() => bothQuestions(policies)).toThrow(PolicyFilesError);
  expect(() => bothQuestions(policies)).toThrow(/mine\.cedar, policy "whole": it takes the context as a whole; name the attributes/);
});

it.each(['9007199254740993', '9223372036854775807'])('cannot be split for a policy with a number that could not be carried over exactly: %s', (number) => {
  const policies = policiesIn('mine.cedar', `@id("huge") @reason("-") permit (principal, action, resource) when { [1, ${number}].contains(context.recipientCount) };`);
  expect(() => bothQuestions(policies)).toThrow(/mine\.cedar, policy "huge": it has a number beyond 9007199254740991; take a smaller one/);
});
