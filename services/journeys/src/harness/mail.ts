import { createTransport } from 'nodemailer';

export interface Mail {
  readonly from: string;
  readonly to?: string;
  readonly subject: string;
  readonly text: string;
  readonly messageId?: string;
  /** A mail that is delivered again has the date it was written; unset, now. */
  readonly date?: Date;
  readonly references?: string[];
  readonly headers?: Record<string, string>;
}

/** Sends a mail the way a stranger's mail server would: over SMTP. Resolves once it was taken. */
export async function sendMail(smtpPort: number, mail: Mail): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port: smtpPort, secure: false, ignoreTLS: true });
  await transport.sendMail({ to: 'owner@acme.example', ...mail });
  transport.close();
}
