import type { RawMail } from '../harness/raw-mail.ts';
import { OWNER } from '../harness/world.ts';
import type { CorpusMail } from './corpus.ts';

/** A mail of the corpus as a mail server would have handed it to us: its own bytes, the envelope its headers tell of. */
export function asHandedOver({ text }: CorpusMail): RawMail {
  const source = text.replace(/^From [^\n]*\n/, '');
  const header = source.split(/\r?\n\r?\n/, 1)[0] ?? '';
  return {
    envelope: { from: addressIn(header, 'Return-Path') ?? addressIn(header, 'From') ?? '', to: [OWNER] },
    raw: source.replaceAll(/\r?\n/g, '\r\n'),
  };
}

/** Only what SMTP can carry as a sender; a From that is no address has none. */
function addressIn(header: string, name: string): string | undefined {
  const value = new RegExp(`^${name}:([^\\n]*)`, 'im').exec(header)?.[1] ?? '';
  return /[\w.+=-]+@[\w-]+(?:\.[\w-]+)+/.exec(value)?.[0];
}
