import { EmailSend, type ArgsOf, type Attempt } from '@troupe/contracts';
import MailComposer from 'nodemailer/lib/mail-composer';

/** A mail ready to leave: who gets it and the very bytes they get. */
export interface OutgoingMail {
  /** In angle brackets. */
  readonly messageId: string;
  readonly from: string;
  /** Everybody it goes to, Cc included. */
  readonly recipients: readonly string[];
  /** RFC 5322, UTF-8 text, CRLF line ends. */
  readonly source: Buffer;
}

/**
 * The Message-ID of an attempt: the same for the same action, so that a mail that leaves twice is recognised as one.
 * `<act_….<digest>@example.com>` for an owner at example.com.
 */
export function messageIdOf(attempt: Pick<Attempt, 'actionId' | 'digest'>, ownerEmail: string): string {
  const domain = ownerEmail.slice(ownerEmail.lastIndexOf('@') + 1);
  return `<${attempt.actionId}.${digestPart(attempt.digest)}@${domain}>`;
}

/** The first 16 hex digits of `sha256:<hex>`. */
export function digestPart(digest: string): string {
  return digest.slice(digest.indexOf(':') + 1).slice(0, 16);
}

/**
 * Writes the mail of an `email.send` attempt. The same attempt gives the same bytes: its Date is when the attempt began.
 * No `Auto-Submitted` header: a person approved what it says (RFC 3834 is about mail nobody looked at).
 */
export async function composeMail(attempt: Attempt, ownerEmail: string): Promise<OutgoingMail> {
  const args = EmailSend.args.parse(attempt.action.args);
  const messageId = messageIdOf(attempt, ownerEmail);
  const { to, cc = [], subject, body, inReplyTo } = args;
  const mail = new MailComposer({
    ...{ messageId, from: ownerEmail, to, cc, subject, text: body, inReplyTo },
    references: threadOf(args),
    date: new Date(attempt.startedAtMs),
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const source = await mail.compile().build();
  return { messageId, from: ownerEmail, recipients: [...to, ...cc], source };
}

/** RFC 5322, 3.6.4: the references of the mail that is answered, then its own id. */
function threadOf({ references = [], inReplyTo }: ArgsOf<typeof EmailSend>): string[] {
  if (inReplyTo === undefined || references.at(-1) === inReplyTo) return references;
  return [...references.filter((id) => id !== inReplyTo), inReplyTo];
}
