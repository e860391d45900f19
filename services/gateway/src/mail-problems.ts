import { cut } from './clean-text.ts';
import { dateOf, declaredMessageId, firstValue, mailbox } from './mail-header.ts';
import { MailLimits } from './mail-limits.ts';
import type { ReadMail } from './mail-reader.ts';

/** What was wrong with a mail and how it was read all the same, in sentences for the owner and for agents. */
export function problemsOf(mail: ReadMail, envelopeFrom?: string): string[] {
  const problems = [...headerProblems(mail, envelopeFrom), ...recipientProblems(mail), ...bodyProblems(mail), ...mail.problems];
  return problems.slice(0, MailLimits.maxProblems).map((problem) => cut(problem, 500));
}

function headerProblems({ fields, from }: ReadMail, envelopeFrom: string | undefined): string[] {
  const problems: string[] = [];
  if (declaredMessageId(fields) === undefined) problems.push('It had no Message-ID; one was made up from its content.');
  if (from.length === 0) problems.push(noSender(envelopeFrom));
  if (from.length > 1) problems.push('From names several people; the first is taken as the sender.');
  if (dateOf(firstValue(fields, 'date') ?? '') === undefined) problems.push('It had no Date that can be read.');
  for (const name of ['from', 'subject', 'date', 'message-id', 'reply-to']) {
    if ((fields.get(name)?.length ?? 0) > 1) problems.push(`The header repeats ${name}; the first one counts.`);
  }
  return problems;
}

function noSender(envelopeFrom = ''): string {
  const found = mailbox(envelopeFrom);
  if (found === undefined) return 'It had no From address that can be read, so nobody can be answered.';
  return `It had no From address that can be read; ${found.address} is who handed it over (SMTP envelope).`;
}

function recipientProblems({ to, cc }: ReadMail): string[] {
  return [{ field: 'To', people: to }, { field: 'Cc', people: cc }].flatMap(({ field, people }) => {
    if (people.length <= MailLimits.maxMailboxesPerHeader) return [];
    return [`${field} names ${people.length} people; the first ${MailLimits.maxMailboxesPerHeader} are listed.`];
  });
}

function bodyProblems({ text, subject, attachments, problems: readerProblems }: ReadMail): string[] {
  const problems: string[] = [];
  if (text.trim() === '' && readerProblems.length === 0) problems.push('It had no text.');
  if (text.includes('\ufffd') || subject.includes('\ufffd')) problems.push('Some characters could not be decoded and are shown as \ufffd.');
  if (text.includes('\0')) problems.push('It contained NUL bytes, which were removed.');
  const empty = attachments.filter(({ content }) => content.length === 0).length;
  if (empty > 0) problems.push(`${empty} of its attachments had no content.`);
  if (attachments.length > MailLimits.maxAttachments) {
    problems.push(`It had ${attachments.length} attachments; the first ${MailLimits.maxAttachments} are listed, all are in the raw mail.`);
  }
  return problems;
}
