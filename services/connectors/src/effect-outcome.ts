import {
  inPresentForm,
  type ActionAttempted, type ActionAuthorized, type ActionExecuted, type ActionFailed, type ActionUnknown, type Attempt, type ConnectorMode, type DataOf,
  type Effect, type Failure,
} from '@troupe/contracts';

export type Authorization = DataOf<typeof ActionAuthorized>;

/**
 * A spent authorisation: what `action.attempted` said, when (milliseconds since 1970), the stream sequence of the
 * authorisation itself, and which try this is: one more than it was put off.
 */
export interface SpentAuthorization extends DataOf<typeof ActionAttempted> {
  readonly startedAtMs: number;
  readonly sequence: number;
  readonly tries: number;
}

/** An attempt as connectors get it: the action in its present form, the digest of the form that was authorised. */
export function attemptUnder(authorization: Authorization, startedAtMs: number): Authorization & Attempt {
  return { ...authorization, action: inPresentForm(authorization.action) ?? authorization.action, startedAtMs };
}

/** How it ended, with the data of the event that says so. */
export type Outcome =
  | { readonly kind: 'executed'; readonly data: DataOf<typeof ActionExecuted> }
  | { readonly kind: 'failed'; readonly data: DataOf<typeof ActionFailed> }
  | { readonly kind: 'unknown'; readonly data: DataOf<typeof ActionUnknown> };

/** The outcome that follows from an effect. */
export function outcomeOf(authorization: Authorization, effect: Effect, mode: ConnectorMode): Outcome {
  switch (effect.kind) {
    case 'executed': {
      const { providerReference, summary } = effect;
      return { kind: 'executed', data: { ...nameOf(authorization), mode, providerReference, summary, ...takingBack(authorization) } };
    }
    case 'refused':
      return failedOutcome(authorization, effect.failure);
    case 'unclear':
      return { kind: 'unknown', data: { ...nameOf(authorization), failure: effect.failure } };
    default:
      return unreachable(effect);
  }
}

/** The outside is unchanged. */
export function failedOutcome(authorization: Authorization, failure: Failure): Outcome {
  return { kind: 'failed', data: { ...nameOf(authorization), failure, ...takingBack(authorization) } };
}

function nameOf({ actionId, digest, authorizationId }: Authorization) {
  return { actionId, digest, authorizationId };
}

function takingBack({ compensates }: Authorization) {
  return compensates === undefined ? {} : { compensates };
}

function unreachable(effect: never): never {
  throw new Error(`No outcome for ${JSON.stringify(effect)}.`);
}
