import { createTransport } from 'nodemailer';

/** Who sends and who receives, for SMTP; the headers in the message stay as they are. */
export interface Envelope {
  readonly from: string;
  readonly to: readonly string[];
}

/** A message that was taken, and what the server said about it. */
export interface Delivery extends Envelope {
  readonly response: string;
}

/** Hands a raw message to the SMTP server on this port of this machine, as any mail program would. */
export async function sendRawMail(raw: Buffer | string, smtpPort: number): Promise<Delivery> {
  const envelope = envelopeOf(raw.toString());
  const transport = createTransport({ host: '127.0.0.1', port: smtpPort, secure: false, ignoreTLS: true });
  try {
    const { response } = await transport.sendMail({ envelope: { from: envelope.from, to: [...envelope.to] }, raw });
    return { ...envelope, response };
  } catch (cause) {
    throw new Error(explainSmtpFailure(cause as SmtpFailure, smtpPort), { cause });
  } finally {
    transport.close();
  }
}

/**
 * The envelope that a message's own headers suggest. A message without a sender or a recipient still goes out,
 * from nobody (`<>`, as a bounce would) or to the owner.
 */
export function envelopeOf(raw: string): Envelope {
  const head = raw.split(/\r?\n\r?\n/, 1)[0] ?? '';
  const from = addressesIn(head, 'from')[0] ?? '';
  const to = [...addressesIn(head, 'to'), ...addressesIn(head, 'cc')];
  return { from, to: to.length > 0 ? to : ['owner@localhost'] };
}

/** Good enough for an envelope: what looks like an address in a header, folded lines included. */
function addressesIn(head: string, header: string): string[] {
  const value = new RegExp(`^${header}:((?:.*(?:\\r?\\n[ \\t])?)*)`, 'im').exec(head)?.[1] ?? '';
  return value.match(/[^\s<>",;:()]+@[^\s<>",;:()]+/g) ?? [];
}

interface SmtpFailure {
  readonly code?: string;
  readonly response?: string;
  readonly message: string;
}

function explainSmtpFailure({ code, response, message }: SmtpFailure, port: number): string {
  if (code === 'ESOCKET' || code === 'ECONNECTION' || code === 'ECONNREFUSED') {
    return `Troupe does not take mail at localhost:${port}: run npm start, or set TROUPE_SMTP_PORT to its port.`;
  }
  return `The mail was refused: ${response ?? message}`;
}
