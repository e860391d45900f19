import type { PolicyJson, Response } from '@cedar-policy/cedar-wasm/nodejs';
import { explain, PolicyFilesError, type WrittenPolicy } from './policy-files.ts';

/** What `context.approval` is: whether the owner has given their word. */
export type Approval = 'none' | 'owner';

/** What Cedar would say to the question with one approval. */
export interface Opinion {
  readonly isPermitted: boolean;
  /** Ids of the policies that decide it, sorted. */
  readonly determining: readonly string[];
}

/** A policy as both questions are put to it: the id of its form under each approval, one and the same where that makes no difference. */
export interface AskedPolicy extends WrittenPolicy {
  readonly formId: Readonly<Record<Approval, string>>;
}

/**
 * May it run alone, and may it with the owner's word: two questions that differ in `context.approval` only, of which a held
 * action needs both. Cedar answers one question a call, and the call costs more than the policies in it. So a policy that
 * looks at the approval is there twice, with either approval written into it, and each form is a permit: then one answer
 * names all that apply, and Cedar's rule (a forbid beats every permit, and without a permit nothing goes) is applied to them
 * by `opinionOn`. Throws PolicyFilesError for a policy that cannot be split like this.
 */
export function bothQuestions(policies: readonly WrittenPolicy[]): AskedPolicy[] {
  policies.forEach(refuseUnsplittable);
  return policies.map((policy) => {
    const { id, rule } = policy;
    const isSame = JSON.stringify(asPermit(rule, 'none')) === JSON.stringify(asPermit(rule, 'owner'));
    return { ...policy, formId: isSame ? { none: `both: ${id}`, owner: `both: ${id}` } : { none: `none: ${id}`, owner: `owner: ${id}` } };
  });
}

/** The forms of policies as Cedar takes them, by id. */
export function formsOf(policies: readonly AskedPolicy[]): Record<string, PolicyJson> {
  return Object.fromEntries(policies.flatMap(({ rule, formId }) => APPROVALS.map((approval) => [formId[approval], asPermit(rule, approval)])));
}

/** Reads one of the two questions off the answer to both. Throws where a policy failed: Cedar skips it, and a skipped forbid must not let anything through (I8). */
export function opinionOn(approval: Approval, policies: readonly AskedPolicy[], { diagnostics }: Response): Opinion {
  for (const { policyId, error } of diagnostics.errors) {
    const broken = policies.find(({ formId }) => formId[approval] === policyId);
    if (broken) throw new Error(`The policy ${broken.id} failed: ${explain([error])}`);
  }
  const applying = policies.filter(({ formId }) => diagnostics.reason.includes(formId[approval]));
  const forbids = applying.filter(({ rule }) => rule.effect === 'forbid');
  const determining = forbids.length > 0 ? forbids : applying;
  return { isPermitted: forbids.length === 0 && applying.length > 0, determining: determining.map(({ id }) => id).sort() };
}

const APPROVALS: readonly Approval[] = ['none', 'owner'];

function asPermit(rule: PolicyJson, approval: Approval): PolicyJson {
  return { ...rule, effect: 'permit', conditions: rule.conditions.map((clause) => ({ ...clause, body: withApproval(clause.body, approval) as typeof clause.body })) };
}

/** An expression with a fixed approval in place of the attribute. */
function withApproval(expression: unknown, approval: Approval): unknown {
  if (isApproval(expression)) return { Value: approval };
  if (Array.isArray(expression)) return expression.map((part) => withApproval(part, approval));
  const parts = partsOf(expression).map(([key, part]) => [key, withApproval(part, approval)]);
  return parts.length === 0 ? expression : Object.fromEntries(parts);
}

/** What could not be seen here, or not be carried over to a form exactly. */
function refuseUnsplittable({ id, file, rule }: WrittenPolicy): void {
  const bodies = rule.conditions.map(({ body }) => body);
  const problem = bodies.some(takesWholeContext)
    ? 'it takes the context as a whole; name the attributes of it instead, such as context.tier.'
    : bodies.some(hasHugeNumber) && `it has a number beyond ${Number.MAX_SAFE_INTEGER}; take a smaller one.`;
  if (problem) throw new PolicyFilesError(`${file}, policy "${id}": ${problem}`);
}

/** Whoever handles the context as a whole could reach the approval in ways that are not seen here. */
function takesWholeContext(expression: unknown): boolean {
  if (isContext(expression)) return true;
  return partsOf(expression).some(([key, part]) => (key === '.' || key === 'has' ? !isContext(leftOf(part)) && takesWholeContext(part) : takesWholeContext(part)));
}

function hasHugeNumber(expression: unknown): boolean {
  const value = fieldOf(expression, 'Value');
  return typeof value === 'number' ? !Number.isSafeInteger(value) : partsOf(expression).some(([, part]) => hasHugeNumber(part));
}

function isApproval(expression: unknown): boolean {
  const attribute = fieldOf(expression, '.');
  return fieldOf(attribute, 'attr') === 'approval' && isContext(leftOf(attribute));
}

function isContext(expression: unknown): boolean {
  return fieldOf(expression, 'Var') === 'context';
}

function leftOf(operation: unknown): unknown {
  return fieldOf(operation, 'left');
}

/** The parts of an expression, by key; what a literal holds is no expression. */
function partsOf(expression: unknown): [key: string, part: unknown][] {
  const isLeaf = typeof expression !== 'object' || expression === null || 'Value' in expression;
  return isLeaf ? [] : Object.entries(expression);
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}
