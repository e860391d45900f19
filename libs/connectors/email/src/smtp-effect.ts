import type { Effect, Failure } from '@troupe/contracts';

/** What nodemailer puts on an error: its own code, the server's answer, and the same for each recipient that was refused. */
export interface SmtpError {
  readonly message: string;
  readonly code?: string | undefined;
  readonly responseCode?: number | undefined;
  readonly response?: string | undefined;
  readonly rejectedErrors?: readonly RecipientError[] | undefined;
}

/** What the server said of one recipient. */
export interface RecipientError {
  readonly recipient?: string | undefined;
  readonly response?: string | undefined;
}

/** How far a conversation came, and with whom. */
export interface Conversation {
  /** The receiver is responsible for the mail unless it said otherwise. */
  readonly dotSent: boolean;
  readonly host: string;
}

/** Failures of the way there, not of the mail: another try may do better. */
const PASSING = new Set(['ECONNECTION', 'ESOCKET', 'ETIMEDOUT', 'EDNS', 'ETLS', 'EABORT']);
/** "Service not available, closing": about the server, not about this mail. */
const CLOSING = 421;

/**
 * What a failed SMTP conversation means (RFC 5321, 4.2.1 and 6.1). Until the final dot the receiver must not deliver,
 * so every failure before it leaves the outside unchanged. After the dot the receiver is responsible for the mail
 * unless it answers 4yz or 5yz: without an answer nobody knows.
 */
export function smtpFailure(error: SmtpError, conversation: Conversation): Effect {
  if (error.responseCode !== undefined) return refusedWith(error, error.responseCode, conversation);
  if (conversation.dotSent) return { kind: 'unclear', failure: noAnswer(error) };
  return { kind: 'refused', failure: neverHandedOver(error, conversation) };
}

/** `450 4.2.0 greylisted (ana@example.com); 550 no such user (bo@example.com)` */
export function perRecipient(errors: readonly RecipientError[]): string {
  return errors.map(({ recipient, response }) => `${(response ?? 'no answer').trim()} (${recipient ?? 'unnamed'})`).join('; ');
}

function refusedWith({ message, response, rejectedErrors = [] }: SmtpError, responseCode: number, { host }: Conversation): Effect {
  const answer = rejectedErrors.length > 0 ? perRecipient(rejectedErrors) : (response ?? message);
  if (responseCode >= 500) {
    const hint = 'The mail server will not take this mail: read its answer, then correct the recipient, the text or the login in SMTP_URL.';
    return { kind: 'refused', failure: { code: 'smtp_refused', retryable: false, message: `${host} answered: ${answer}`, hint } };
  }
  const hint = 'The mail server asks to try again later; nothing was delivered.';
  const failure = { code: 'smtp_deferred', retryable: true, message: `${host} put it off: ${answer}`, hint };
  return { kind: 'refused', failure, onlyThisOne: responseCode !== CLOSING };
}

function noAnswer({ message }: SmtpError): Failure {
  return {
    code: 'smtp_no_answer',
    retryable: false,
    message: `The whole mail was handed over, but the mail server's answer was lost: ${message}`,
    hint: 'Look into the sent mail of your provider, or ask the recipient, before you send it again.',
  };
}

function neverHandedOver({ message, code = '' }: SmtpError, { host }: Conversation): Failure {
  return {
    code: 'smtp_unreachable',
    retryable: PASSING.has(code),
    message: `${host} could not be handed the mail: ${message}`,
    hint: 'Check that the mail server in SMTP_URL answers, and its user and password.',
  };
}
