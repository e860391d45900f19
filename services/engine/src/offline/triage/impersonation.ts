import { chosenLabel } from './mail-view.ts';
import type { MailView } from './mail-view.ts';

/** Names that deceivers like to borrow, as they appear in a display name or a domain. */
const BRANDS =
  'paypal|stripe|amazon|apple|icloud|microsoft|office ?365|outlook|google|netflix|spotify|facebook|instagram|meta|linkedin|whatsapp|dropbox|docusign|adobe|norton|mcafee|geek ?squad|quickbooks|intuit|shopify|ebay|metamask|coinbase|binance|ledger|dhl|ups|fedex|usps|hermes|dpd|royal ?mail|la ?poste|chronopost|correos|sparkasse|volksbank|commerzbank|deutsche ?bank|postbank|ing|n26|hsbc|barclays|lloyds|santander|natwest|chase|wells ?fargo|bank ?of ?america|citibank|bnp|bbva|caixabank|credit ?agricole|revolut|wise|klarna|mastercard|visa|hmrc|irs|ameli|impots|elster|finanzamt|agencia ?tributaria|telekom|vodafone|godaddy|ionos|namecheap|cloudflare|github|mailchimp';
/** Makers of everyday tools, whose mails are machine mail but honest. */
const TOOL = /^(?:notion|figma|slack|zoom|canva|vercel|netlify|heroku|digitalocean|hetzner|aws|amazonses|atlassian|gitlab|sentry|datadoghq|uber|airbnb|booking|bahn|zapier|hubspot|calendly|typeform|squarespace|wix|wordpress|gumroad|substack|etsy|trello|asana|xero|sevdesk|lexoffice|mollie|gocardless|sumup|squareup|openai|anthropic|ovh|stackoverflow|meetup|eventbrite|producthunt|coursera|udemy|medium)$/i;
const EXACT_BRAND = new RegExp(String.raw`^(?:${BRANDS.replaceAll(' ?', '')})(?:mail)?$`, 'i');
const IN_NAME = new RegExp(String.raw`(?<![\p{L}\d])(${BRANDS})(?![\p{L}\d])`, 'iu');
const IN_DOMAIN = new RegExp(String.raw`(?:^|[.-])(?:${BRANDS.replaceAll(' ?', '-?')})(?=[.-]|\d|$)|(?:${BRANDS.replaceAll(' ?', '').split('|').filter((brand) => brand.length > 5).join('|')})`, 'i');
const CHEAP_TLD = /\.(?:top|xyz|click|ru|info|biz|online|shop|pw|cc|loan|club|live|site|website|icu|buzz|cn|tk|ml|ga|cf|win|bid|vip|work|rest|monster|su|cam|quest|sbs|cfd|support|help|zip|mov)$/i;
const LURE = /(?:secur|verif|login|signin|update|account|billing|payment|refund|support|service|alert|confirm|wallet|unlock|helpdesk|notice|kunden|konto|sicherheit|zustell|paket|colis|livraison|cliente|paiement|pago|amende|multa|rembours|impot|entrega|envio|safe|bank|customer|gov|giveaway|prize|reward|invoice|finance)/i;

/** The sender shows a known name but writes from a domain that its bearer would not use. */
export function borrowsBrandName(view: MailView): boolean {
  const brand = IN_NAME.exec(view.mail.from.name ?? '')?.[1]?.toLowerCase().replaceAll(' ', '');
  return brand !== undefined && view.fromDomain !== '' && !ownsBrand(view.fromDomain, brand);
}

/** The sender's domain is that of a known name itself, or below it: `stripe.com`, `mail.notion.so`. */
export function isBrandItself({ fromDomain, fromLabel }: MailView): boolean {
  return !CHEAP_TLD.test(fromDomain) && (EXACT_BRAND.test(fromLabel) || TOOL.test(fromLabel));
}

/** The domain wraps a known name in other words: `paypal-secure.com`, `dhl.parcel-fee.shop`. */
export function wrapsBrandInDomain(view: MailView): boolean {
  return [view.fromDomain, ...view.linkHosts].some((domain) => {
    const brand = IN_DOMAIN.exec(domain)?.[0]?.replace(/^[.-]/, '').toLowerCase();
    return brand !== undefined && !ownsBrand(domain, brand);
  });
}

/** A domain built from the owner's own name that is not the owner's domain. */
export function borrowsOwnDomain(view: MailView): boolean {
  const { ownerDomain, ownerLabel } = view;
  if (ownerLabel.length < 4 || ownerDomain === 'localhost') return false;
  const near = (domain: string) => domain !== ownerDomain && !domain.endsWith(`.${ownerDomain}`) && chosenLabel(domain).includes(ownerLabel);
  return near(view.fromDomain) || view.linkHosts.some(near);
}

export function hasCheapDomain(view: MailView): boolean {
  return [view.fromDomain, ...view.linkHosts].some((domain) => CHEAP_TLD.test(domain));
}

/** Words in the domain that suggest an office rather than name a company. */
export function hasLureDomain(view: MailView): boolean {
  return [view.fromDomain, ...view.linkHosts].some((domain) => {
    const label = chosenLabel(domain);
    return LURE.test(label) && (/[-\d]/.test(label) || CHEAP_TLD.test(domain));
  });
}

/** Links that lead elsewhere than to the sender's or the owner's own site. */
export function linksElsewhere(view: MailView): boolean {
  const own = new Set([view.fromLabel, view.ownerLabel]);
  return view.linkHosts.some((host) => !own.has(chosenLabel(host)));
}

/** Answers are to go to a domain that is neither the sender's nor a usual helper of it. */
export function repliesElsewhere(view: MailView): boolean {
  const replyTo = view.mail.headers.replyTo?.toLowerCase();
  return replyTo !== undefined && chosenLabel(replyTo.slice(replyTo.lastIndexOf('@') + 1).replace('>', '')) !== view.fromLabel;
}

/** A stranger's address under the owner's own name, in the display name or under the text: the boss who needs a favour. */
export function signsAsOwner({ mail, words, fromDomain, ownerDomain, ownerLabel }: MailView): boolean {
  if (fromDomain === ownerDomain) return false;
  const ownName = new Set([mail.ownerEmail.split('@')[0]!.toLowerCase(), ownerLabel].filter((name) => name.length > 3 && !ROLE.test(name)));
  const shown = (mail.from.name ?? '').toLowerCase();
  const lastLine = words.split('\n').at(-1)?.split(/\s[-–]\s?|^[-–]\s?/).at(-1) ?? '';
  return [shown.split(' ')[0] ?? '', shown.replaceAll(' ', ''), lastLine.toLowerCase().trim()].some((name) => ownName.has(name));
}

const ROLE = /^(?:info|hello|hallo|mail|contact|kontakt|office|owner|shop|team|sales|support|post|admin|studio)$/;

/** The mail claims to come from the owner's own address: senders do not write to themselves as strangers. */
export function claimsToBeOwner(view: MailView): boolean {
  return view.fromAddress !== '' && view.fromAddress === view.mail.ownerEmail.toLowerCase();
}

const ownsBrand = (domain: string, brand: string) => chosenLabel(domain).replace(/-?(?:mail|email|de|uk)$/, '') === brand.replaceAll('-', '') || chosenLabel(domain) === brand;
