import type { Story } from '@troupe/agent-kit';
import {
  ActionProposed, ChargeRefunded, EmailSend, InvoicePaymentFailed, OwnerAsk, SubscriptionDeleted,
  type ArgsOf, type BillingCustomer, type DataOf,
} from '@troupe/contracts';

/** Begins every question whose answer is a letter. */
export const WHAT_TO_WRITE = 'What should I write to';

type Letter = Pick<ArgsOf<typeof EmailSend>, 'to' | 'subject'>;

/** Where the owner's own words go: the draft they sent back, or whom a question was about. Undefined when neither is a letter. */
export async function letterInQuestion(story: Story, actionId: string): Promise<Letter | undefined> {
  const own = { correlationId: story.correlationId, limit: 200 };
  const proposed = (await story.recallEvents(ActionProposed, own)).find(({ data }) => data.actionId === actionId);
  const { type, args } = proposed?.data.action ?? {};
  if (type === EmailSend.type) return EmailSend.args.pick({ to: true, subject: true }).strip().parse(args);
  if (type !== OwnerAsk.type || !OwnerAsk.args.parse(args).question.startsWith(WHAT_TO_WRITE)) return undefined;
  const email = await payerIn(story);
  return email === undefined ? undefined : { to: [email], subject: await subjectIn(story) };
}

async function payerIn(story: Story): Promise<string | undefined> {
  const own = { correlationId: story.correlationId };
  const [failures, refunds, ends] = await Promise.all([
    story.recallEvents(InvoicePaymentFailed, own), story.recallEvents(ChargeRefunded, own), story.recallEvents(SubscriptionDeleted, own),
  ]);
  const customers: (BillingCustomer | undefined)[] = [...failures, ...refunds, ...ends].map(({ data }) => data.customer);
  return customers.find((customer) => customer?.email !== undefined)?.email;
}

async function subjectIn(story: Story): Promise<string> {
  const [failure] = await story.recallEvents(InvoicePaymentFailed, { correlationId: story.correlationId });
  return failure ? `Invoice ${numberOf(failure.data)}` : 'About your account';
}

function numberOf({ invoiceNumber, invoiceId }: DataOf<typeof InvoicePaymentFailed>): string {
  return invoiceNumber ?? invoiceId;
}
