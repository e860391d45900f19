import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as after } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { LOG, TroupeConfig } from '@troupe/service-host';
import { SMTPServer, type SMTPServerAddress, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { EmailIntake } from './email-intake.ts';
import { MailRefused, NotNow, tooLarge } from './gateway.errors.ts';
import type { Log } from './log.ts';
import { MailLimits } from './mail-limits.ts';
import { ByteBudget, ReceivedMessage } from './received-message.ts';

const MAX_SESSIONS = 50;
const MAX_RECIPIENTS = 100;
const IDLE_TIMEOUT_MS = 60_000;
const DRAIN_TIMEOUT_MS = 5_000;
/** Over all messages being received at once. Reading a message needs about three times its size on top. */
const MAX_HELD_BYTES = 4 * MailLimits.maxMessageBytes;

type Answer = (error?: (Error & { responseCode?: number }) | null, message?: string) => void;

/**
 * SMTP (RFC 5321) without login or TLS, for this machine and the relay in front of it. A message is answered 250 only once
 * its event is stored, 5xx when the message itself is at fault, 4xx when we are: then the sender keeps it and comes again.
 */
@Injectable()
export class SmtpListener implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #server: SMTPServer;
  readonly #budget = new ByteBudget(MAX_HELD_BYTES);
  readonly #sockets = new Set<Socket>();
  readonly #receiving = new Set<Promise<void>>();

  constructor(
    private readonly intake: EmailIntake,
    private readonly config: TroupeConfig,
    @Inject(LOG) private readonly log: Log,
  ) {
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      size: MailLimits.maxMessageBytes,
      // The announced size is checked in onMailFrom, where a refusal can also become an event.
      hideSize: true,
      maxClients: MAX_SESSIONS,
      maxRecipients: MAX_RECIPIENTS,
      socketTimeout: IDLE_TIMEOUT_MS,
      closeTimeout: DRAIN_TIMEOUT_MS,
      lenientAddressParsing: true,
      onMailFrom: (address, session, answer) => void this.#checkAnnouncedSize(address, session).then(() => answer(), answerWith(answer)),
      onData: (stream, session, answer) => this.#track(this.#receive(stream, session).then((text) => answer(null, text), answerWith(answer))),
    });
    this.#server.on('error', (error) => this.log.warn({ err: error }, 'an SMTP connection failed'));
    this.#server.server.on('connection', (socket) => this.#watch(socket));
  }

  /** The port it listens on. */
  get port(): number {
    return (this.#server.server.address() as AddressInfo).port;
  }

  async onApplicationBootstrap(): Promise<void> {
    const { smtpHost, smtpPort } = this.config;
    this.#server.listen(smtpPort, smtpHost);
    await once(this.#server.server, 'listening').catch((cause: unknown) => {
      throw new Error(`Cannot listen for mail on ${smtpHost}:${smtpPort}. Stop what uses that port, or set TROUPE_SMTP_PORT to a free one.`, { cause });
    });
    this.log.info({ host: smtpHost, port: this.port }, 'listening for mail');
  }

  /** Takes no new mail, lets what is being received end, then closes every connection. */
  async onApplicationShutdown(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(resolve));
    const drained = new AbortController();
    await Promise.race([
      Promise.all(this.#receiving).finally(() => drained.abort()),
      after(DRAIN_TIMEOUT_MS, undefined, { signal: drained.signal }).catch(() => {}),
    ]);
    for (const socket of this.#sockets) socket.destroySoon();
    await closed;
  }

  #watch(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
  }

  #track(work: Promise<void>): void {
    this.#receiving.add(work);
    void work.finally(() => this.#receiving.delete(work));
  }

  async #checkAnnouncedSize({ address, args }: SMTPServerAddress, session: SMTPServerSession): Promise<void> {
    const announcedBytes = Number((args || {})['SIZE'] ?? 0);
    if (announcedBytes <= MailLimits.maxMessageBytes) return;
    const refusal = tooLarge(MailLimits.maxMessageBytes);
    await this.intake.refuse(refusal, { sizeBytes: announcedBytes, token: `${session.id}:${session.transaction}`, envelopeFrom: address });
    throw refusal;
  }

  /** The sentence that goes with 250. */
  async #receive(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<string> {
    const { mailFrom } = session.envelope;
    const envelopeFrom = mailFrom === false ? undefined : mailFrom.address;
    const message = new ReceivedMessage(this.#budget);
    try {
      for await (const chunk of stream) message.add(chunk as Buffer);
      const { eventId, duplicate } = await this.#accept(message, envelopeFrom);
      return `OK: ${duplicate ? 'known already as' : 'stored as'} ${eventId}`;
    } catch (error) {
      this.#note(error);
      throw error;
    } finally {
      message.release();
    }
  }

  async #accept(message: ReceivedMessage, envelopeFrom: string | undefined) {
    if (message.crowdedOut) throw new NotNow('Too much mail at once.');
    if (message.sizeBytes <= MailLimits.maxMessageBytes) return this.intake.accept({ raw: message.bytes(), envelopeFrom });
    const refusal = tooLarge(MailLimits.maxMessageBytes);
    await this.intake.refuse(refusal, { sizeBytes: message.sizeBytes, token: message.digest(), envelopeFrom });
    throw refusal;
  }

  #note(error: unknown): void {
    if (error instanceof MailRefused) this.log.info({ failure: error.failure }, 'a message was refused');
    else this.log.warn({ err: error }, 'a message was put off: its sender will try again');
  }
}

/** Turns what went wrong into the SMTP reply: the message's fault is 5xx, ours is 451 (RFC 5321, section 4.2.2). */
function answerWith(answer: Answer): (error: unknown) => void {
  return (error) => {
    const refused = error instanceof MailRefused;
    const text = refused ? `${error.failure.message} ${error.failure.hint}` : 'Not stored yet: please send it again later.';
    answer(Object.assign(new Error(text), { responseCode: refused ? error.smtpCode : 451 }));
  };
}
