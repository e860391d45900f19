import { Inject, Injectable } from '@nestjs/common';
import { Buckets, EmailReceived, EmailRefused, Origin, sha256, stableId } from '@troupe/contracts';
import { Blobs, Publisher } from '@troupe/messaging';
import { LOG } from '@troupe/service-host';
import { describeMail, identify, keptAttachments, subjectOf, type MailIdentity } from './email-received.ts';
import { MailRefused } from './gateway.errors.ts';
import { Ingest, type Accepted } from './ingest.ts';
import type { Log } from './log.ts';
import { mailbox } from './mail-header.ts';
import { readMail, type ReadMail } from './mail-reader.ts';

/** A message as it was handed over, by whichever way. `envelopeFrom` is SMTP's MAIL FROM. */
export interface HandedOverMail {
  readonly raw: Uint8Array;
  readonly envelopeFrom?: string | undefined;
}

/** A message that is turned away; `token` tells two of them apart and is the same for the same message. */
export interface RefusedMail {
  readonly sizeBytes: number;
  readonly token: string;
  readonly envelopeFrom?: string | undefined;
}

/** Takes a mail in, whichever way it came. */
@Injectable()
export class EmailIntake {
  constructor(
    private readonly ingest: Ingest,
    private readonly blobs: Blobs,
    private readonly publisher: Publisher,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /**
   * Resolves once raw mail, attachments and event are stored. Throws MailRefused when the message itself is at fault
   * (`evt.email.refused` says so), NotNow when it is to be sent again.
   */
  async accept({ raw, envelopeFrom }: HandedOverMail): Promise<Accepted> {
    const mail = await this.#read({ raw, envelopeFrom });
    const identity = identify(mail);
    return this.ingest.accept({
      eventId: identity.eventId,
      contract: EmailReceived,
      describe: () => this.#storeAndDescribe(mail, identity, { raw, envelopeFrom }),
    });
  }

  /** Puts the refusal on the stream. It never fails: the sender gets the same answer whether or not the broker is there. */
  async refuse({ failure }: MailRefused, { sizeBytes, token, envelopeFrom }: RefusedMail): Promise<void> {
    const from = mailbox(envelopeFrom ?? '')?.address;
    const id = stableId('evt', 'email-refused', failure.code, token);
    try {
      await this.publisher.publish(EmailRefused, { ...(from !== undefined && { from }), sizeBytes, failure }, { id, origin: Origin.external });
    } catch (error) {
      this.log.warn({ failure, sizeBytes, err: error }, 'a message was refused, and the event about it could not be stored');
    }
  }

  async #read({ raw, envelopeFrom }: HandedOverMail): Promise<ReadMail> {
    try {
      return await readMail(raw);
    } catch (error) {
      if (error instanceof MailRefused) await this.refuse(error, { sizeBytes: raw.length, token: sha256(raw), envelopeFrom });
      throw error;
    }
  }

  async #storeAndDescribe(mail: ReadMail, identity: MailIdentity, { raw, envelopeFrom }: HandedOverMail) {
    const rawReference = await this.blobs.put(Buckets.rawMail, raw);
    const attachments = [];
    for (const { content } of keptAttachments(mail)) attachments.push(await this.blobs.put(Buckets.attachments, content));
    const data = describeMail(mail, identity, { raw: rawReference, attachments }, envelopeFrom);
    return { data, subject: subjectOf(data) };
  }
}
