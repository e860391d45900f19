import { redactedFrom } from './redacted-from.ts';
import { smtpFailure } from './smtp-effect.ts';

const before = { dotSent: false, host: 'mx.example' };
const after = { dotSent: true, host: 'mx.example' };

describe('smtpFailure', () => {
  it.each([
    ['the server defers a recipient', { responseCode: 451 }, before, 'refused', true, 'smtp_deferred'],
    ['the server refuses a recipient', { responseCode: 550 }, before, 'refused', false, 'smtp_refused'],
    ['the login is wrong', { code: 'EAUTH', responseCode: 535 }, before, 'refused', false, 'smtp_refused'],
    ['the server defers the whole mail', { responseCode: 452 }, after, 'refused', true, 'smtp_deferred'],
    ['the server refuses the whole mail', { responseCode: 554 }, after, 'refused', false, 'smtp_refused'],
    ['nobody listens', { code: 'ESOCKET' }, before, 'refused', true, 'smtp_unreachable'],
    ['the name is unknown', { code: 'EDNS' }, before, 'refused', true, 'smtp_unreachable'],
    ['the line breaks before the dot', { code: 'ECONNECTION' }, before, 'refused', true, 'smtp_unreachable'],
    ['time is up before the dot', { code: 'EABORT' }, before, 'refused', true, 'smtp_unreachable'],
    ['no login is configured', { code: 'ENOAUTH' }, before, 'refused', false, 'smtp_unreachable'],
    ['the line breaks after the dot', { code: 'ECONNECTION' }, after, 'unclear', false, 'smtp_no_answer'],
    ['time is up after the dot', { code: 'EABORT' }, after, 'unclear', false, 'smtp_no_answer'],
  ])('%s', (_name, error, phase, kind, retryable, code) => {
    const effect = smtpFailure({ message: 'because', ...error }, phase);
    expect(effect).toMatchObject({ kind, failure: { retryable, code, message: expect.stringContaining('because') as unknown } });
  });
});

describe('redactedFrom', () => {
  it('removes what the server quotes of the login', () => {
    const text = redactedFrom('535 no such login owner:hunter2', { user: 'owner', pass: 'hunter2' });
    expect(text).toBe('535 no such login [redacted]:[redacted]');
  });

  it('leaves a message alone where there is no login', () => {
    expect(redactedFrom('550 no', undefined)).toBe('550 no');
    expect(redactedFrom('550 no', { user: '', pass: undefined })).toBe('550 no');
  });
});
