import { actionProblems, findAction, type DataOf, type ApprovalDecided } from '@troupe/contracts';
import { Problem } from '@troupe/service-host';
import type { DecisionRequest } from '../api/api.contract.ts';
import type { Card, CardState } from '../projection/card.contract.ts';
import { isDecidable } from '../projection/card.projection.ts';
import { refusal } from './decision-answer.ts';

type Decided = Pick<DataOf<typeof ApprovalDecided>, 'decision' | 'args' | 'version' | 'reason' | 'response' | 'until'>;

/**
 * What a request says, as the event says it. Throws 400 when a part is missing, 422 when edited arguments do not fit the
 * catalogue. Whether the decision counts is policy's to say.
 */
export function readDecision(card: Pick<Card, 'type'>, request: DecisionRequest, nowMs: number): Decided {
  const { decision, reason } = request;
  switch (decision) {
    case 'approve':
    case 'reject':
      return { decision, ...(reason !== undefined && { reason }) };
    case 'edit':
      return { decision, ...soundEdit(card.type, request.args), ...(reason !== undefined && { reason }) };
    case 'respond':
      return { decision, response: words(request.response ?? reason) };
    case 'snooze':
      return { decision, until: laterThan(nowMs, request.until) };
    default:
      return decision satisfies never;
  }
}

/** Throws 409 when the projection knows that policy would refuse; what it may not have heard of yet, policy judges. */
export function refuseDecided(card: Pick<Card, 'state'>): void {
  if (isDecidable(card.state)) return;
  const code = card.state === 'expired' ? 'expired' : 'already_decided';
  throw refusal({
    code,
    message: `The action is ${stateWords[card.state] ?? card.state}.`,
    hint: 'Nothing was changed. Load the card to see what happened.',
  });
}

const stateWords: Partial<Record<CardState, string>> = {
  authorized: 'approved already',
  unknown: 'attempted already, with an unknown outcome',
};

/** Cards show actions in their present form, so that is what an edit is made of. */
function soundEdit(type: string, args: Record<string, unknown> | undefined): Pick<Decided, 'args' | 'version'> {
  if (args === undefined) throw missing('args', 'give all arguments of the edited action');
  const version = findAction(type)?.version;
  const problems = actionProblems({ type, args, version });
  if (problems.length === 0) return { args, version };
  throw new Problem(422, {
    type: 'invalid',
    title: 'The edit does not fit the action',
    detail: problems.join('; '),
    hint: 'Correct the named fields and send all arguments again.',
    fields: problems.map((problem) => ({ field: problem.split(':', 1)[0], message: problem.slice(problem.indexOf(':') + 2) })),
  });
}

function words(response: string | undefined): string {
  if (response === undefined || response.trim() === '')
    throw missing('response', 'say something: it is passed on to the agent that asked');
  return response;
}

function laterThan(nowMs: number, until: string | undefined): string {
  if (until === undefined) throw missing('until', 'give the time at which it comes back, such as 2026-11-24T08:00:00Z');
  if (Date.parse(until) <= nowMs) throw missing('until', 'must be in the future');
  return until;
}

function missing(field: string, fix: string): Problem {
  return new Problem(400, {
    type: 'bad-request',
    title: 'The request cannot be read',
    detail: `${field}: ${fix}`,
    hint: 'GET /api/openapi.json describes the body.',
    fields: [{ field, message: fix }],
  });
}
