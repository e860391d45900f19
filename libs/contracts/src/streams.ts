/** The JetStream streams. Subjects are few (about a hundred), never one per entity: cost must not grow with history. */
export const Streams = {
  /** Every event of the company, replayable from the first. */
  events: { name: 'EVENTS', subjects: ['evt.>'] },
  /** What could not be handled: `dead.<service>.<handler>`. */
  deadLetters: { name: 'DEAD', subjects: ['dead.>'] },
} as const;

/** Object store buckets (claim check: the event carries reference and digest). */
export const Buckets = { rawMail: 'RAW_MAIL', attachments: 'ATTACHMENTS', payloads: 'PAYLOADS' } as const;

/** JetStream KV buckets; each belongs to exactly one service (I9). */
export const StateBuckets = {
  policyActions: 'POLICY_ACTIONS',
  effectLedger: 'EFFECT_LEDGER',
  ingested: 'INGESTED',
  engineAnswers: 'ENGINE_ANSWERS',
} as const;
