import { join } from 'node:path';
import type { Connector } from '@troupe/contracts';
import { LabelStore } from './label-store.connector.ts';
import { OutboxMail } from './outbox-mail.connector.ts';
import { SmtpMail } from './smtp-mail.connector.ts';

/** What the mail connectors need; the address of the outgoing server decides between SMTP and the sandbox. */
export interface EmailSettings {
  /** Folder of Troupe's files; the sandbox outbox and the labels are below it. */
  readonly home: string;
  /** Sender of what leaves. */
  readonly ownerEmail: string;
  /** Unset: mail goes to the sandbox outbox. */
  readonly smtpUrl?: string | undefined;
}

/** The connectors for everything about mail: one that sends, live or sandbox, and one that labels. */
export function emailConnectors({ home, ownerEmail, smtpUrl }: EmailSettings): readonly Connector[] {
  const mail = smtpUrl
    ? new SmtpMail({ smtpUrl, ownerEmail })
    : new OutboxMail({ folder: join(home, 'outbox'), ownerEmail });
  return [mail, new LabelStore({ folder: join(home, 'labels') })];
}
