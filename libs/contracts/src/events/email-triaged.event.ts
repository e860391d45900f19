import { z } from 'zod';
import { defineEvent } from '../event-contract.ts';
import { GroundsSchema, MailboxSchema, ModelReferenceSchema } from './parts.ts';

/** The classes of mail, each with one meaning. */
export const MailCategorySchema = z.enum(['support', 'billing', 'sales', 'newsletter', 'spam', 'personal']);
export type MailCategory = z.infer<typeof MailCategorySchema>;

/** `high` is today; `low` can wait or needs no answer. */
export const UrgencySchema = z.enum(['high', 'normal', 'low']);
export type Urgency = z.infer<typeof UrgencySchema>;

/** What triage reads out of a mail; the engine's answer to `mail.triage`. Spans are the mail's own words. */
export const TriageAnswerSchema = z.object({
  category: MailCategorySchema,
  urgency: UrgencySchema,
  who: z.object({ name: z.string().max(200).optional(), company: z.string().max(200).optional() }),
  /** One line: a sentence of the mail. */
  what: z.string().max(500),
  /** Questions and requests found. */
  asks: z.array(z.string().max(500)).max(10),
  amounts: z.array(z.object({ amount: z.string(), currency: z.string(), span: z.string().max(200) })).max(20),
  dates: z.array(z.string().max(100)).max(20),
  references: z.array(z.string().max(100)).max(20),
  confidence: z.number().min(0).max(1),
});
export type TriageAnswer = z.infer<typeof TriageAnswerSchema>;

/**
 * A mail was read and sorted.
 * Emitted when: triage has classified a received mail and pulled out who, what and how urgent.
 * Guarantees: one per received mail, and another when the owner has placed one that nobody else could; every amount, date and reference is copied from the mail.
 * Does not mean: that anything is done about it, or that what the sender claims is true.
 */
export const EmailTriaged = defineEvent({
  type: 'evt.email.triaged',
  version: 1,
  retention: 'business',
  schema: z.object({
    emailEventId: z.string(),
    messageId: z.string(),
    from: MailboxSchema,
    subject: z.string(),
    triage: TriageAnswerSchema,
    model: ModelReferenceSchema,
    grounds: GroundsSchema,
  }),
});
