import { aMail } from '@troupe/agent-kit/testing';
import { replySubject, threadHeaders } from './threading.ts';

describe('the thread of an answer (RFC 5322, section 3.6.4)', () => {
  const messageId = '<3@x>';

  it('continues the references of the mail, and each stands there once', () => {
    expect(threadHeaders(aMail({ messageId, references: ['<1@x>', '<2@x>', '<1@x>'] }))).toEqual({ inReplyTo: '<3@x>', references: ['<1@x>', '<2@x>', '<3@x>'] });
  });

  it('is made from In-Reply-To where a mail has no references', () => {
    expect(threadHeaders(aMail({ messageId, inReplyTo: '<1@x>' })).references).toEqual(['<1@x>', '<3@x>']);
  });

  it('leaves out what is no Message-ID, and does without when the mail has none', () => {
    expect(threadHeaders(aMail({ messageId, references: ['nonsense', '<a b@x>'] })).references).toEqual(['<3@x>']);
    expect(threadHeaders(aMail({ messageId: 'made-up' }))).toEqual({});
  });

  it('keeps to what the catalogue takes, however long the thread', () => {
    const references = Array.from({ length: 100 }, (_, index) => `<${index}@x>`);
    expect(threadHeaders(aMail({ messageId: '<last@x>', references })).references).toHaveLength(91);
  });
});

it.each([
  ['Hello', 'Re: Hello'],
  ['Re: Hello', 'Re: Hello'],
  ['RE: AW: re : Hello', 'Re: Hello'],
  ['Renewal', 'Re: Renewal'],
  ['', 'Re: (no subject)'],
  ['Re:', 'Re: (no subject)'],
])('the subject of an answer to "%s" is "%s"', (subject, answer) => {
  expect(replySubject(subject)).toBe(answer);
});
