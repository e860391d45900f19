import { Readable } from 'node:stream';
import type { Mailbox } from '@troupe/contracts';
import { simpleParser, type Attachment, type ParsedMail, type SimpleParserOptions } from 'mailparser';
import { MailRefused } from './gateway.errors.ts';
import { headerFields, mailboxes, type HeaderFields } from './mail-header.ts';
import { MailLimits } from './mail-limits.ts';

/** A message as read, before anything in it is trusted, bounded or cleaned. */
export interface ReadMail {
  readonly fields: HeaderFields;
  /** The people the header names, without those that have no usable address. */
  readonly from: readonly Mailbox[];
  readonly replyTo: readonly Mailbox[];
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
  /** Decoded (RFC 2047). */
  readonly subject: string;
  /** The plain text, made from HTML where there was only HTML. */
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly ReadAttachment[];
  /** What could not be read, in sentences. */
  readonly problems: readonly string[];
}

export interface ReadAttachment {
  readonly filename: string | undefined;
  readonly contentType: string;
  readonly content: Uint8Array;
}

/** One of these is in every mail; a thing that has none of them is something else. */
const TELLING_FIELDS = ['from', 'sender', 'reply-to', 'to', 'subject', 'date', 'message-id'];

const PARSER_OPTIONS: SimpleParserOptions = {
  keepCidLinks: true,
  skipTextToHtml: true,
  skipTextLinks: true,
  checksumAlgo: false,
  maxHtmlLengthToParse: MailLimits.maxHtmlCharacters,
  maxHeadSize: MailLimits.maxHeaderBytes,
  maxChildNodes: MailLimits.maxParts,
};

/**
 * Reads a message (RFC 5322, MIME). Broken encodings, unknown charsets and missing parts are read as well as they can be.
 * Throws MailRefused when it is no mail, is built to exhaust a reader, or takes longer than `maxReadingMs`.
 */
export async function readMail(raw: Uint8Array, maxReadingMs: number = MailLimits.maxReadingMs): Promise<ReadMail> {
  const parsed = await parse(raw, maxReadingMs);
  const fields = headerFields(parsed.headerLines ?? []);
  if (!TELLING_FIELDS.some((name) => fields.has(name))) throw notAMail();
  const { text, problem } = await readableText(parsed, maxReadingMs);
  return {
    fields,
    from: mailboxes(fields, 'from'),
    replyTo: mailboxes(fields, 'reply-to'),
    to: mailboxes(fields, 'to'),
    cc: mailboxes(fields, 'cc'),
    subject: parsed.subject ?? '',
    text,
    html: parsed.html || '',
    attachments: parsed.attachments.map(readAttachment),
    problems: problem === undefined ? [] : [problem],
  };
}

/** On mangled headers mailparser hands over a name or type that is not the text its types promise. */
function readAttachment({ filename, contentType, content }: Attachment): ReadAttachment {
  return {
    filename: typeof filename === 'string' ? filename : undefined,
    contentType: typeof contentType === 'string' ? contentType : 'application/octet-stream',
    content,
  };
}

async function readableText(mail: ParsedMail, maxReadingMs: number): Promise<{ text: string; problem?: string }> {
  const written = mail.text ?? '';
  if (written.trim() !== '' || !mail.html) return { text: written, ...conversionProblem(mail) };
  // mailparser makes text only of HTML that is the whole message, so it is handed over as one.
  const alone = await parse(Buffer.from(`Content-Type: text/html; charset=utf-8\r\n\r\n${mail.html}`), maxReadingMs);
  return { text: alone.text ?? '', ...conversionProblem(alone) };
}

function conversionProblem({ textConversionError: error }: ParsedMail): { problem?: string } {
  return error === undefined ? {} : { problem: `The HTML could not be turned into text (${error.message}); see the raw mail.` };
}

async function parse(raw: Uint8Array, maxReadingMs: number): Promise<ParsedMail> {
  const source = Readable.from(inPieces(raw), { objectMode: false });
  let timer: NodeJS.Timeout | undefined;
  const tooSlow = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(takesTooLong(maxReadingMs)), maxReadingMs);
  });
  try {
    return await Promise.race([simpleParser(source, PARSER_OPTIONS), tooSlow]);
  } catch (error) {
    throw error instanceof MailRefused ? error : refusalOf(error);
  } finally {
    clearTimeout(timer);
    source.destroy();
  }
}

/** In pieces, so that a large mail lets others have their turn. */
function* inPieces(raw: Uint8Array): Generator<Uint8Array> {
  const pieceBytes = 64 * 1024;
  for (let at = 0; at < raw.length; at += pieceBytes) yield raw.subarray(at, at + pieceBytes);
}

function refusalOf(error: unknown): MailRefused {
  const reason = error instanceof Error ? error.message : String(error);
  if (error instanceof Error && 'code' in error && error.code === 'EMAXLEN') return tooComplex(reason, error);
  return new MailRefused('mail_unreadable', `The message could not be read: ${reason}.`, 'Send it again as plain text.', { cause: error });
}

function tooComplex(reason: string, cause: Error): MailRefused {
  const limits = `${MailLimits.maxParts} parts and ${MailLimits.maxHeaderBytes / 1024} KB of header per part are read`;
  return new MailRefused('mail_too_complex', `The message is built too elaborately (${reason}); at most ${limits}.`, 'Send it again with fewer parts and a shorter header.', { cause });
}

function takesTooLong(maxReadingMs: number): MailRefused {
  return new MailRefused('mail_unreadable', `The message could not be read within ${maxReadingMs / 1000} seconds.`, 'Send it again as plain text.');
}

function notAMail(): MailRefused {
  return new MailRefused('not_a_mail', 'This is not a mail: it has no From, To, Subject, Date or Message-ID.', 'Send a message with a header (RFC 5322).');
}
