import { TriageAnswerSchema, type DataOf, type EmailReceived } from '@troupe/contracts';
import { defineTask } from '@troupe/agent-kit';

/** Sorts one mail and pulls out what it says. */
export const TriageMail = defineTask({
  name: 'mail.triage',
  version: '1',
  instructions: [
    'Classify one email to the owner of a one-person company and extract what it says.',
    'support: the product or an account must work; wishes and data protection included.',
    'billing: money owed or paid and its papers, in either direction, the accountant included.',
    'sales: an honest, individual approach to buy or sell.',
    'newsletter: sent to a list, no answer expected.',
    'spam: deception or mass solicitation, whoever it imitates.',
    'personal: to the owner as a person, whatever the business of the sender.',
    'Urgency: high is today; low can wait or needs no answer; normal is the rest.',
    'Copy amounts, dates and references word for word. `what` is the one sentence of the mail that says what it is about.',
  ].join('\n'),
  answer: TriageAnswerSchema,
});

/** What the engine gets to read of a mail. */
export function triageInput(mail: DataOf<typeof EmailReceived>, ownerEmail: string) {
  return {
    subject: mail.subject,
    text: mail.text,
    from: mail.from,
    to: mail.to.map(({ address }) => address),
    headers: { ...mail.headers, ...(mail.replyTo ? { replyTo: mail.replyTo.address } : {}) },
    attachments: mail.attachments.map(({ filename, contentType, blob }) => ({ filename, contentType, size: blob.sizeBytes })),
    isReply: mail.inReplyTo !== undefined,
    ownerEmail,
  };
}
