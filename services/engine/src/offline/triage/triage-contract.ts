import { MailCategorySchema, UrgencySchema } from '@troupe/contracts';
import type { MailCategory, TriageAnswer, Urgency as MailUrgency } from '@troupe/contracts';
import { z } from 'zod';

export const CATEGORIES = MailCategorySchema.options;
export type Category = MailCategory;

export const URGENCIES = UrgencySchema.options;
export type Urgency = MailUrgency;

/** The answer; its contract belongs to those who read it. */
export type Triage = TriageAnswer;

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
