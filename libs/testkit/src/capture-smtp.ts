import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerDataStream, SMTPServerSession } from 'smtp-server';

/**
 * What the server does with a message:
 * `accept` it; `refuse` its recipients for good (550); `defer` them (451, try again); `hang` after DATA without an
 * answer, keeping nothing; `accept-then-drop`: keep it, and cut the connection before the answer, so that the
 * sender cannot know.
 */
export type SmtpBehaviour = 'accept' | 'refuse' | 'defer' | 'hang' | 'accept-then-drop' | SmtpStep;

/**
 * Something unusual at one step of a conversation; all others are accepted. `answer` is what the server says instead (a
 * status and a text), `cut` ends the connection without a word, `afterMs` lets it take its time first.
 */
export interface SmtpStep {
  readonly at: 'connect' | 'mail' | 'rcpt' | 'dot';
  /** Only for this recipient. */
  readonly recipient?: string;
  readonly answer?: readonly [status: number, text: string];
  readonly cut?: true;
  readonly afterMs?: number;
}

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
      onConnect: (_session, callback) => void this.#step('connect', undefined, callback),
      onMailFrom: (_address, _session, callback) => {
        this.attempts += 1;
        void this.#step('mail', undefined, callback);
      },
      onRcptTo: ({ address }, _session, callback) => void this.#step('rcpt', address, callback),
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

  async #step(at: SmtpStep['at'], recipient: string | undefined, answer: (error?: Error | null) => void): Promise<void> {
    const step = this.#scripted(at, recipient);
    if (step?.afterMs) await sleep(step.afterMs);
    if (step?.cut) return this.#cutConnections();
    const [responseCode, text] = step?.answer ?? [];
    answer(responseCode === undefined ? null : Object.assign(new Error(text), { responseCode }));
  }

  #scripted(at: SmtpStep['at'], recipient: string | undefined): SmtpStep | undefined {
    const { behaviour } = this;
    if (behaviour === 'refuse' || behaviour === 'defer') {
      return at === 'rcpt' ? { at, answer: [STATUS[behaviour], `this test server is told to ${behaviour}`] } : undefined;
    }
    if (typeof behaviour === 'string' || behaviour.at !== at) return undefined;
    return behaviour.recipient === undefined || behaviour.recipient === recipient ? behaviour : undefined;
  }

  async #receive(stream: SMTPServerDataStream, session: SMTPServerSession, answer: (error?: Error | null) => void): Promise<void> {
    const raw = await received(stream);
    if (raw === undefined) return;
    if (this.behaviour === 'hang') return;
    const step = this.#scripted('dot', undefined);
    if (step?.answer || step?.cut) return this.#step('dot', undefined, answer);
    if (step?.afterMs) await sleep(step.afterMs);
    const { mailFrom, rcptTo } = session.envelope;
    const from = mailFrom === false ? '' : mailFrom.address;
    this.messages.push({ from, to: rcptTo.map(({ address }) => address), raw });
    if (this.behaviour === 'accept-then-drop') this.#cutConnections();
    else answer();
  }

  #cutConnections(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}

/** The whole mail; undefined when the sender went away in the middle of it, as one does that is killed: nothing was received. */
async function received(stream: SMTPServerDataStream): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of stream) chunks.push(chunk as Buffer);
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks).toString();
}
