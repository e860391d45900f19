import { z } from 'zod';
import { answered } from '../offline-task.ts';
import type { OfflineTask } from '../offline-task.ts';
import { readInput } from '../task-input.ts';
import { languageOf } from '../language.ts';
import type { Language } from '../language.ts';
import { Fact, letterBody } from './letter.ts';
import type { Letter } from './letter.ts';

const DunningRequest = z.object({
  customer: z.object({ name: z.string().nullish(), email: z.string() }),
  invoice: z.object({
    number: z.string(),
    /** As the customer should read it, such as `49.00 EUR`. */
    amountText: z.string(),
    hostedUrl: z.string().nullish(),
    attemptCount: z.number().int().min(0),
    nextAttemptText: z.string().nullish(),
  }),
  history: z.array(Fact).default([]),
  stage: z.enum(['first', 'second', 'third']),
  ownerName: z.string().optional(),
});
type DunningRequest = z.output<typeof DunningRequest>;
type Stage = DunningRequest['stage'];

interface Wording {
  subject: (number: string) => string;
  opening: Record<Stage, (number: string, amount: string) => string>;
  pay: (url: string) => string;
  payWithoutLink: string;
  next: (when: string) => string;
  help: Record<Stage, string>;
}

// Clearer with each stage, never threatening: what happens to the account is the owner's decision, not this letter's.
const WORDINGS: Record<Extract<Language, 'en' | 'de'>, Wording> = {
  en: {
    subject: (number) => `Payment for invoice ${number} did not go through`,
    opening: {
      first: (number, amount) => `a quick note: the payment of ${amount} for invoice ${number} did not go through. This happens, most often because a card has expired or a limit was reached.`,
      second: (number, amount) => `the payment of ${amount} for invoice ${number} has failed again, so the invoice is still open.`,
      third: (number, amount) => `the payment of ${amount} for invoice ${number} has failed several times and the invoice is still open. I would like to sort this out with you.`,
    },
    pay: (url) => `You can pay or change the payment method here:\n${url}`,
    payWithoutLink: 'Please check the payment method in your account, or just answer to this mail.',
    next: (when) => `The next automatic attempt: ${when}.`,
    help: {
      first: 'If you have already taken care of it, please ignore this message.',
      second: 'If something about the invoice is not right, just answer to this mail.',
      third: 'If you would rather pay in another way, or if something is not right, please answer to this mail so that we find a solution.',
    },
  },
  de: {
    subject: (number) => `Zahlung der Rechnung ${number} hat nicht geklappt`,
    opening: {
      first: (number, amount) => `nur ein kurzer Hinweis: Die Zahlung über ${amount} für die Rechnung ${number} hat nicht geklappt. Das kommt vor, meist weil eine Karte abgelaufen ist oder ein Limit erreicht war.`,
      second: (number, amount) => `die Zahlung über ${amount} für die Rechnung ${number} hat erneut nicht geklappt, die Rechnung ist also noch offen.`,
      third: (number, amount) => `die Zahlung über ${amount} für die Rechnung ${number} ist mehrfach fehlgeschlagen, und die Rechnung ist noch offen. Ich möchte das gern mit Ihnen klären.`,
    },
    pay: (url) => `Hier können Sie bezahlen oder die Zahlungsart ändern:\n${url}`,
    payWithoutLink: 'Bitte prüfen Sie die Zahlungsart in Ihrem Konto oder antworten Sie einfach auf diese Mail.',
    next: (when) => `Der nächste automatische Versuch: ${when}.`,
    help: {
      first: 'Falls es sich schon erledigt hat, ist diese Nachricht gegenstandslos.',
      second: 'Falls mit der Rechnung etwas nicht stimmt, genügt eine Antwort auf diese Mail.',
      third: 'Falls Sie lieber anders bezahlen möchten oder etwas nicht stimmt: Bitte antworten Sie auf diese Mail, dann finden wir eine Lösung.',
    },
  },
};

/** Facts out of the invoice itself leave little to be wrong about. */
const CONFIDENCE = 0.9;

/** `dunning.draft`: a short, friendly note about a failed payment; German when what we know of the customer is German. */
export const draftDunning: OfflineTask = {
  name: 'dunning.draft',
  answer: async (input) => answered(dunningLetter(readInput('dunning.draft', DunningRequest, input))),
};

function dunningLetter({ customer, invoice, history, stage, ownerName }: DunningRequest): Letter {
  const language = languageOf(history.map(({ span }) => span).join(' ')) === 'de' ? 'de' : 'en';
  const wording = WORDINGS[language];
  const opening = wording.opening[stage](invoice.number, invoice.amountText);
  const paragraphs = [
    language === 'en' ? opening.charAt(0).toUpperCase() + opening.slice(1) : opening,
    invoice.hostedUrl ? wording.pay(invoice.hostedUrl) : wording.payWithoutLink,
    invoice.nextAttemptText ? wording.next(invoice.nextAttemptText) : '',
    wording.help[stage],
  ];
  return {
    subject: wording.subject(invoice.number),
    body: letterBody(paragraphs, { language, recipientName: customer.name ?? undefined, ownerName }),
    citations: invoiceCitations(invoice),
    confidence: CONFIDENCE,
  };
}

function invoiceCitations({ number, amountText, hostedUrl, nextAttemptText }: DunningRequest['invoice']): Fact[] {
  const cited = [
    { claim: `The open invoice is ${number}`, span: number },
    { claim: `The open amount is ${amountText}`, span: amountText },
    { claim: 'Where it can be paid', span: hostedUrl ?? '' },
    { claim: 'When the next attempt is made', span: nextAttemptText ?? '' },
  ];
  return cited.filter(({ span }) => span !== '').map((citation) => ({ ...citation, source: 'invoice' }));
}
