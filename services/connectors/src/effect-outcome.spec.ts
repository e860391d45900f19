import { attemptUnder } from './effect-outcome.ts';
import { authorizationOf, MAIL } from './testing/authorizations.ts';

describe('an attempt', () => {
  it('has the action in its present form, and the digest of the form that was authorised', () => {
    const authorization = authorizationOf({ action: MAIL });
    const { action, digest, startedAtMs } = attemptUnder(authorization, 7);
    expect({ action, digest, startedAtMs }).toEqual({ action: { ...MAIL, version: 1 }, digest: authorization.digest, startedAtMs: 7 });
  });

  it('has an action that cannot be read here as it is, to be looked up only', () => {
    const action = { ...MAIL, version: 2 };
    expect(attemptUnder(authorizationOf({ action }), 7).action).toBe(action);
  });
});
