import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { EmailSend, sha256, type Attempt, type Connector, type Effect, type Finding } from '@troupe/contracts';
import { composeMail, digestPart, messageIdOf } from './compose-mail.ts';
import { createFile, notWritten, whenMissing } from './durable-file.ts';

/**
 * The sandbox outbox: each mail becomes one `.eml` file that any mail program opens. The file is named by the Message-ID
 * alone, so there are never two for one, and looking for one does not depend on how many there are (I12).
 */
export class OutboxMail implements Connector {
  readonly name = 'email';
  readonly mode = 'sandbox';
  readonly handles = [EmailSend.type];

  constructor(private readonly options: { readonly folder: string; readonly ownerEmail: string }) {}

  keyOf(attempt: Attempt): string {
    return messageIdOf(attempt, this.options.ownerEmail);
  }

  async execute(attempt: Attempt): Promise<Effect> {
    try {
      const { source } = await composeMail(attempt, this.options.ownerEmail);
      await createFile(this.pathOf(attempt), source);
      return this.written(attempt);
    } catch (error) {
      return notWritten(this.options.folder, error);
    }
  }

  repeat(attempt: Attempt): Promise<Effect> {
    return this.execute(attempt);
  }

  async findOutcome(attempt: Attempt): Promise<Finding> {
    const isThere = await access(this.pathOf(attempt)).then(() => true, whenMissing(false));
    return isThere ? this.written(attempt) : { kind: 'not_executed' };
  }

  private written(attempt: Attempt): Effect {
    const summary = `Sandbox: written to outbox/${this.nameOf(attempt)}; nothing left this machine.`;
    return { kind: 'executed', providerReference: this.keyOf(attempt), summary };
  }

  private pathOf(attempt: Attempt): string {
    return join(this.options.folder, this.nameOf(attempt));
  }

  private nameOf(attempt: Attempt): string {
    return `${digestPart(sha256(this.keyOf(attempt)))}.eml`;
  }
}
