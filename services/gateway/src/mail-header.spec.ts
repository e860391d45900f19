import { dateOf, headerFields, mailbox, mailboxes, messageId, messageIds } from './mail-header.ts';

const fieldsOf = (...lines: string[]) =>
  headerFields(lines.map((line) => ({ key: line.slice(0, Math.max(0, line.indexOf(':'))).toLowerCase(), line })));

describe('mailboxes', () => {
  it('decodes names, lower-cases addresses and opens groups', () => {
    const fields = fieldsOf('To: =?utf-8?q?Ana_M=C3=BCller?= <Ana@Example.COM>, friends: bob@example.com, carol@example.com;');
    expect(mailboxes(fields, 'to')).toEqual([
      { address: 'ana@example.com', name: 'Ana Müller' },
      { address: 'bob@example.com' },
      { address: 'carol@example.com' },
    ]);
  });

  it('leaves out what cannot be an address', () => {
    expect(mailboxes(fieldsOf('To: undisclosed-recipients:;, nobody, <@>, @example.com'), 'to')).toEqual([]);
  });

  it('does not decode punycode, where a look-alike would pass for the real domain', () => {
    expect(mailboxes(fieldsOf('From: PayPal <help@xn--pypal-4ve.com>'), 'from')).toEqual([{ address: 'help@xn--pypal-4ve.com', name: 'PayPal' }]);
  });

  it('does not take an address out of an encoded word', () => {
    expect(mailboxes(fieldsOf('From: =?utf-8?q?a=40evil.example=2C?= <ana@example.com>'), 'from').map(({ address }) => address)).toEqual(['ana@example.com']);
  });
});

describe('mailbox', () => {
  it('takes no address longer than a path may be', () => {
    expect(mailbox(`${'a'.repeat(250)}@b.example`)).toBeUndefined();
  });
});

describe('messageIds', () => {
  it('finds the ids among prose and folding', () => {
    expect(messageIds('Your message of Monday <a@b>\t<c@d> <not closed')).toEqual(['<a@b>', '<c@d>']);
  });

  it('leaves out what is longer than a line may be', () => {
    expect(messageIds(`<${'x'.repeat(1_000)}@b>`)).toEqual([]);
  });
});

describe('messageId', () => {
  it('gives brackets to an id that lost them, and joins one with blanks', () => {
    expect(messageId('a@b')).toBe('<a@b>');
    expect(messageId('<a b@c>')).toBe('<ab@c>');
  });

  it('is nothing when nothing is there', () => {
    expect(messageId(' <> ')).toBeUndefined();
  });
});

describe('dateOf', () => {
  it.each([
    ['Tue, 03 Feb 2026 10:00:00 +0100 (CET)', '2026-02-03T09:00:00.000Z'],
    ['3 Feb 2026 09:00:00 GMT', '2026-02-03T09:00:00.000Z'],
    ['yesterday', undefined],
    ['', undefined],
    ['Mon, 01 Jan 1900 00:00:00 +0000', undefined],
    ['+275760-09-13T00:00:00.000Z', undefined],
  ])('%s', (value, expected) => expect(dateOf(value)).toBe(expected));
});
