import { z } from 'zod';
import { defineAction } from './action-contract.ts';

/** One line of a header: no line break can smuggle a second header in. */
const headerText = (max: number) =>
  z.string().min(1).max(max).regex(/^[^\r\n\0]*$/, 'must be a single line: remove the line break');
const address = z.email('must be an email address such as ana@example.com').max(320);
const messageId = z.string().regex(/^<[^<>\s]+>$/, 'must be a Message-ID in angle brackets').max(998);

/**
 * Sends one email from the owner's address. Threaded to the mail it answers by `inReplyTo` and `references`.
 * Irreversible once it left; its hold window is the time to undo.
 */
export const EmailSend = defineAction({
  type: 'email.send',
  version: 1,
  title: 'Send an email',
  connector: 'email',
  tier: 'T2',
  reversibility: 'irreversible',
  args: z.strictObject({
    to: z.array(address).min(1).max(50),
    cc: z.array(address).max(50).optional(),
    subject: headerText(500),
    body: z.string().min(1).max(65_536),
    inReplyTo: messageId.optional(),
    references: z.array(messageId).max(100).optional(),
  }),
  fields: [
    { key: 'to', label: 'To', kind: 'addresses', editable: true },
    { key: 'cc', label: 'Cc', kind: 'addresses', editable: true },
    { key: 'subject', label: 'Subject', kind: 'text', editable: true },
    { key: 'body', label: 'Body', kind: 'long_text', editable: true },
  ],
});
