import { Agent, On, type Story } from '@troupe/agent-kit';
import {
  ApprovalAccepted, EmailLabel, EmailReceived, EmailTriaged, MailCategorySchema,
  type DataOf, type EventOf, type Evidence, type MailCategory,
} from '@troupe/contracts';
import { categoryIn, OWNER_AS_MODEL, ownerTriage } from './owner-triage.ts';
import { TriageMail, triageInput } from './triage-mail.ts';

/** Reads each mail once: what class it is, who wants what, how urgent. Labels it, and leaves acting on it to others. */
@Agent({
  name: 'triage',
  version: '1.1.0',
  purpose: 'Sorts incoming mail and pulls out who, what and how urgent.',
  emits: [EmailTriaged],
  mayPropose: ['email.label', 'owner.ask'],
})
export class TriageAgent {
  @On(EmailReceived, { concurrency: 4 })
  async sortMail(event: EventOf<typeof EmailReceived>, story: Story): Promise<void> {
    const result = await story.ask(TriageMail, triageInput(event.data, story.ownerEmail));
    if (result.kind === 'declined') return askForClass(story, event, result.reason);
    const { answer, model, grounds } = result;
    story.emit(EmailTriaged, { emailEventId: event.id, ...identity(event.data), triage: answer, model, grounds });
    story.propose(EmailLabel, {
      ...label(event.data, answer.category),
      rationale: `Reads like ${answer.category} mail.`,
      evidence: [{ claim: `It is ${answer.category} mail`, source: event.id, span: answer.what, grounds: 'inferred' }],
      basis: result,
    });
  }

  /** The owner placed a mail that nobody else could. Any other answer is for them to act on, not for triage. */
  @On(ApprovalAccepted)
  async takeOwnersWord(event: EventOf<typeof ApprovalAccepted>, story: Story): Promise<void> {
    const { proposedBy, actionType, decision, response = '' } = event.data;
    if (proposedBy !== 'triage' || actionType !== 'owner.ask' || decision !== 'respond') return;
    const category = categoryIn(response);
    const [mail] = await story.recallEvents(EmailReceived, { correlationId: story.correlationId, limit: 1 });
    if (!category || !mail) return;
    const triage = ownerTriage(category, mail.data);
    const about = mail.subject === undefined ? {} : { subject: mail.subject };
    story.emit(EmailTriaged, { emailEventId: mail.id, ...identity(mail.data), triage, model: OWNER_AS_MODEL, grounds: 'sourced' }, about);
    const evidence: Evidence = { claim: `You said that it is ${category} mail`, source: event.id, span: response, grounds: 'sourced' };
    story.propose(EmailLabel, { ...label(mail.data, category), rationale: `You called it ${category} mail.`, evidence: [evidence], ...about });
  }
}

function askForClass(story: Story, event: EventOf<typeof EmailReceived>, reason: string): void {
  const { subject, from, text } = event.data;
  story.askOwner(`What kind of mail is "${subject || '(no subject)'}" from ${from.address || 'an unknown sender'}?`, {
    context: `${reason}\n\n${text.slice(0, 2_000)}`,
    options: [...MailCategorySchema.options],
  });
}

function label({ messageId }: DataOf<typeof EmailReceived>, category: MailCategory) {
  return { args: { messageId, add: [category], remove: [] } };
}

function identity({ messageId, from, subject }: DataOf<typeof EmailReceived>) {
  return { messageId, from, subject };
}
