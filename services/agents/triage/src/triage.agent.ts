import { Agent, On, type Story } from '@troupe/agent-kit';
import { EmailLabel, EmailReceived, EmailTriaged, type DataOf, type EventOf } from '@troupe/contracts';
import { TriageMail, triageInput } from './triage-mail.ts';

/** Reads each mail once: what class it is, who wants what, how urgent. Labels it, and leaves acting on it to others. */
@Agent({
  name: 'triage',
  version: '1.0.0',
  purpose: 'Sorts incoming mail and pulls out who, what and how urgent.',
  emits: [EmailTriaged],
  mayPropose: ['email.label', 'owner.ask'],
})
export class TriageAgent {
  @On(EmailReceived, { concurrency: 4 })
  async sortMail(event: EventOf<typeof EmailReceived>, story: Story): Promise<void> {
    const mail = event.data;
    const result = await story.ask(TriageMail, triageInput(mail));
    if (result.kind === 'declined') {
      story.askOwner(`What kind of mail is "${mail.subject || '(no subject)'}" from ${mail.from.address}?`, {
        context: `${result.reason}\n\n${mail.text.slice(0, 2_000)}`,
        options: ['support', 'billing', 'sales', 'newsletter', 'spam', 'personal'],
      });
      return;
    }
    const { answer, model, grounds } = result;
    story.emit(EmailTriaged, { emailEventId: event.id, ...identity(mail), triage: answer, model, grounds });
    story.propose(EmailLabel, {
      args: { messageId: mail.messageId, add: [answer.category], remove: [] },
      rationale: `Reads like ${answer.category} mail.`,
      evidence: [{ claim: `It is ${answer.category} mail`, source: event.id, span: answer.what, grounds: 'inferred' }],
      basis: result,
    });
  }
}

function identity({ messageId, from, subject }: DataOf<typeof EmailReceived>) {
  return { messageId, from, subject };
}
