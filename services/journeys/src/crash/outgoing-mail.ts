import { captureSmtp } from '@troupe/testkit';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A mail that left the company. Ids in angle brackets. */
export interface SentMail {
  readonly messageId: string;
  readonly inReplyTo: string;
}

/** Where mail leaves to, and what has arrived there. */
export interface OutgoingMail {
  /** Empty: the sandbox outbox. */
  readonly smtpUrl: string;
  /** Whether it can tell after a crash that a mail has arrived; else the action's state is `unknown`. */
  readonly canTell: boolean;
  sent(): Promise<SentMail[]>;
  stop(): Promise<void>;
}

export type OutgoingKind = 'smtp' | 'outbox';

/** A real SMTP server that keeps what it gets, or the sandbox outbox in `home`. */
export async function openOutgoing(kind: OutgoingKind, home: string): Promise<OutgoingMail> {
  if (kind === 'outbox') {
    const folder = join(home, 'outbox');
    return { smtpUrl: '', canTell: true, sent: () => readOutbox(folder), stop: () => Promise.resolve() };
  }
  const capture = await captureSmtp();
  return { smtpUrl: capture.url, canTell: false, sent: () => Promise.resolve(capture.messages.map(({ raw }) => sentMailOf(raw))), stop: () => capture.stop() };
}

async function readOutbox(folder: string): Promise<SentMail[]> {
  const names = await readdir(folder).catch(() => []);
  const mails = names.filter((name) => name.endsWith('.eml'));
  return Promise.all(mails.map(async (name) => sentMailOf(await readFile(join(folder, name), 'utf8'))));
}

/** The ids in the header of a mail. */
export function sentMailOf(raw: string): SentMail {
  const unfolded = raw.split('\r\n\r\n', 1)[0]?.replaceAll(/\r\n[ \t]+/g, ' ') ?? '';
  const header = (name: string): string => new RegExp(`^${name}: *(<[^>]*>)`, 'im').exec(unfolded)?.[1] ?? '';
  return { messageId: header('Message-ID'), inReplyTo: header('In-Reply-To') };
}
