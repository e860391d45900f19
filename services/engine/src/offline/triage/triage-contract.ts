import { z } from 'zod';

export const CATEGORIES = ['support', 'billing', 'sales', 'newsletter', 'spam', 'personal'] as const;
export type Category = (typeof CATEGORIES)[number];

export const URGENCIES = ['high', 'normal', 'low'] as const;
export type Urgency = (typeof URGENCIES)[number];

const MailAddress = z.object({ address: z.string(), name: z.string().optional() });

/** What the offline tasks read of a mail. Unknown fields are ignored, missing ones count as absent. */
export const Mail = z.object({
  subject: z.string().default(''),
  text: z.string().default(''),
  from: MailAddress.default({ address: '' }),
  to: z.array(z.string()).default([]),
  headers: z
    .object({
      listId: z.string().optional(),
      listUnsubscribe: z.string().optional(),
      precedence: z.string().optional(),
      autoSubmitted: z.string().optional(),
      replyTo: z.string().optional(),
    })
    .default({}),
  attachments: z
    .array(z.object({ filename: z.string().default(''), contentType: z.string().default(''), size: z.number().default(0) }))
    .default([]),
  isReply: z.boolean().default(false),
  ownerEmail: z.string().default(''),
});
export type Mail = z.output<typeof Mail>;

export const Triage = z.object({
  category: z.enum(CATEGORIES),
  urgency: z.enum(URGENCIES),
  who: z.object({ name: z.string().optional(), company: z.string().optional() }),
  /** One sentence of the mail, word for word. */
  what: z.string(),
  /** Questions and requests, word for word. */
  asks: z.array(z.string()),
  /** `amount` as a plain decimal number, `currency` as ISO 4217, `span` as written. */
  amounts: z.array(z.object({ amount: z.string(), currency: z.string(), span: z.string() })),
  dates: z.array(z.string()),
  /** Invoice, order, ticket and customer numbers as written. */
  references: z.array(z.string()),
  confidence: z.number().min(0).max(1),
});
export type Triage = z.output<typeof Triage>;
