import { Controller, Module } from '@nestjs/common';
import {
  actionDigest,
  ActionAuthorized,
  ActionDenied,
  ActionExecuted,
  ActionFailed,
  ActionHeld,
  ActionOutcomeReported,
  ActionProposed,
  ActionRetryRequested,
  ActionUndone,
  ActionUndoRequested,
  ApprovalAccepted,
  ApprovalDecided,
  ApprovalRefused,
  CompensationFailed,
  WebhookReceived,
  type Action,
  type EventOf,
} from '@troupe/contracts';
import { On, TerminalError, type HandlerContext } from '@troupe/messaging';
import { defineService } from '@troupe/service-host';

const permit = { decision: 'permit_with_owner' as const, determining: ['stand-in'], reasons: ['It leaves the company.'] };
const forbid = { decision: 'forbid' as const, determining: ['stand-in'], reasons: ['It promises a discount.'] };
const expiresAt = '2099-01-01T00:00:00.000Z';

/**
 * NOT policy: a stand-in that holds every proposal and answers decisions as policy would, from a memory that lasts for
 * one test. It refuses edits that say "discount", says nothing about actions whose id begins with `silent`, and cannot take
 * back those whose id begins with `late`.
 */
@Controller()
class PolicyStandIn {
  readonly #actions = new Map<string, { action: Action; digest: string; open: boolean }>();

  @On(ActionProposed)
  hold({ data: { actionId, digest, action } }: EventOf<typeof ActionProposed>, context: HandlerContext): void {
    this.#actions.set(actionId, { action, digest, open: true });
    context.emit(ActionHeld, { actionId, digest, action, policy: permit, why: 'needs_owner', expiresAt });
  }

  @On(ApprovalDecided)
  answer({ data }: EventOf<typeof ApprovalDecided>, context: HandlerContext): void {
    const known = this.#actions.get(data.actionId);
    if (!known || data.actionId.startsWith('silent')) return;
    const { actionId, digest } = data;
    const refuse = (code: 'stale_digest' | 'already_decided'): void => {
      context.emit(ApprovalRefused, { actionId, digest, code, message: `Refused: ${code}.`, hint: 'Load the card again.' });
    };
    if (!known.open) return refuse('already_decided');
    if (known.digest !== digest) return refuse('stale_digest');
    known.open = false;
    switch (data.decision) {
      case 'approve':
        return this.#authorize(actionId, known.action, context);
      case 'edit':
        return this.#judgeEdit(actionId, { type: known.action.type, args: data.args ?? {} }, context);
      case 'reject':
        return void context.emit(ActionDenied, {
          actionId,
          digest,
          by: 'owner',
          ...(data.reason !== undefined && { reason: data.reason }),
        });
      case 'respond':
      case 'snooze':
        return void context.emit(ApprovalAccepted, {
          actionId,
          digest,
          decision: data.decision,
          actionType: known.action.type,
          proposedBy: 'correspondence',
          ...(data.until !== undefined && { until: data.until }),
        });
      default:
        return data.decision satisfies never;
    }
  }

  @On(ActionUndoRequested)
  undo({ data: { actionId, digest } }: EventOf<typeof ActionUndoRequested>, context: HandlerContext): void {
    const failure = { code: 'too_late', retryable: false, message: 'The mail has left.', hint: 'Write another one.' };
    if (actionId.startsWith('late')) context.emit(CompensationFailed, { actionId, digest, failure });
    else context.emit(ActionUndone, { actionId, digest });
  }

  @On(ActionRetryRequested)
  authorizeAgain({ data: { actionId, digest } }: EventOf<typeof ActionRetryRequested>, context: HandlerContext): void {
    const known = this.#actions.get(actionId);
    if (known && !actionId.startsWith('late')) return this.#authorize(actionId, known.action, context, 'again');
    context.emit(ApprovalRefused, { actionId, digest, code: 'forbidden', message: 'Not again.', hint: 'Leave it.' });
  }

  /** In the place of the effect gate. */
  @On(ActionOutcomeReported)
  settle({ data: { actionId, digest, happened } }: EventOf<typeof ActionOutcomeReported>, context: HandlerContext): void {
    const name = { actionId, digest, authorizationId: `auth_${actionId}` };
    const failure = { code: 'reported_not_executed', retryable: true, message: 'It did not happen.', hint: 'It can be sent again.' };
    if (happened) context.emit(ActionExecuted, { ...name, mode: 'live', providerReference: '<a@b>', summary: 'It happened.' });
    else context.emit(ActionFailed, { ...name, failure });
  }

  #judgeEdit(actionId: string, action: Action, context: HandlerContext): void {
    const digest = actionDigest(action);
    this.#actions.set(actionId, { action, digest, open: true });
    if (!JSON.stringify(action.args).includes('discount')) return this.#authorize(actionId, action, context);
    context.emit(ActionHeld, { actionId, digest, action, policy: forbid, why: 'edit_refused', expiresAt });
  }

  #authorize(actionId: string, action: Action, context: HandlerContext, authorization = 'auth'): void {
    const holdUntil = '2099-01-01T00:00:00.000Z';
    const digest = actionDigest(action);
    context.emit(ActionAuthorized, {
      actionId,
      digest,
      action,
      authorizationId: `${authorization}_${actionId}`,
      by: 'owner',
      policy: permit,
      holdUntil,
      expiresAt,
    });
  }
}

/** Refuses every generic webhook, so that there are dead letters. */
@Controller()
class RefusingHandler {
  @On(WebhookReceived)
  refuse(): void {
    throw new TerminalError('This webhook is of no use.', { code: 'useless', hint: 'Discard it.' });
  }
}

@Module({ controllers: [PolicyStandIn, RefusingHandler] })
class PolicyStandInModule {}

export const policyStandIn = defineService({
  name: 'policy',
  version: '0.0.0',
  purpose: 'Stands in for policy in tests of the inbox.',
  module: PolicyStandInModule,
  emits: [
    ActionAuthorized, ActionDenied, ActionExecuted, ActionFailed, ActionHeld, ActionUndone, ApprovalAccepted, ApprovalRefused,
    CompensationFailed,
  ],
});
