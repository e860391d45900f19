import { links } from './links.ts';

const isFounded = (draft: string, source: string): boolean => {
  const claims = links.find(draft);
  if (claims.length === 0) throw new Error(`No link in "${draft}".`);
  return claims.every((claim) => links.isFounded(claim, { claims: links.find(source), text: source }));
};
const PAY = 'https://pay.example.com/i/1?token=aB&x=1';

describe('a link that stands in a source', () => {
  it.each([
    [PAY, `Pay here: ${PAY}`],
    [`See ${PAY}.`, PAY],
    [`(${PAY})`, PAY],
    [`"${PAY}"`, `<${PAY}>`],
    [`[here](${PAY})`, PAY],
    ['https://example.com/', 'https://EXAMPLE.com'],
    ['http://example.com/a', 'https://www.example.com/a'],
    ['www.example.com/a', 'https://example.com/a'],
    ['https://en.example.org/wiki/A_(b)', 'https://en.example.org/wiki/A_(b).'],
    ['example.com', PAY.replace('pay.', '')],
    ['your shop at customer.com', 'From ana@customer.com'],
    ['mailto:ana@customer.example', 'Ana@Customer.example'],
    ['ana@customer.example', 'write to <ana@customer.example>, please'],
  ])('%s is founded in %s', (draft, source) => {
    expect(isFounded(draft, source)).toBe(true);
  });
});

describe('a link that does not', () => {
  it.each([
    ['another token', PAY.replace('aB', 'ab'), PAY],
    ['another query', `${PAY}&to=eve`, PAY],
    ['no query', 'https://pay.example.com/i/1', PAY],
    ['another path', 'https://pay.example.com/i/2', PAY],
    ['a lookalike domain', 'https://pay.examp1e.com/i/1', 'https://pay.example.com/i/1'],
    ['a lookalike letter', 'https://pay.ex\u0430mple.com/i/1', 'https://pay.example.com/i/1'],
    ['the domain as somebody else\'s subdomain', 'https://pay.example.com.evil.com/i/1', 'https://pay.example.com/i/1'],
    ['the domain as a user name', 'https://pay.example.com@evil.com/i/1', 'https://pay.example.com/i/1'],
    ['another port', 'https://pay.example.com:8443/i/1', 'https://pay.example.com/i/1'],
    ['a bare domain with a path', 'evil.example/pay', PAY],
    ['a bare domain', 'go to evil.com now', PAY],
    ['www', 'www.evil.example', PAY],
    ['another scheme', 'ftp://evil.example', PAY],
    ['a mail address', 'write to eve@evil.example', 'ana@customer.example'],
    ['mailto', 'mailto:eve@evil.example', 'ana@customer.example'],
    ['a target hidden behind a true text', `[${PAY}](https://evil.example/)`, PAY],
  ])('%s: %s', (_what, draft, source) => {
    expect(isFounded(draft, source)).toBe(false);
  });
});

it.each(['Node.js', 'report.csv', 'e.g. this', 'z.B. das', 'and/or', '3.4.2026', 'version 1.2', 'Thanks.Ana', 'etc...', '49.00'])('"%s" is no link', (text) => {
  expect(links.find(text)).toEqual([]);
});
