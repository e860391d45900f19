import { once } from 'node:events';
import { Readable } from 'node:stream';
import type { Effect } from '@troupe/contracts';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { OutgoingMail } from './compose-mail.ts';
import { redactedFrom } from './redacted-from.ts';
import { perRecipient, smtpFailure, type SmtpError } from './smtp-effect.ts';

type Settings = ReturnType<typeof parseConnectionUrl>;

/**
 * Hands one mail to the server of an SMTP URL (`smtp://user:password@host:port`, `smtps://…`, options as its query).
 * Speaks through nodemailer's connection rather than its transport, because only there it shows whether the final dot
 * was sent, and so whether a lost connection leaves a doubt. Never rejects; an abort ends the conversation.
 */
export async function deliver(mail: OutgoingMail, smtpUrl: string, signal: AbortSignal): Promise<Effect> {
  const settings = parseConnectionUrl(smtpUrl);
  const connection = new SMTPConnection(settings);
  const source = Readable.from([mail.source]);
  let dotSent = false;
  source.once('end', () => (dotSent = true));
  try {
    const info = await Promise.race([converse(connection, settings, mail, source), broken(connection), aborted(signal)]);
    return accepted(mail, info);
  } catch (error) {
    return smtpFailure(redacted(error as SmtpError, settings), { dotSent, host: settings.host ?? 'The mail server' });
  } finally {
    connection.close();
  }
}

/** The connection reads `source` only after the server has said yes to DATA; its end is followed by the final dot. */
async function converse(connection: SMTPConnection, settings: Settings, mail: OutgoingMail, source: Readable) {
  await answered<void>((done) => connection.connect((error) => done(error ?? null)));
  const { auth } = settings;
  if (auth && connection.allowsAuth) await answered((done) => connection.login(auth, done));
  const envelope = { from: mail.from, to: [...mail.recipients], size: mail.source.byteLength };
  return answered<SMTPConnection.SentMessageInfo>((done) => connection.send(envelope, source, done));
}

function answered<T>(ask: (done: (error: Error | null, answer?: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => ask((error, answer) => (error ? reject(error) : resolve(answer as T))));
}

function broken(connection: SMTPConnection): Promise<never> {
  return new Promise((_resolve, reject) => connection.on('error', reject));
}

async function aborted(signal: AbortSignal): Promise<never> {
  if (!signal.aborted) await once(signal, 'abort');
  throw Object.assign(new Error('the time for it was up'), { code: 'EABORT' });
}

function redacted({ code, responseCode, message, response, rejectedErrors }: SmtpError, { auth }: Settings): SmtpError {
  const clean = (text: string): string => redactedFrom(text, auth);
  const each = rejectedErrors?.map((refused) => ({ recipient: refused.recipient, response: refused.response && clean(refused.response) }));
  return { code, responseCode, message: clean(message), response: response && clean(response), rejectedErrors: each };
}

function accepted(mail: OutgoingMail, info: SMTPConnection.SentMessageInfo): Effect {
  const refused = info.rejected.length > 0 ? `; not for ${perRecipient(info.rejectedErrors ?? [])}` : '';
  return {
    kind: 'executed',
    providerReference: info.serverMessageId ?? mail.messageId,
    summary: `The mail server took it for ${info.accepted.join(', ')}${refused}: ${info.response}`.slice(0, 1_000),
  };
}
