import { z } from 'zod';
import { answered } from '../offline-task.ts';
import type { OfflineTask } from '../offline-task.ts';
import { readInput } from '../task-input.ts';
import { letterBody } from './letter.ts';
import type { Fact, Letter } from './letter.ts';

const NoticeRequest = z.object({
  kind: z.enum(['refund', 'subscription_deleted']),
  customer: z.object({ name: z.string().nullish(), email: z.string().nullish() }),
  /** Texts as the customer should read them; each is told only when it is there. */
  facts: z.looseObject({
    amountText: z.string().nullish(),
    invoiceNumber: z.string().nullish(),
    planText: z.string().nullish(),
    endedText: z.string().nullish(),
    receiptUrl: z.string().nullish(),
  }),
  ownerName: z.string().optional(),
});
type NoticeRequest = z.output<typeof NoticeRequest>;

const CONFIDENCE = 0.9;

/** `billing.notice`: tells a customer that a refund was made or that a subscription has ended. English. */
export const draftNotice: OfflineTask = {
  name: 'billing.notice',
  answer: async (input) => answered(notice(readInput('billing.notice', NoticeRequest, input))),
};

function notice(request: NoticeRequest): Letter {
  const { subject, paragraphs } = wordingOf(request);
  return {
    subject,
    body: letterBody(paragraphs, { language: 'en', recipientName: request.customer.name ?? undefined, ownerName: request.ownerName }),
    citations: citationsOf(request),
    confidence: CONFIDENCE,
  };
}

function wordingOf({ kind, facts }: NoticeRequest): { subject: string; paragraphs: string[] } {
  switch (kind) {
    case 'refund':
      return { subject: subjectWith('Your refund', facts.invoiceNumber), paragraphs: refundParagraphs(facts) };
    case 'subscription_deleted':
      return { subject: 'Your subscription has ended', paragraphs: endedParagraphs(facts) };
    default:
      return kind satisfies never;
  }
}

function refundParagraphs({ amountText, invoiceNumber, receiptUrl }: NoticeRequest['facts']): string[] {
  const what = [amountText ? `your refund of ${amountText}` : 'your refund', invoiceNumber ? `for invoice ${invoiceNumber}` : ''].filter(Boolean).join(' ');
  return [
    `I wanted to let you know that ${what} has been made. It goes back to the payment method you used; how soon it shows there depends on your bank.`,
    receiptUrl ? `The receipt is here:\n${receiptUrl}` : '',
    'If anything about it is not right, just answer to this mail.',
  ];
}

function endedParagraphs({ planText, endedText }: NoticeRequest['facts']): string[] {
  const what = [planText ? `your subscription (${planText})` : 'your subscription', 'has ended', endedText ? `(${endedText})` : ''].filter(Boolean).join(' ');
  return [
    `This is to confirm that ${what}. Thank you for having been a customer.`,
    'If this was not what you wanted, or if you would like to tell me what was missing, just answer to this mail; I read every answer.',
  ];
}

function citationsOf({ facts }: NoticeRequest): Fact[] {
  const cited = [
    { claim: 'The amount refunded', span: facts.amountText },
    { claim: 'The invoice concerned', span: facts.invoiceNumber },
    { claim: 'The subscription concerned', span: facts.planText },
    { claim: 'When it ended', span: facts.endedText },
    { claim: 'Where the receipt is', span: facts.receiptUrl },
  ];
  return cited.flatMap(({ claim, span }) => (span ? [{ claim, span, source: 'billing' }] : []));
}

const subjectWith = (words: string, number: string | null | undefined) => (number ? `${words} for invoice ${number}` : words);
