import type { Effect, Failure } from '@troupe/contracts';

/** What nodemailer puts on an error: its own code, and the server's answer where there was one. */
export interface SmtpError {
  readonly message: string;
  readonly code?: string | undefined;
  readonly responseCode?: number | undefined;
}

/** Failures of the way there, not of the mail: another try may do better. */
const PASSING = new Set(['ECONNECTION', 'ESOCKET', 'ETIMEDOUT', 'EDNS', 'ETLS', 'EABORT']);

/**
 * What a failed SMTP conversation means (RFC 5321, 4.2.1 and 6.1). Until the final dot the receiver must not deliver,
 * so every failure before it leaves the outside unchanged. After the dot the receiver is responsible for the mail
 * unless it answers 4yz or 5yz: without an answer nobody knows.
 */
export function smtpFailure(error: SmtpError, { dotSent }: { readonly dotSent: boolean }): Effect {
  if (error.responseCode !== undefined) return refusedWith(error, error.responseCode);
  if (dotSent) return { kind: 'unclear', failure: noAnswer(error) };
  return { kind: 'refused', failure: neverHandedOver(error) };
}

function refusedWith({ message }: SmtpError, responseCode: number): Effect {
  const retryable = responseCode < 500;
  const code = retryable ? 'smtp_deferred' : 'smtp_refused';
  const hint = retryable
    ? 'The mail server asks to try again later: propose the mail again in a few minutes.'
    : 'The mail server will not take this mail: read its answer, then correct the recipient, the text or the login in SMTP_URL.';
  return { kind: 'refused', failure: { code, retryable, message: `The mail server answered: ${message}`, hint } };
}

function noAnswer({ message }: SmtpError): Failure {
  return {
    code: 'smtp_no_answer',
    retryable: false,
    message: `The whole mail was handed over, but the mail server's answer was lost: ${message}`,
    hint: 'Look into the sent mail of your provider, or ask the recipient, before you send it again.',
  };
}

function neverHandedOver({ message, code = '' }: SmtpError): Failure {
  return {
    code: 'smtp_unreachable',
    retryable: PASSING.has(code),
    message: `The mail was not handed over: ${message}`,
    hint: 'Check that the mail server in SMTP_URL answers, and its user and password.',
  };
}
