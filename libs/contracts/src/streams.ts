/** The JetStream streams. Subjects are few (about a hundred), never one per entity: cost must not grow with history. */
export const Streams = {
  /** Every event of the company, replayable from the first. */
  events: { name: 'EVENTS', subjects: ['evt.>'] },
  /** What could not be handled: `dead.<service>.<handler>`. */
  deadLetters: { name: 'DEAD', subjects: ['dead.>'] },
  /**
   * That a handler is to have an event once more, `redrive.<service>.<handler>`: the owner's word on a dead letter, or what waits for
   * the release of its story. Gone once it was followed.
   */
  redrives: { name: 'REDRIVES', subjects: ['redrive.>'] },
} as const;

/** Object store buckets (claim check: the event carries reference and digest). */
export const Buckets = { rawMail: 'RAW_MAIL', attachments: 'ATTACHMENTS', payloads: 'PAYLOADS' } as const;

/** JetStream KV buckets of the delivery itself; each service writes only keys that begin with its name, and policy alone the holds. */
export const DeliveryBuckets = {
  /** Up to where each durable consumer has settled everything. */
  positions: 'DELIVERY_POSITIONS',
  /** Messages that have given trouble, for a day. */
  records: 'DELIVERY_RECORDS',
  /** Stories that were stopped; every service reads them before it hands an event over. */
  quarantine: 'STORY_QUARANTINE',
} as const;

/** JetStream KV buckets; each belongs to exactly one service (I9). */
export const StateBuckets = {
  policyActions: 'POLICY_ACTIONS',
  effectLedger: 'EFFECT_LEDGER',
  ingested: 'INGESTED',
  engineAnswers: 'ENGINE_ANSWERS',
} as const;
