import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A message that the sandbox kept instead of sending it. */
export interface OutboxMessage {
  readonly file: string;
  readonly writtenAt: string;
  readonly to: string;
  readonly subject: string;
}

/** The messages in the sandbox outbox, oldest first; none when the folder does not exist yet. */
export async function listOutbox(folder: string): Promise<OutboxMessage[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.eml'));
  const messages = await Promise.all(names.map((name) => readMessage(join(folder, name))));
  return messages.sort((one, other) => one.writtenAt.localeCompare(other.writtenAt));
}

async function readMessage(file: string): Promise<OutboxMessage> {
  const [raw, { mtime }] = await Promise.all([readFile(file, 'utf8'), stat(file)]);
  return { file, writtenAt: mtime.toISOString(), to: header(raw, 'to'), subject: header(raw, 'subject') };
}

function header(raw: string, name: string): string {
  const head = raw.split(/\r?\n\r?\n/, 1)[0] ?? '';
  return new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(head)?.[1]?.trim() ?? '';
}
