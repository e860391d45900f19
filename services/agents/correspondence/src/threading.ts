import type { DataOf, EmailReceived } from '@troupe/contracts';

/** Headers that put an answer into the thread of the mail it answers (RFC 5322, section 3.6.4). */
export function threadHeaders(mail: DataOf<typeof EmailReceived>): { inReplyTo?: string; references?: string[] } {
  if (!isMessageId(mail.messageId)) return {};
  const earlier = mail.references.length > 0 ? mail.references : mail.inReplyTo ? [mail.inReplyTo] : [];
  const references = [...earlier.filter(isMessageId).slice(-90), mail.messageId];
  return { inReplyTo: mail.messageId, references: [...new Set(references)] };
}

function isMessageId(id: string): boolean {
  return /^<[^<>\s]+>$/.test(id);
}

/** `Re: ` once, however often it was answered before. */
export function replySubject(subject: string): string {
  const bare = subject.replace(/^\s*((re|aw|antw|sv|rv)\s*:\s*)+/i, '').trim();
  return `Re: ${bare || '(no subject)'}`.slice(0, 500);
}
