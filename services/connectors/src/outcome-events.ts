import { ActionAttempted, ActionExecuted, ActionFailed, ActionUnknown } from '@troupe/contracts';
import type { HandlerContext } from '@troupe/messaging';
import type { Outcome, SpentAuthorization } from './effect-outcome.ts';

/** Says once more that it was attempted, if it was, and how it ended. */
export function say(ctx: HandlerContext, attempt: SpentAuthorization | undefined, outcome: Outcome): void {
  if (attempt) ctx.emit(ActionAttempted, attempt, { key: 'attempted' });
  sayOutcome(ctx, outcome);
}

/** Named by its kind, so that a repeat has the same id (I2), and what turned out later is not taken for one. */
export function sayOutcome(ctx: HandlerContext, outcome: Outcome): void {
  const name = { key: outcome.kind };
  switch (outcome.kind) {
    case 'executed':
      return void ctx.emit(ActionExecuted, outcome.data, name);
    case 'failed':
      return void ctx.emit(ActionFailed, outcome.data, name);
    case 'unknown':
      return void ctx.emit(ActionUnknown, outcome.data, name);
    default:
      return unreachable(outcome);
  }
}

function unreachable(outcome: never): never {
  throw new Error(`No event says ${JSON.stringify(outcome)}.`);
}
