import type { ActionToDigest } from '../digest.ts';
import type { Action } from '../events/parts.ts';
import { inPresentVersion } from '../versions.ts';
import type { ActionContract } from './action-contract.ts';
import { BillingPauseCollection } from './billing-pause-collection.action.ts';
import { BillingRefund } from './billing-refund.action.ts';
import { BillingResumeCollection } from './billing-resume-collection.action.ts';
import { BillingSendInvoiceReminder } from './billing-send-invoice-reminder.action.ts';
import { EmailLabel } from './email-label.action.ts';
import { EmailSend } from './email-send.action.ts';
import { OwnerAsk } from './owner-ask.action.ts';
import { StoryRelease } from './story-release.action.ts';

/** Every action Troupe knows. What is not here can be neither proposed nor run. */
export const ActionCatalogue: readonly ActionContract[] = [
  EmailSend,
  EmailLabel,
  BillingSendInvoiceReminder,
  BillingPauseCollection,
  BillingResumeCollection,
  BillingRefund,
  OwnerAsk,
  StoryRelease,
];

const byType = new Map(ActionCatalogue.map((action) => [action.type as string, action]));

/** The catalogue entry of an action type, or undefined when there is none. */
export function findAction(type: string): ActionContract | undefined {
  return byType.get(type);
}

/**
 * An action as the catalogue has it now: arguments of an earlier version of its contract are brought to the present one.
 * Undefined when nobody here can read it: its type is unknown, its version is later, or an upcaster is missing.
 */
export function inPresentForm(action: Action): Action | undefined {
  const contract = findAction(action.type);
  return contract && formUnder(contract, action);
}

/** What is wrong with an action as proposed or edited: the field and the fix, one line each; empty when it is sound. */
export function actionProblems(action: ActionToDigest): string[] {
  const contract = findAction(action.type);
  if (!contract) return [`type: "${action.type}" is not in the action catalogue; use one of ${[...byType.keys()].join(', ')}`];
  return problemsUnder(contract, action);
}

/** The same as `inPresentForm`, of one contract. */
export function formUnder(contract: ActionContract, { version = 1, args }: ActionToDigest): Action | undefined {
  const present = inPresentVersion(contract, version, args);
  return present && { type: contract.type, args: present.value as Action['args'], version: contract.version };
}

/** The same as `actionProblems`, of one contract. */
export function problemsUnder(contract: ActionContract, action: ActionToDigest): string[] {
  const present = formUnder(contract, action);
  if (!present) return [`version: ${action.type} of version ${action.version ?? 1} cannot be read here, where it is of version ${contract.version}; update this service, or propose it anew`];
  const result = contract.args.safeParse(present.args);
  return result.success ? [] : result.error.issues.map((issue) => `args.${issue.path.join('.')}: ${issue.message}`);
}
