import { canonicalDigest, personSubject, sha256, stableId, type BlobReference, type DataOf, type EmailReceived, type Mailbox } from '@troupe/contracts';
import { cleanLine, cleanText, cut } from './clean-text.ts';
import { dateOf, declaredMessageId, firstValue, mailbox, messageIds, type HeaderFields } from './mail-header.ts';
import { MailLimits } from './mail-limits.ts';
import { problemsOf } from './mail-problems.ts';
import type { ReadAttachment, ReadMail } from './mail-reader.ts';

type EmailReceivedFields = DataOf<typeof EmailReceived>;

/** What makes a mail the same mail: its own words, not the trail its transport left on it. */
export interface MailIdentity {
  readonly messageId: string;
  readonly eventId: string;
}

/** Where the bytes of a mail were put. `attachments` in the order of `keptAttachments`. */
export interface StoredMail {
  readonly raw: BlobReference;
  readonly attachments: readonly BlobReference[];
}

/**
 * The identity of a mail: Message-ID and a digest over sender, subject, date, body and attachments. Received and the
 * other transport fields do not count, so that a second delivery by another way is the same mail.
 */
export function identify(mail: ReadMail): MailIdentity {
  const contentDigest = digestOf(mail);
  const id = declaredMessageId(mail.fields) ?? `<${contentDigest.slice('sha256:'.length, 'sha256:'.length + 32)}@no-message-id.invalid>`;
  return { messageId: id, eventId: stableId('evt', 'email', id, contentDigest) };
}

/** The attachments that get a place in the event; the others are found in the raw mail only. */
export function keptAttachments(mail: ReadMail): readonly ReadAttachment[] {
  return mail.attachments.slice(0, MailLimits.maxAttachments);
}

/** The event of a mail. `envelopeFrom` (SMTP MAIL FROM) stands in for a From that is missing or no address. */
export function describeMail(mail: ReadMail, identity: MailIdentity, stored: StoredMail, envelopeFrom?: string): EmailReceivedFields {
  const { fields } = mail;
  const text = cleanText(mail.text);
  const [replyTo] = mail.replyTo;
  return {
    messageId: identity.messageId,
    from: senderOf(mail, envelopeFrom) ?? { address: '' },
    ...(replyTo && { replyTo }),
    to: mail.to.slice(0, MailLimits.maxMailboxesPerHeader),
    cc: mail.cc.slice(0, MailLimits.maxMailboxesPerHeader),
    subject: cleanLine(mail.subject, 1_000),
    text: cut(text, MailLimits.maxTextCharacters),
    truncated: text.length > MailLimits.maxTextCharacters,
    ...optional('date', dateOf(firstValue(fields, 'date') ?? '')),
    ...optional('inReplyTo', messageIds(firstValue(fields, 'in-reply-to') ?? '')[0]),
    references: referencesOf(fields),
    headers: automationHeaders(fields),
    attachments: keptAttachments(mail).map((attachment, index) => describeAttachment(attachment, index, stored.attachments)),
    raw: stored.raw,
    problems: problemsOf(mail, envelopeFrom),
  };
}

/** Whom the event is about; nobody when the mail names no sender. */
export function subjectOf(described: EmailReceivedFields): string | undefined {
  return described.from.address === '' ? undefined : personSubject(described.from.address);
}

function digestOf(mail: ReadMail): string {
  return canonicalDigest({
    from: mail.from,
    subject: cleanLine(mail.subject, 1_000),
    date: firstValue(mail.fields, 'date') ?? '',
    text: sha256(cleanText(mail.text)),
    html: sha256(cleanText(mail.html)),
    attachments: mail.attachments.map(({ content }) => sha256(content)),
  });
}

function senderOf({ from }: ReadMail, envelopeFrom = ''): Mailbox | undefined {
  return from[0] ?? mailbox(envelopeFrom);
}

/** The thread's first and latest: what a reply must carry on when there is not room for all. */
function referencesOf(fields: HeaderFields): string[] {
  const all = [...new Set((fields.get('references') ?? []).flatMap(messageIds))];
  if (all.length <= MailLimits.maxReferences) return all;
  return [...all.slice(0, 1), ...all.slice(1 - MailLimits.maxReferences)];
}

function automationHeaders(fields: HeaderFields): EmailReceivedFields['headers'] {
  const line = (name: string, maxLength: number): string | undefined => {
    const value = firstValue(fields, name);
    return value === undefined ? undefined : cleanLine(value, maxLength);
  };
  return {
    ...optional('listId', line('list-id', 500)),
    ...optional('listUnsubscribe', line('list-unsubscribe', 2_000)),
    ...optional('precedence', line('precedence', 100)),
    ...optional('autoSubmitted', line('auto-submitted', 100)),
  };
}

function describeAttachment(attachment: ReadAttachment, index: number, blobs: readonly BlobReference[]): EmailReceivedFields['attachments'][number] {
  const blob = blobs[index];
  if (blob === undefined) throw new RangeError(`Attachment ${index + 1} was not stored: store every one of keptAttachments().`);
  return {
    filename: cleanLine(attachment.filename ?? '', 500) || `attachment-${index + 1}`,
    contentType: cleanLine(attachment.contentType, 200).toLowerCase() || 'application/octet-stream',
    blob,
  };
}

/** `{ key: value }`, or nothing: optional attributes are absent, never `undefined` and never empty. */
function optional<Key extends string>(key: Key, value: string | undefined): Partial<Record<Key, string>> {
  return value === undefined || value === '' ? {} : ({ [key]: value } as Record<Key, string>);
}
