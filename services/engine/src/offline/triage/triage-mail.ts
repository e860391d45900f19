import { answered, declined } from '../offline-task.ts';
import type { OfflineTask, TaskOutcome, TaskTools } from '../offline-task.ts';
import { readInput } from '../task-input.ts';
import { classify, shippedModel } from './classifier.ts';
import type { Verdict } from './classifier.ts';
import { embeddedTextOf } from './features.ts';
import { amountsIn, asksIn, datesIn, referencesIn } from './mail-facts.ts';
import { senderOf } from './mail-sender.ts';
import { viewOf } from './mail-view.ts';
import type { MailView } from './mail-view.ts';
import { Mail } from './triage-contract.ts';
import type { Triage } from './triage-contract.ts';
import { summaryOf } from './summary.ts';

/** `mail.triage`: what kind of mail, how urgent, and what it says, in its own words. Declines only a mail without text. */
export const triageMail: OfflineTask = {
  name: 'mail.triage',
  answer: async (input, tools) => triage(viewOf(readInput('mail.triage', Mail, input)), tools),
};

async function triage(view: MailView, { encoder, signal }: TaskTools): Promise<TaskOutcome> {
  if (!/[\p{L}\p{N}]/u.test(view.subject + view.words)) return declined('The mail has no text that could be read.');
  const [vector = []] = await encoder.embed([embeddedTextOf(view)], signal);
  return answered(triageOf(view, classify(shippedModel(), view, vector)));
}

/** The whole answer, once the verdict is known. */
export function triageOf(view: MailView, { category, urgency, confidence }: Verdict): Triage {
  const all = `${view.subject}\n${view.words}`;
  const asks = asksIn(view.words);
  return {
    category,
    urgency,
    who: senderOf(view.mail, view.words),
    what: summaryOf(view, category, asks),
    asks,
    amounts: amountsIn(all),
    dates: datesIn(all),
    references: referencesIn(all),
    confidence,
  };
}
