import {
  ActionDenied,
  ActionHeld,
  ApprovalRefused,
  CompensationFailed,
  type Decision,
  type Envelope,
  type RefusalCode,
} from '@troupe/contracts';
import { isEvent } from '@troupe/messaging';
import { Problem } from '@troupe/service-host';

/** What the owner asked for. */
export type Asked = Decision | 'undo' | 'retry' | 'outcome';

/** The HTTP side of policy's answer to a decision: nothing when it counts, else the problem to answer with. */
export function problemInAnswer(answer: Envelope, decision: Asked): Problem | undefined {
  if (isEvent(ApprovalRefused, answer)) return refusal(answer.data);
  if (isEvent(CompensationFailed, answer)) return notTakenBack(answer.data.failure);
  if (isEvent(ActionHeld, answer) && answer.data.why === 'edit_refused') return editRefused(answer.data);
  if (isEvent(ActionDenied, answer) && answer.data.by === 'policy' && decision !== 'reject')
    return denied(answer.data.policy?.reasons);
  return undefined;
}

const refusals: Readonly<Record<RefusalCode, { status: number; title: string }>> = {
  stale_digest: { status: 409, title: 'The action has changed since you saw it' },
  already_decided: { status: 409, title: 'It was decided already' },
  expired: { status: 409, title: 'It has expired' },
  unknown_action: { status: 404, title: 'There is no such action' },
  invalid: { status: 422, title: 'This decision makes no sense here' },
  forbidden: { status: 422, title: 'Policy forbids it' },
};

/** A decision that did not count, told by its code. */
export function refusal(refused: {
  code: RefusalCode;
  message: string;
  hint: string;
  policy?: { reasons: string[] } | undefined;
}): Problem {
  const { status, title } = refusals[refused.code];
  const reasons = refused.policy?.reasons;
  return new Problem(status, {
    type: refused.code.replaceAll('_', '-'),
    title,
    detail: refused.message,
    hint: refused.hint,
    ...(reasons && { reasons }),
  });
}

function editRefused({ digest, policy }: { digest: string; policy: { reasons: string[] } }): Problem {
  return new Problem(422, {
    type: 'edit-refused',
    title: 'Policy refuses the edit',
    detail: policy.reasons.join(' ') || 'No policy permits the edited action.',
    hint: 'The card holds your edited form under a new digest: change it again, or reject it.',
    digest,
    reasons: policy.reasons,
  });
}

function denied(reasons: readonly string[] = []): Problem {
  return new Problem(422, {
    type: 'forbidden',
    title: 'Policy forbids it',
    detail: reasons.join(' ') || 'No policy permits this action, even with your word.',
    hint: 'It is closed now. See the reasons on the card.',
    reasons,
  });
}

function notTakenBack({ code, message, hint }: { code: string; message: string; hint: string }): Problem {
  return new Problem(422, { type: code.replaceAll('_', '-'), title: 'It cannot be taken back', detail: message, hint });
}
