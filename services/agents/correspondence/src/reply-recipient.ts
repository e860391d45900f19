import type { DataOf, EmailReceived, Mailbox } from '@troupe/contracts';
import { z } from 'zod';

type Mail = DataOf<typeof EmailReceived>;

/** Whom an answer would go to, or why there is none to write. */
export type ReplyRecipient =
  | { readonly kind: 'person'; readonly mailbox: Mailbox }
  | { readonly kind: 'nobody'; readonly reason: 'robot' | 'owner' }
  | { readonly kind: 'unreachable' };

/** Local parts that only machines have. Two robots could write to each other for ever (RFC 3834). */
const ROBOT = /^(?:mailer-daemon|postmaster|bounces?|no[-_.]?reply|do[-_.]?not[-_.]?reply)(?:[-+_.=].*)?@/i;

/** What `email.send` takes as an address. */
const Address = z.email().max(320);

/**
 * Reply-To comes before From, as RFC 5322 (3.6.2) has it: a contact form writes as a robot and names the person there.
 * Facts about a person are told to the address this answers and to no other, whoever the mail claims to be from.
 */
export function replyRecipient(mail: Mail, ownerEmail: string): ReplyRecipient {
  if (isAutomatic(mail)) return { kind: 'nobody', reason: 'robot' };
  const mailbox = [mail.replyTo, mail.from].find((candidate) => Address.safeParse(candidate?.address).success);
  if (!mailbox) return { kind: 'unreachable' };
  if (ROBOT.test(mailbox.address)) return { kind: 'nobody', reason: 'robot' };
  if (mailbox.address.toLowerCase() === ownerEmail.toLowerCase()) return { kind: 'nobody', reason: 'owner' };
  return { kind: 'person', mailbox: named(mailbox, mail.from) };
}

/** Auto-Submitted (RFC 3834, section 5) other than `no`, or mail that calls itself bulk. */
function isAutomatic({ headers }: Mail): boolean {
  const auto = headers.autoSubmitted?.trim().toLowerCase();
  return (auto !== undefined && !/^no\b/.test(auto)) || /^(?:bulk|junk)$/i.test(headers.precedence?.trim() ?? '');
}

/** A Reply-To often leaves out the name that From has; that of a robot is nobody's. */
function named(mailbox: Mailbox, from: Mailbox): Mailbox {
  const name = mailbox.name ?? (ROBOT.test(from.address) ? undefined : from.name);
  return { address: mailbox.address, ...(name === undefined ? {} : { name }) };
}
