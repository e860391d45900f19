import { simpleParser } from 'mailparser';
import { composeMail, messageIdOf } from './compose-mail.ts';
import { attemptOf, MAIL } from './testing/attempts.ts';

const OWNER = 'owner@example.org';
const withArgs = (args: Record<string, unknown>) => attemptOf({ ...MAIL, args: { ...MAIL.args, ...args } });

describe('composeMail', () => {
  it('writes what any mail program reads back', async () => {
    const { source, recipients, from } = await composeMail(attemptOf(MAIL), OWNER);
    const mail = await simpleParser(source);
    expect(mail).toMatchObject({ subject: 'Re: Größe der Rechnung', inReplyTo: '<question@example.com>' });
    expect(mail.from?.text).toBe(OWNER);
    expect(mail.text).toBe('Hello Ana,\n\nthe total is 49,00 €.\n\n.\nOwner\n');
    expect(mail.date).toEqual(new Date(Date.UTC(2026, 10, 23, 7, 15)));
    expect(mail.headers.has('auto-submitted')).toBe(false);
    expect({ recipients, from }).toEqual({ recipients: ['ana@example.com', 'bo@example.com'], from: OWNER });
  });

  it('gives the same attempt the same bytes', async () => {
    const [one, two] = await Promise.all([composeMail(attemptOf(MAIL), OWNER), composeMail(attemptOf(MAIL), OWNER)]);
    expect(one).toEqual(two);
  });

  it.each([
    ['appends the answered mail to its references', {}, ['<first@example.com>', '<question@example.com>']],
    ['does not repeat it', { references: ['<first@example.com>', '<question@example.com>'] }, ['<first@example.com>', '<question@example.com>']],
    ['moves it to the end', { references: ['<question@example.com>', '<x@y>'] }, ['<x@y>', '<question@example.com>']],
    ['stands alone', { references: undefined, inReplyTo: undefined }, undefined],
  ])('threads: %s', async (_name, args, expected) => {
    const { source } = await composeMail(withArgs(args), OWNER);
    const { references } = await simpleParser(source);
    expect(references).toEqual(expected);
  });

  it('lets no text become a header or a file', async () => {
    const { source } = await composeMail(withArgs({ body: 'Bcc: eve@example.net\r\n\r\n/etc/passwd' }), OWNER);
    const mail = await simpleParser(source);
    expect(mail.bcc).toBeUndefined();
    expect(mail.text).toContain('Bcc: eve@example.net');
  });

  it('refuses a subject of two lines', async () => {
    await expect(composeMail(withArgs({ subject: 'Hi\r\nBcc: eve@example.net' }), OWNER)).rejects.toThrow('single line');
  });
});

describe('messageIdOf', () => {
  it('is made of the action, its digest and the owner’s domain', () => {
    const id = messageIdOf({ actionId: 'act_1', digest: `sha256:${'ab'.repeat(32)}` }, OWNER);
    expect(id).toBe('<act_1.abababababababab@example.org>');
  });
});
