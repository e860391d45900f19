import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { EmailSend, sha256, type Attempt, type Connector, type Effect, type Finding } from '@troupe/contracts';
import { composeMail, digestPart, messageIdOf } from './compose-mail.ts';
import { createFile, notWritten, whenMissing } from './durable-file.ts';

/**
 * The sandbox outbox: each mail becomes one `.eml` file that any mail program opens, named by time and Message-ID.
 * Repeatable: there are never two files for one Message-ID.
 */
export class OutboxMail implements Connector {
  readonly name = 'email';
  readonly mode = 'sandbox';
  readonly handles = [EmailSend.type];
  readonly repeatable = true;

  constructor(private readonly options: { readonly folder: string; readonly ownerEmail: string }) {}

  keyOf(attempt: Attempt): string {
    return messageIdOf(attempt, this.options.ownerEmail);
  }

  async execute(attempt: Attempt): Promise<Effect> {
    try {
      const existing = await this.find(attempt);
      return written(existing ?? (await this.write(attempt)), this.keyOf(attempt));
    } catch (error) {
      return notWritten(this.options.folder, error);
    }
  }

  async findOutcome(attempt: Attempt): Promise<Finding> {
    const existing = await this.find(attempt);
    return existing === undefined ? { kind: 'not_executed' } : written(existing, this.keyOf(attempt));
  }

  private async find(attempt: Attempt): Promise<string | undefined> {
    const names = await readdir(this.options.folder).catch(whenMissing<string[]>([]));
    return names.find((name) => name.endsWith(`-${this.suffixOf(attempt)}`));
  }

  private async write(attempt: Attempt): Promise<string> {
    const { source } = await composeMail(attempt, this.options.ownerEmail);
    const name = `${new Date(attempt.startedAtMs).toISOString().replaceAll(':', '-')}-${this.suffixOf(attempt)}`;
    await createFile(join(this.options.folder, name), source);
    return name;
  }

  private suffixOf(attempt: Attempt): string {
    return `${digestPart(sha256(this.keyOf(attempt)))}.eml`;
  }
}

function written(name: string, messageId: string): Effect {
  return { kind: 'executed', providerReference: messageId, summary: `Sandbox: written to outbox/${name}; nothing left this machine.` };
}
