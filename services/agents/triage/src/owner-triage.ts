import { MailCategorySchema, type DataOf, type EmailReceived, type MailCategory, type ModelReference, type TriageAnswer } from '@troupe/contracts';

/** Whose answer it is when no model took part. */
export const OWNER_AS_MODEL: ModelReference = { provider: 'owner', model: 'owner', version: '1' };

/** The class the owner named, alone or with a full stop; undefined when they said anything else. */
export function categoryIn(response: string): MailCategory | undefined {
  const word = response.trim().replace(/[.!]+$/, '').toLowerCase();
  return MailCategorySchema.safeParse(word).data;
}

/** What is known of a mail that only the owner could place: its class is certain, nothing was read out of it. */
export function ownerTriage(category: MailCategory, mail: DataOf<typeof EmailReceived>): TriageAnswer {
  const { name } = mail.from;
  return {
    category,
    urgency: 'normal',
    who: name === undefined ? {} : { name: name.slice(0, 200) },
    what: firstLine(mail),
    asks: [],
    amounts: [],
    dates: [],
    references: [],
    confidence: 1,
  };
}

function firstLine({ subject, text }: DataOf<typeof EmailReceived>): string {
  const lines = [subject, ...text.split('\n')].map((line) => line.trim());
  return (lines.find((line) => line !== '') ?? '').slice(0, 500);
}
