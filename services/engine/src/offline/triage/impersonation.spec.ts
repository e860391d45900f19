import { borrowsBrandName, borrowsOwnDomain, hasLureDomain, wrapsBrandInDomain } from './impersonation.ts';
import { viewOf } from './mail-view.ts';
import { Mail } from './triage-contract.ts';

const view = (address: string, name?: string, text = 'hello') => viewOf(Mail.parse({ text, from: { address, name }, ownerEmail: 'mira@tidepool.app' }));

describe('impersonation', () => {
  it.each(['paypal.com', 'mail.paypal.com', 'paypal.co.uk', 'e.paypal.com'])('PayPal may write from %s', (domain) => {
    expect(borrowsBrandName(view(`service@${domain}`, 'PayPal'))).toBe(false);
    expect(wrapsBrandInDomain(view(`service@${domain}`, 'PayPal'))).toBe(false);
  });

  it.each(['paypal-secure.com', 'kundencenter.help', 'pay-pal.top'])('somebody borrows its name at %s', (domain) => {
    expect(borrowsBrandName(view(`service@${domain}`, 'PayPal Service'))).toBe(true);
  });

  it('sees a known name wrapped into the domain of the sender or of a link', () => {
    expect(wrapsBrandInDomain(view('x@dhl-paket-zustellung.shop'))).toBe(true);
    expect(wrapsBrandInDomain(view('x@firma.de', undefined, 'hier: https://paypal.com.login-check.ru/x'))).toBe(true);
    expect(wrapsBrandInDomain(view('anna@upstairs-design.de'))).toBe(false);
  });

  it("sees the owner's own name in somebody else's domain, but not in subdomains of the owner", () => {
    expect(borrowsOwnDomain(view('billing@tidepool-app.support'))).toBe(true);
    expect(borrowsOwnDomain(view('mira@tidepool.app'))).toBe(false);
    expect(borrowsOwnDomain(view('noreply@mail.tidepool.app'))).toBe(false);
  });

  it('takes office words in a domain for a lure only when they are strung together', () => {
    expect(hasLureDomain(view('a@account-verify24.com'))).toBe(true);
    expect(hasLureDomain(view('a@supportive.org'))).toBe(false);
  });
});
