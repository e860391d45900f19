import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sendRawMail } from '../cli/send-mail.ts';

/** Mails of a small software company's ordinary morning, one file each, sent in the order of their names. */
const MAIL_FOLDER = fileURLToPath(new URL('../../demo', import.meta.url));
const PAUSE_MS = 1_500;

/** Feeds the demo's mails through the SMTP listener, slowly enough to watch the inbox fill. */
export async function runDemo({ smtpPort, log }: { smtpPort: number; log: (line: string) => void }): Promise<void> {
  const names = (await readdir(MAIL_FOLDER)).filter((name) => name.endsWith('.eml')).sort();
  for (const name of names) {
    const { from } = await sendRawMail(await readFile(join(MAIL_FOLDER, name)), smtpPort);
    log(`Demo: a mail from ${from} came in (${name})`);
    await sleep(PAUSE_MS);
  }
}
