import { z } from 'zod';
import { defineEvent } from '../event-contract.ts';
import { BlobReferenceSchema, MailboxSchema } from './parts.ts';

/**
 * An email arrived.
 * Emitted when: the gateway has taken a message over SMTP or HTTP and its raw form is in the object store.
 * Guarantees: one event per Message-ID and content, however often the mail is delivered; `raw` can be fetched.
 * Does not mean: that the sender is who they claim to be, or that anyone has read it.
 */
export const EmailReceived = defineEvent({
  type: 'evt.email.received',
  version: 1,
  retention: 'business',
  schema: z.object({
    /** In angle brackets; one is made up from the content (and `problems` says so) when the mail had none. */
    messageId: z.string().max(998),
    from: MailboxSchema,
    replyTo: MailboxSchema.optional(),
    to: z.array(MailboxSchema).max(200),
    cc: z.array(MailboxSchema).max(200),
    subject: z.string().max(1_000),
    /** Plain text, made from HTML where there was only HTML; at most 32,768 characters, see `truncated`. */
    text: z.string().max(32_768),
    truncated: z.boolean(),
    date: z.iso.datetime().optional(),
    inReplyTo: z.string().max(998).optional(),
    references: z.array(z.string().max(998)).max(100),
    /** Headers that tell lists and robots from people. */
    headers: z.object({
      listId: z.string().max(500).optional(),
      listUnsubscribe: z.string().max(2_000).optional(),
      precedence: z.string().max(100).optional(),
      autoSubmitted: z.string().max(100).optional(),
    }),
    attachments: z
      .array(z.object({ filename: z.string().max(500), contentType: z.string().max(200), blob: BlobReferenceSchema }))
      .max(100),
    raw: BlobReferenceSchema,
    /** What was wrong with the mail and how it was read all the same. */
    problems: z.array(z.string().max(500)).max(50),
  }),
});
