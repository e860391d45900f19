import { EmailSend, type Attempt, type Connector, type Effect, type Finding } from '@troupe/contracts';
import { composeMail, messageIdOf } from './compose-mail.ts';
import { deliver } from './smtp-delivery.ts';

/**
 * Mail over SMTP. There is no `repeat`: a server that gets the same Message-ID twice may well deliver twice, and there is no
 * command to ask whether it has one, so a lost answer stays unclear (I4).
 */
export class SmtpMail implements Connector {
  readonly name = 'email';
  readonly mode = 'live';
  readonly handles = [EmailSend.type];

  constructor(private readonly options: { readonly smtpUrl: string; readonly ownerEmail: string }) {}

  keyOf(attempt: Attempt): string {
    return messageIdOf(attempt, this.options.ownerEmail);
  }

  async execute(attempt: Attempt, signal: AbortSignal): Promise<Effect> {
    return deliver(await composeMail(attempt, this.options.ownerEmail), this.options.smtpUrl, signal);
  }

  findOutcome(): Promise<Finding> {
    return Promise.resolve({
      kind: 'unclear',
      failure: {
        code: 'smtp_cannot_tell',
        retryable: false,
        message: 'Sending began, but how it ended was not noted; a mail server cannot be asked.',
        hint: 'Look into the sent mail of your provider, or ask the recipient, before you send it again.',
      },
    });
  }
}
