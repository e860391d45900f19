import MailComposer from 'nodemailer/lib/mail-composer';
import { OWNER } from '../harness/world.ts';
import type { RawMail } from '../harness/raw-mail.ts';

/** A mail of the crash test; its Message-ID is how it is found again. */
export interface NumberedMail extends RawMail {
  readonly messageId: string;
}

interface Letter {
  readonly subject: string;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What arrives at a small software company; most of it expects an answer. */
const LETTERS: readonly ((n: number) => Letter)[] = [
  (n) => ({ subject: `CSV export fails (report ${n})`, text: `Hello,\n\nsince yesterday the CSV export of our report ${n} stops with "Error 512". Could you have a look?\n\nThanks,\nAna` }),
  (n) => ({ subject: `Question about invoice INV-${1000 + n}`, text: `Hello,\n\nwe were charged 49.00 EUR twice on invoice INV-${1000 + n}. Could you check that and refund one of them?\n\nKind regards,\nBen` }),
  (n) => ({ subject: `I cannot log in any more (${n})`, text: `Hi,\n\nsince this morning nobody in our office gets past the login screen, it only says "something went wrong".\nPlease help, we have a delivery at 2pm.\n\nJonas` }),
  (n) => ({ subject: `Offer for ${10 + n} seats`, text: `Dear team,\n\nwe are a studio of ${10 + n} people and would like to use your product. What would ${10 + n} seats cost per year, and do you offer a trial?\n\nBest,\nMira` }),
  (n) => ({ subject: `How do I change the time zone? (${n})`, text: `Hello,\n\nhow can I change the time zone of my account? All entries of project ${n} are off by one hour.\n\nThank you,\nPriya` }),
  (n) => ({
    subject: `The Monday Digest, issue ${n}`,
    text: `This week: twelve ways to write a better changelog.\n\nRead more on our website. You receive this because you subscribed.\nUnsubscribe: https://digest.example/u/${n}`,
    headers: { 'List-Id': '<digest.example>', 'List-Unsubscribe': `<https://digest.example/u/${n}>`, Precedence: 'bulk' },
  }),
  (n) => ({ subject: `YOU HAVE WON ${n}.000.000 USD`, text: `CONGRATULATIONS!!! Your address was selected in our lottery, ticket ${n}. Send your bank details and a fee of $200 to claim the prize NOW.` }),
  (n) => ({ subject: 'Lunch on Friday?', text: `Hey,\n\nare you free for lunch on Friday? Number ${n} on the list of places we wanted to try has opened. Say hi to the kids!\n\nOle` }),
];

/** `count` different mails, each from a customer of its own, with fixed bytes. */
export function writeMails(count: number): Promise<NumberedMail[]> {
  return Promise.all(Array.from({ length: count }, (_, n) => writeMail(n)));
}

async function writeMail(n: number): Promise<NumberedMail> {
  const from = `customer-${n}@crash.example`;
  const messageId = `<mail-${n}@crash.example>`;
  const letter = LETTERS[n % LETTERS.length]?.(n);
  const mail = new MailComposer({ from: `Customer ${n} <${from}>`, to: OWNER, messageId, date: new Date(), ...letter });
  return { messageId, envelope: { from, to: [OWNER] }, raw: await mail.compile().build() };
}
