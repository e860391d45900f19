/**
 * How much of one message the gateway is willing to read. A message past a limit marked "refused" gets a permanent
 * answer that names the limit; past the others it becomes an event whose `problems` say what was left out.
 */
export const MailLimits = {
  /** Refused beyond this, over SMTP and HTTP alike. */
  maxMessageBytes: 25 * 1024 * 1024,
  /** The header block of the message or of any of its parts, an overhead per line included. Refused beyond this. */
  maxHeaderBytes: 1024 * 1024,
  /** MIME parts, which also bounds how deep they can be nested. Refused beyond this. */
  maxParts: 500,
  /** Refused when the message cannot be read in this time. */
  maxReadingMs: 20_000,
  /** Longer HTML is kept in the raw mail but not turned into text. */
  maxHtmlCharacters: 2_000_000,
  /** What the contract of the event has room for. */
  maxTextCharacters: 32_768,
  maxMailboxesPerHeader: 200,
  maxAttachments: 100,
  maxReferences: 100,
  maxProblems: 50,
} as const;
