import { actionDigest, type Action, type Attempt } from '@troupe/contracts';

/** An attempt as the effect gate would make it. */
export function attemptOf(action: Action, actionId = 'act_AAAAAAAAAAAAAAAAAAAAAA'): Attempt {
  const startedAtMs = Date.UTC(2026, 10, 23, 7, 15);
  return { actionId, authorizationId: `auth_${actionId}`, digest: actionDigest(action), action, startedAtMs };
}

export const MAIL: Action = {
  type: 'email.send',
  args: {
    to: ['ana@example.com'],
    cc: ['bo@example.com'],
    subject: 'Re: Größe der Rechnung',
    body: 'Hello Ana,\n\nthe total is 49,00 €.\n\n.\nOwner\n',
    inReplyTo: '<question@example.com>',
    references: ['<first@example.com>'],
  },
};
