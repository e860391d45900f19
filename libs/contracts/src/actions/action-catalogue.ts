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

/** What is wrong with an action as proposed or edited: the field and the fix, one line each; empty when it is sound. */
export function actionProblems(action: { readonly type: string; readonly args: unknown }): string[] {
  const contract = findAction(action.type);
  if (!contract) return [`type: "${action.type}" is not in the action catalogue; use one of ${[...byType.keys()].join(', ')}`];
  const result = contract.args.safeParse(action.args);
  return result.success ? [] : result.error.issues.map((issue) => `args.${issue.path.join('.')}: ${issue.message}`);
}
