import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerDataStream, SMTPServerSession } from 'smtp-server';

/**
 * What the server does with a message:
 * `accept` it; `refuse` its recipients for good (550); `defer` them (451, try again); `hang` after DATA without an
 * answer, keeping nothing; `accept-then-drop`: keep it, and cut the connection before the answer, so that the
 * sender cannot know.
 */
export type SmtpBehaviour = 'accept' | 'refuse' | 'defer' | 'hang' | 'accept-then-drop';

/** One message as it came over the wire. */
export interface CapturedMessage {
  readonly from: string;
  readonly to: readonly string[];
  /** The raw source: headers, blank line, body. */
  readonly raw: string;
}

/** A real SMTP server on 127.0.0.1 that keeps what it is given. */
export interface SmtpCapture {
  readonly url: string;
  readonly port: number;
  /** Every message that it took, in order. */
  readonly messages: readonly CapturedMessage[];
  /** How often a sender began a message (MAIL FROM), taken or not. */
  readonly attempts: number;
  /** Applies from the next command on. */
  behave(behaviour: SmtpBehaviour): void;
  /** Cuts every connection and ends. */
  stop(): Promise<void>;
}

const STATUS = { refuse: 550, defer: 451 } as const;

/** Starts a capturing SMTP server; it asks for no login and offers no TLS. */
export async function captureSmtp(options: { behaviour?: SmtpBehaviour; port?: number } = {}): Promise<SmtpCapture> {
  const capture = new Capture(options.behaviour ?? 'accept');
  await capture.listen(options.port ?? 0);
  return capture;
}

class Capture implements SmtpCapture {
  readonly messages: CapturedMessage[] = [];
  attempts = 0;
  readonly #sockets = new Set<{ destroy(): void }>();
  readonly #server: SMTPServer;

  constructor(private behaviour: SmtpBehaviour) {
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      onMailFrom: (_address, _session, callback) => {
        this.attempts += 1;
        callback();
      },
      onRcptTo: (_address, _session, callback) => callback(this.#refusal()),
      onData: (stream, session, callback) => void this.#receive(stream, session, callback),
    });
    this.#server.server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    this.#server.on('error', () => {});
  }

  get port(): number {
    return (this.#server.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  async listen(port: number): Promise<void> {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server.server, 'listening');
  }

  behave(behaviour: SmtpBehaviour): void {
    this.behaviour = behaviour;
  }

  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#cutConnections();
    await closed;
  }

  #refusal(): Error | null {
    if (this.behaviour !== 'refuse' && this.behaviour !== 'defer') return null;
    return Object.assign(new Error(`this test server is told to ${this.behaviour}`), { responseCode: STATUS[this.behaviour] });
  }

  async #receive(stream: SMTPServerDataStream, session: SMTPServerSession, answer: () => void): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    if (this.behaviour === 'hang') return;
    const { mailFrom, rcptTo } = session.envelope;
    const from = mailFrom === false ? '' : mailFrom.address;
    this.messages.push({ from, to: rcptTo.map(({ address }) => address), raw: Buffer.concat(chunks).toString() });
    if (this.behaviour === 'accept-then-drop') this.#cutConnections();
    else answer();
  }

  #cutConnections(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}
