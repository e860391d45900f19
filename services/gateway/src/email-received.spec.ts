import { EmailReceived, sha256, type BlobReference } from '@troupe/contracts';
import { describeMail, identify, keptAttachments, subjectOf } from './email-received.ts';
import { multipartMail, plainMail } from './fixtures/hostile-mails.ts';
import { readMail } from './mail-reader.ts';

const blob = (content: Uint8Array): BlobReference => ({ bucket: 'B', key: sha256(content), digest: sha256(content), sizeBytes: content.length });

/** The event of a raw mail, held against its contract. */
async function eventOf(raw: Uint8Array, envelopeFrom?: string) {
  const mail = await readMail(raw);
  const stored = { raw: blob(raw), attachments: keptAttachments(mail).map(({ content }) => blob(content)) };
  return EmailReceived.schema.parse(describeMail(mail, identify(mail), stored, envelopeFrom));
}

const idOf = async (raw: Uint8Array): Promise<string> => identify(await readMail(raw)).eventId;

describe('the event of a mail', () => {
  it('says who wrote what to whom, and where the raw mail is', async () => {
    const raw = plainMail('Good morning,\r\nwhere is my order?', 'In-Reply-To: <a@b>', 'References: <z@b>', ' <a@b>');
    expect(await eventOf(raw)).toEqual({
      messageId: '<m1@example.com>',
      from: { address: 'ana@example.com', name: 'Ana' },
      to: [{ address: 'owner@example.com' }],
      cc: [],
      subject: 'Hello',
      text: 'Good morning,\nwhere is my order?',
      truncated: false,
      date: '2026-02-03T10:00:00.000Z',
      inReplyTo: '<a@b>',
      references: ['<z@b>', '<a@b>'],
      headers: {},
      attachments: [],
      raw: blob(raw),
      problems: [],
    });
  });

  it('keeps the headers that tell lists and robots from people', async () => {
    const raw = plainMail('News', 'List-Id: News <news.example.com>', 'List-Unsubscribe: <https://example.com/u>', 'Precedence: bulk', 'Auto-Submitted: auto-generated');
    expect((await eventOf(raw)).headers).toEqual({
      listId: 'News <news.example.com>',
      listUnsubscribe: '<https://example.com/u>',
      precedence: 'bulk',
      autoSubmitted: 'auto-generated',
    });
  });

  it('names what is missing and reads the rest', async () => {
    const event = await eventOf(Buffer.from('Subject: nothing else\r\n\r\n'));
    expect(event).toMatchObject({ from: { address: '' }, subject: 'nothing else', text: '' });
    expect(event.date).toBeUndefined();
    expect(event.messageId).toMatch(/^<[0-9a-f]{32}@no-message-id\.invalid>$/);
    expect(event.problems).toHaveLength(4);
  });

  it('takes the sender of the envelope where From names none, and says so', async () => {
    const event = await eventOf(Buffer.from('Subject: hi\r\n\r\nhello'), 'Ana@Example.com');
    expect(event.from).toEqual({ address: 'ana@example.com' });
    expect(event.problems).toContainEqual(expect.stringContaining('ana@example.com is who handed it over'));
  });

  it('is about the sender; about nobody when there is none', async () => {
    expect(subjectOf(await eventOf(plainMail()))).toBe('person:ana@example.com');
    expect(subjectOf(await eventOf(Buffer.from('Subject: hi\r\n\r\nhello')))).toBeUndefined();
  });

  it('takes the first of a repeated header and says so', async () => {
    const event = await eventOf(plainMail('x', 'Subject: Second', 'From: Mallory <mallory@example.com>', 'Message-ID: <m2@example.com>'));
    expect(event).toMatchObject({ subject: 'Hello', from: { address: 'ana@example.com' }, messageId: '<m1@example.com>' });
    expect(event.problems).toEqual(expect.arrayContaining(['The header repeats subject; the first one counts.', 'The header repeats from; the first one counts.']));
  });

  it('has no control characters and no NUL bytes, and says they were there', async () => {
    const event = await eventOf(plainMail('pay\u0000 now\u001b[2J', 'Reply-To: "Bo\u0007b" <bob@example.com>'));
    expect(event.text).toBe('pay now[2J');
    expect(event.replyTo).toEqual({ address: 'bob@example.com', name: 'Bob' });
    expect(event.problems).toContain('It contained NUL bytes, which were removed.');
  });

  it('cuts a long text and says so', async () => {
    expect(await eventOf(plainMail('😀'.repeat(40_000)))).toMatchObject({ truncated: true, text: '😀'.repeat(16_384) });
  });

  it('lists 200 of 10,000 recipients and says so', async () => {
    const people = Array.from({ length: 10_000 }, (_, at) => `p${at}@example.com`).join(',\r\n ');
    const event = await eventOf(plainMail('x', `Cc: ${people}`));
    expect(event.cc).toHaveLength(200);
    expect(event.problems).toEqual(['Cc names 10000 people; the first 200 are listed.']);
  });

  it('lists 100 of 150 attachments and says so', async () => {
    const event = await eventOf(multipartMail(...Array.from({ length: 150 }, (_, at) => `Content-Type: image/gif; name=${at}.gif\r\n\r\n${at}`)));
    expect(event.attachments).toHaveLength(100);
    expect(event.problems).toContainEqual(expect.stringContaining('It had 150 attachments'));
  });

  it('keeps the first and the latest of a long thread', async () => {
    const event = await eventOf(plainMail('x', `References: ${Array.from({ length: 300 }, (_, at) => `<${at}@b>`).join('\r\n ')}`));
    expect(event.references).toHaveLength(100);
    expect([event.references[0], event.references.at(-1)]).toEqual(['<0@b>', '<299@b>']);
  });

  it('gives every attachment a name, without the marks that hide what it is', async () => {
    const parts = ['Content-Type: application/pdf\r\n\r\nx', 'Content-Type: application/pdf\r\nContent-Disposition: attachment; filename="invoice\u202Efdp.exe"\r\n\r\nx'];
    expect((await eventOf(multipartMail(...parts))).attachments.map(({ filename }) => filename)).toEqual(['attachment-1', 'invoicefdp.exe']);
  });

  it('has a content type for an attachment whose own is empty', async () => {
    const event = await eventOf(multipartMail('Content-Disposition: attachment\r\nContent-Type: ;\r\n\r\nx'));
    expect(event.attachments).toMatchObject([{ filename: 'attachment-1', contentType: 'application/octet-stream' }]);
  });

  it('holds to its contract when every field is stuffed', async () => {
    const long = 'ü'.repeat(20_000);
    const raw = plainMail(long, `Subject: ${long}`, `List-Id: ${long}`, `In-Reply-To: <${long}>`, `Reply-To: ${long} <${long}@b>`, `Precedence: ${long}`, `Auto-Submitted: ${long}`);
    await expect(eventOf(raw)).resolves.toMatchObject({ truncated: false });
  });
});

describe('the identity of a mail', () => {
  it('does not change with the trail of its transport', async () => {
    const again = Buffer.concat([Buffer.from('Received: from relay.example.com by mx\r\nX-Spam-Score: 1\r\n'), plainMail()]);
    expect(await idOf(again)).toBe(await idOf(plainMail()));
  });

  it('changes with what it says, also under the same Message-ID', async () => {
    expect(await idOf(plainMail('Good evening'))).not.toBe(await idOf(plainMail('Good morning')));
  });

  it('changes with what is attached', async () => {
    const withAttachment = (content: string) => multipartMail(`Content-Type: application/pdf\r\n\r\n${content}`);
    expect(await idOf(withAttachment('a'))).not.toBe(await idOf(withAttachment('b')));
  });

  it('is the same each time for a mail without Message-ID or Date', async () => {
    const bare = Buffer.from('From: ana@example.com\r\n\r\nhello');
    expect(await idOf(bare)).toBe(await idOf(bare));
  });
});
