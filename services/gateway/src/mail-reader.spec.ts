import { EMPTY_ZIP_BASE64, hostileMails, multipartMail, nestedMail, plainMail } from './fixtures/hostile-mails.ts';
import { MailRefused, type RefusalReason } from './gateway.errors.ts';
import { readMail } from './mail-reader.ts';

async function refusalOf(raw: Uint8Array): Promise<string> {
  const outcome = await readMail(raw).catch((error: unknown) => error);
  if (!(outcome instanceof MailRefused)) throw new Error('It was read, though it should have been refused.');
  return outcome.failure.code;
}

describe('readMail refuses, for good and with a reason,', () => {
  it.each<[keyof typeof hostileMails, RefusalReason]>([
    ['noHeaderAtAll', 'not_a_mail'],
    ['empty', 'not_a_mail'],
    ['onlyNulBytes', 'not_a_mail'],
    ['random', 'not_a_mail'],
    ['aPicture', 'not_a_mail'],
    ['headerOfOneMegabyte', 'mail_too_complex'],
    ['hundredThousandHeaderLines', 'mail_too_complex'],
    ['thousandParts', 'mail_too_complex'],
    ['twoThousandLevels', 'mail_too_complex'],
    ['twoThousandDolls', 'mail_too_complex'],
  ])('%s: %s', async (name, reason) => expect(await refusalOf(hostileMails[name])).toBe(reason));

  it('a mail that takes too long', async () => {
    const slow = plainMail('word '.repeat(1_000_000));
    await expect(readMail(slow, 1)).rejects.toMatchObject({ failure: { code: 'mail_unreadable' }, smtpCode: 554 });
  });
});

describe('readMail reads', () => {
  it('parts nested as deep as the limit on parts allows', async () => {
    expect((await readMail(nestedMail(400))).text).toContain('at the bottom');
  });

  it('only HTML, as the text of it', async () => {
    const html = '<html><body><p>Hello <b>Bob</b>,</p><p>the invoice is <a href="https://example.com/i">here</a>.</p></body></html>';
    const whole = await readMail(plainMail(html, 'Content-Type: text/html'));
    const inParts = await readMail(multipartMail(`Content-Type: text/html\r\n\r\n${html}`));
    expect(whole.text).toContain('Hello Bob,');
    expect(inParts.text).toBe(whole.text);
  });

  it('HTML when the plain text part is there, but blank', async () => {
    const alternative = ['Content-Type: multipart/alternative; boundary=a', '', '--a', 'Content-Type: text/plain', '', '  ', '--a', 'Content-Type: text/html', '', '<p>Hi</p>', '--a--'];
    expect((await readMail(multipartMail(alternative.join('\r\n')))).text.trim()).toBe('Hi');
  });

  it('the plain text where there are both', async () => {
    const alternative = ['Content-Type: multipart/alternative; boundary=a', '', '--a', 'Content-Type: text/plain', '', 'plain', '--a', 'Content-Type: text/html', '', '<p>rich</p>', '--a--'];
    expect((await readMail(multipartMail(alternative.join('\r\n')))).text.trim()).toBe('plain');
  });

  it('HTML too deep to be turned into text, and says so', async () => {
    const mail = await readMail(multipartMail(`Content-Type: text/html\r\n\r\n${'<div>'.repeat(20_000)}deep`));
    expect(mail.text).toBe('');
    expect(mail.problems).toEqual([expect.stringContaining('could not be turned into text')]);
  });

  it('broken base64, an unknown charset and an unknown encoding', async () => {
    const broken = await readMail(plainMail('SGVsbG8!!!gd29y\r\n=bGQ', 'Content-Transfer-Encoding: base64'));
    const strange = await readMail(plainMail('caf\u00e9', 'Content-Type: text/plain; charset=klingon-8', 'Content-Transfer-Encoding: rot13'));
    expect(broken.text).toContain('Hello');
    expect(strange.text).toContain('caf');
  });

  it('Latin-1 that says it is UTF-8, with a mark for what is lost', async () => {
    const bytes = Buffer.concat([plainMail('', 'Content-Type: text/plain; charset=utf-8'), Buffer.from('caf\u00e9 au lait', 'latin1')]);
    expect((await readMail(bytes)).text).toBe('caf\ufffd au lait');
  });

  it('a ZIP of nothing and an attachment without content', async () => {
    const zip = `Content-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n${EMPTY_ZIP_BASE64}`;
    const mail = await readMail(multipartMail(zip, 'Content-Type: image/png\r\n\r\n'));
    expect(mail.attachments.map(({ contentType, content }) => [contentType, content.length])).toEqual([['application/zip', 22], ['image/png', 0]]);
  });

  it('a multipart that never begins, never ends, or has no boundary', async () => {
    for (const type of ['multipart/mixed', 'multipart/mixed; boundary=zzz', 'multipart/mixed; boundary=""']) {
      await expect(readMail(plainMail('--zzz\r\n\r\nhello', `Content-Type: ${type}`))).resolves.toMatchObject({ subject: 'Hello' });
    }
  });
});
