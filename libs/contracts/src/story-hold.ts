import { z } from 'zod';
import { stableId } from './identifiers.ts';
import { moneyText } from './money-text.ts';

/** What a story may use up before the owner is asked. */
export const BudgetKindSchema = z.enum(['hops', 'events', 'model_calls', 'money']);

/**
 * Why a story was stopped: which limit, and how far it had come. Money is in the smallest unit of `currency`; hops are the
 * length of one causal chain.
 */
export const QuarantineReasonSchema = z.object({
  kind: BudgetKindSchema,
  limit: z.int().min(0),
  reached: z.int().min(0),
  /** Lower-case ISO 4217; only of money. */
  currency: z.string().optional(),
});
export type QuarantineReason = z.infer<typeof QuarantineReasonSchema>;

/**
 * What every service keeps before its eyes of a story that has been stopped: `quarantined` waits for the owner, `released`
 * goes on under limits times (`grants` + 1), `ended` stays silent.
 */
export const StoryHoldSchema = z.object({
  story: z.string(),
  state: z.enum(['quarantined', 'released', 'ended']),
  because: QuarantineReasonSchema,
  grants: z.int().min(0),
});
export type StoryHold = z.infer<typeof StoryHoldSchema>;

/** The key of a story in the bucket of holds: its id, or a digest of it where an id from outside is no key. */
export function storyKey(story: string): string {
  return /^[\w-]{1,128}$/.test(story) ? story : stableId('odd', story);
}

/** The id of the word that a story was stopped: whoever finds out says it, and it is said once per grant (I2). */
export function quarantineEventId(story: string, grants: number): string {
  return stableId('evt', 'evt.story.quarantined', story, String(grants));
}

/** The reason in a sentence for the owner: what was used up, and how much of it is the limit. */
export function quarantineText({ kind, limit, reached, currency }: QuarantineReason): string {
  switch (kind) {
    case 'hops':
      return `It went in circles: ${count(reached)} events, each the cause of the next; ${count(limit)} is the limit.`;
    case 'events':
      return `It has led to ${count(reached)} events; ${count(limit)} is the limit for one story.`;
    case 'model_calls':
      return `It has asked a model ${count(reached)} times; ${count(limit)} is the limit for one story.`;
    case 'money':
      return `It has moved ${amount(reached, currency)} without you; ${amount(limit, currency)} is the limit for one story.`;
    default:
      return kind satisfies never;
  }
}

function count(value: number): string {
  return value.toLocaleString('en');
}

function amount(amountMinor: number, currency = 'xxx'): string {
  return moneyText({ amountMinor, currency });
}
