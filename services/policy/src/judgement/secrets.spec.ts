import { containsSecret } from './secrets.ts';

/** Assembled here, so that no scanner takes this file for a leak. */
const joined = (...parts: string[]) => parts.join('');

describe('a text that must not leave', () => {
  it.each([
    ['a Stripe key', joined('use sk_', 'live_', 'a1B2c3D4e5F6g7H8i9')],
    ['a webhook secret', joined('whsec_', 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')],
    ['an OpenAI key', joined('sk-', 'proj-a1B2c3D4e5F6g7H8i9J0')],
    ['an AWS key', joined('AKIA', 'IOSFODNN7EXAMPLE')],
    ['a GitHub token', joined('ghp_', 'a'.repeat(36))],
    ['a Slack token', joined('xoxb-', '123456789012-abcdef')],
    ['a bearer token', 'curl -H "Authorization: Bearer abcdefghijklmnopqrstuvwxyz012345"'],
    ['a JSON Web Token', joined('eyJhbGciOiJIUzI1NiJ9', '.eyJzdWIiOiIxMjM0NTY3ODkwIn0.', 'dozjgNryP4J3jVmNHl0w5N')],
    ['a private key', joined('-----BEGIN RSA ', 'PRIVATE KEY-----\nMIIE')],
    ['a labelled key', 'Your API key is: 9f8e7d6c5b4a39281706f5e4'],
    ['a card number', 'Card: 4242 4242 4242 4242, exp 12/29'],
    ['a card number without spaces', '378282246310005'],
  ])('has %s in it', (_, text) => expect(containsSecret(text)).toBe(true));
});

describe('a text that may leave', () => {
  it.each([
    ['an ordinary answer', 'Hello Ana,\n\nyour invoice RE-2024-00117 over 49.00 EUR is due on 14 May 2026.'],
    ['a phone number', 'Call +49 30 1234567 890'],
    ['a card number with a wrong check digit', '4242 4242 4242 4241'],
    ['an order number that passes the check but is no card', '9999 9999 9999 9995'],
    ['an IBAN', 'DE89 3704 0044 0532 0130 00'],
    ['provider ids', 'in_1NabcDEF2eZvKYlo2C and sub_1NabcDEF2eZvKYlo2C'],
    ['talk about keys', 'You find the API key in your settings; never send it by mail.'],
    ['a tracking link', 'https://example.com/t/0123456789012345678901234567890'],
  ])('has %s in it', (_, text) => expect(containsSecret(text)).toBe(false));
});

it.each(['1 ', '4', 'a', 'eyJ', 'eyJaaaaaaaaaa.', 'api key ', 'api key: ', '-----BEGIN A ', 'Bearer ', ' ', 'sk-', '4242 '])(
  'takes a moment at most over a full mail of %j',
  (pattern) => {
    const text = `api key${pattern.repeat(65_536 / pattern.length)}`;
    const startedMs = performance.now();
    containsSecret(text);
    expect(performance.now() - startedMs).toBeLessThan(1_000);
  },
);
