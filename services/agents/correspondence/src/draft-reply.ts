import { defineTask } from '@troupe/agent-kit';
import { EvidenceSchema, type DataOf, type EmailReceived, type EmailTriaged, type EventOf, type Mailbox } from '@troupe/contracts';
import { z } from 'zod';

/** Words of a source and what they say: what a draft may state. */
export const FactSchema = EvidenceSchema.pick({ claim: true, source: true, span: true });
export type Fact = z.infer<typeof FactSchema>;

/** Drafts one answer from the mail and what memory holds, or declines. */
export const DraftReply = defineTask({
  name: 'mail.draft_reply',
  version: '1',
  instructions: [
    'Draft a short, friendly reply to the mail, in its language, signed by nobody: the owner adds their name.',
    'State only what the mail or the facts say: every amount, date, name and link must occur there. Promise nothing.',
    'Where `ownerGuidance` is given, it is what the owner wants to say: write that, well.',
    'If answering needs something that is neither in the mail nor in the facts, decline and name what is missing.',
    'Cite each claim with its source and the very words it rests on.',
  ].join('\n'),
  answer: z.object({
    subject: z.string().max(500),
    body: z.string().min(1).max(32_000),
    citations: z.array(FactSchema).max(40),
    confidence: z.number().min(0).max(1),
  }),
});

/** All that a draft is made from. */
export interface DraftMaterial {
  readonly mail: EventOf<typeof EmailReceived>;
  readonly recipient: Mailbox;
  readonly triage: DataOf<typeof EmailTriaged>['triage'];
  readonly facts: readonly Fact[];
}

/** What the engine gets to read for a draft. `from` is whom the answer goes to. */
export function draftInput({ mail: event, recipient, triage, facts }: DraftMaterial, ownerGuidance?: string) {
  const { subject, text, date } = event.data;
  const mail = { id: event.id, subject, text, from: recipient, ...(date === undefined ? {} : { date }) };
  return { mail, triage, facts, ...(ownerGuidance === undefined ? {} : { ownerGuidance }) };
}
