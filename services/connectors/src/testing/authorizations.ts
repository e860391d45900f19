import { actionDigest, type Action } from '@troupe/contracts';
import type { Authorization } from '../effect-outcome.ts';

export const MAIL: Action = {
  type: 'email.send',
  args: {
    to: ['ana@example.com'],
    subject: 'Re: Where is my order?',
    body: 'Hello Ana,\n\nit left on Monday.\n',
    inReplyTo: '<question@example.com>',
    references: ['<first@example.com>'],
  },
};

/** A genuine authorisation, good for a week from `nowMs`; what differs is said. */
export function authorizationOf(overrides: Partial<Authorization> = {}, nowMs = Date.now()): Authorization {
  const action = overrides.action ?? MAIL;
  return {
    actionId: 'act_1',
    digest: actionDigest(action),
    authorizationId: 'auth_1',
    action,
    by: 'owner',
    policy: { decision: 'permit', determining: ['mail-with-owner'], reasons: ['The owner approved it.'] },
    expiresAt: new Date(nowMs + 7 * 24 * 3_600_000).toISOString(),
    ...overrides,
  };
}
