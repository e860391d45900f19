import type { Language } from '../language.ts';
import * as impersonation from './impersonation.ts';
import { termsOf, TOPICS } from './lexicon.ts';
import type { Topic } from './lexicon.ts';
import { amountsIn, asksIn, referencesIn } from './mail-facts.ts';
import { isFreeMail, writesUnderOwnName } from './mail-sender.ts';
import type { MailView } from './mail-view.ts';
import type { Category } from './triage-contract.ts';

/**
 * A fact about a mail, from 0 (absent) to 1, with what it speaks for before any example was seen. The trainer starts
 * from this evidence and moves away from it only as far as the examples insist: that is what lets a rule hold for mails
 * that resemble no example.
 */
export interface Signal {
  name: string;
  evidence: Partial<Record<Category, number>>;
  strength(view: MailView): number;
}

const TOPIC_EVIDENCE: Record<Topic, Signal['evidence']> = {
  trouble: { support: 2.2 },
  howTo: { support: 1.4 },
  account: { support: 1 },
  product: { support: 1.3 },
  wish: { support: 1.6 },
  privacy: { support: 2 },
  cancel: { support: 1.8 },
  aftercare: { support: 1.6 },
  paper: { billing: 2.2 },
  payment: { billing: 1.8 },
  receipt: { billing: 1.6 },
  bookkeeping: { billing: 2 },
  buying: { sales: 2 },
  pitching: { sales: 1.6 },
  massPitch: { spam: 2.2, sales: 0.3 },
  phishing: { spam: 2 },
  scam: { spam: 2.4 },
  listTalk: { newsletter: 2 },
  news: { newsletter: 1.6 },
  manyReaders: { newsletter: 1.2 },
  family: { personal: 2 },
  privateLife: { personal: 1.7 },
  jobOffer: { personal: 2.4 },
  appearance: { personal: 1.8 },
  paymentMethod: { billing: 1.8 },
  urgent: {},
  standstill: { support: 1 },
  deadline: {},
  dayWord: {},
  breach: { support: 0.6 },
  anger: { support: 0.5 },
  demand: {},
  gratitude: { support: 0.4, personal: 0.4 },
  unhurried: {},
};

/** Terms found once say something, twice more, ten times hardly more than four. */
const saturating = (count: number) => 1 - 0.55 ** count;
const when = (condition: boolean) => (condition ? 1 : 0);
const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;
const share = (text: string, pattern: RegExp, words: number) => Math.min(1, (8 * count(text, pattern)) / Math.max(12, words));

const BULK_SENDER = /^(?:news|newsletter|deals?|offers?|promo|marketing|updates?|weekly|digest|community|hello|hi|announce|list|notifications?|events?|team|mailer|bot|avisos|changes|changelog|rundbrief|rundmail|lettre|redaktion|newsletters|aktuell|verteiler|boletin)\b/;
const MONEY_SENDER = /^(?:billing|invoices?|invoicing|accounts?(?:payable|receivable)?|payments?|receipts?|finance|ar|ap|buchhaltung|rechnung(?:en)?|mahnung|compta|comptabilite|facturacion|facturas|statements?|accounting|collections|payable)\b/;
const MACHINE_SENDER = /no-?_?reply|do-?not-?reply|notification|alerts?\b|mailer|automat|daemon/;
const GENERIC_GREETING = /(?:^|\n)\s*(?:dear|hello|hi|greetings|attention)\s+(?:valued |esteemed )?(?:customer|user|client|member|merchant|sir|madam|friend|business owner|account holder|admin|winner|beneficiary|taxpayer|there|team)\b|(?:^|\n)\s*(?:sehr geehrter? (?:kunde|nutzer|kundin|mitglied)|cher(?:e)? client|gentile client\p{L}*|estimado (?:cliente|usuario))/iu;

const GREETS = /^\s*(?:hi|hey|hello|dear|good \p{L}+|morning|hallo|moin|hoi|guten \p{L}+|liebe[rs]?|sehr geehrte\p{L}*|bonjour|cher|chère|coucou|salut|hola|buen[oa]s|estimad[oa]s?|querid[oa]s?|ciao|buongiorno|gentile|car[oaie])(?![\p{L}])/iu;
/** A greeting to one named person: `Hi Mira,` or `Sehr geehrter Herr Brandt`, not `Hi there` or `Dear readers`. */
const GREETS_ONE = /^\s*(?:[Hh]i|[Hh]ey|[Hh]ello|[Dd]ear|[Hh]allo|[Mm]oin|[Hh]oi|[Ll]iebe[rs]?|[Gg]uten (?:Tag|Morgen|Abend),?|[Ss]ehr geehrter?|[Bb]onjour|[Cc]hère?|[Cc]oucou|[Ss]alut|[Hh]ola|[Ee]stimad[oa]|[Qq]uerid[oa]|[Cc]iao|[Gg]entile|[Cc]ar[oa]) (?:(?:Mr|Mrs|Ms|Dr|Herr|Frau|Mme|M|Sr|Sra)\.? )?\p{Lu}\p{L}+\s*[,!.:–-]/u;

const TOPIC_SIGNALS: Signal[] = TOPICS.flatMap((topic) => [
  { name: `topic:${topic}`, evidence: TOPIC_EVIDENCE[topic], strength: (view) => saturating(termsOf(topic, view.lowerBody).length) },
  { name: `subject:${topic}`, evidence: scaled(TOPIC_EVIDENCE[topic], 0.5), strength: (view) => saturating(termsOf(topic, view.lowerSubject).length) },
]);

const HEADER_SIGNALS: Signal[] = [
  { name: 'header:list-unsubscribe', evidence: { newsletter: 2.5, spam: 0.3 }, strength: ({ mail }) => when(Boolean(mail.headers.listUnsubscribe)) },
  { name: 'header:list-id', evidence: { newsletter: 2.5 }, strength: ({ mail }) => when(Boolean(mail.headers.listId)) },
  { name: 'header:bulk', evidence: { newsletter: 1.5, spam: 0.5 }, strength: ({ mail }) => when(/bulk|list|junk/i.test(mail.headers.precedence ?? '')) },
  { name: 'header:auto', evidence: { billing: 0.6, support: 0.3, newsletter: 0.3 }, strength: ({ mail }) => when(/^auto/i.test(mail.headers.autoSubmitted ?? '')) },
  { name: 'header:no-list', evidence: { newsletter: -1.5 }, strength: ({ mail }) => when(!mail.headers.listId && !mail.headers.listUnsubscribe && !mail.headers.precedence) },
  { name: 'header:reply', evidence: { spam: -1.2, newsletter: -1.2 }, strength: ({ mail }) => when(mail.isReply) },
];

const SENDER_SIGNALS: Signal[] = [
  { name: 'from:free-mail', evidence: { personal: 0.6, newsletter: -0.8 }, strength: ({ fromAddress }) => when(isFreeMail(fromAddress)) },
  { name: 'from:bulk', evidence: { newsletter: 0.8 }, strength: ({ fromLocal }) => when(BULK_SENDER.test(fromLocal)) },
  { name: 'from:money', evidence: { billing: 1.2 }, strength: ({ fromLocal }) => when(MONEY_SENDER.test(fromLocal)) },
  { name: 'from:machine', evidence: { newsletter: 0.5, billing: 0.4, personal: -1, sales: -1 }, strength: ({ fromLocal }) => when(MACHINE_SENDER.test(fromLocal)) },
  { name: 'from:digits', evidence: { spam: 0.5 }, strength: ({ fromLocal }) => when(/\d{3,}/.test(fromLocal)) },
  { name: 'from:cheap-domain', evidence: { spam: 2.2 }, strength: (view) => when(impersonation.hasCheapDomain(view)) },
  { name: 'from:lure-domain', evidence: { spam: 2 }, strength: (view) => when(impersonation.hasLureDomain(view)) },
  { name: 'from:borrowed-brand', evidence: { spam: 3 }, strength: (view) => when(impersonation.borrowsBrandName(view)) },
  { name: 'from:wrapped-brand', evidence: { spam: 3 }, strength: (view) => when(impersonation.wrapsBrandInDomain(view)) },
  { name: 'from:own-domain', evidence: { spam: 5 }, strength: (view) => when(impersonation.borrowsOwnDomain(view)) },
  { name: 'from:owner', evidence: { spam: 1.5 }, strength: (view) => when(impersonation.claimsToBeOwner(view)) },
  { name: 'from:owner-name', evidence: { spam: 2.5 }, strength: (view) => when(impersonation.signsAsOwner(view)) },
  { name: 'from:brand-itself', evidence: { spam: -1.5, personal: -0.8, sales: -0.8 }, strength: (view) => when(impersonation.isBrandItself(view)) },
  { name: 'from:person', evidence: { newsletter: -0.6, spam: -0.3 }, strength: (view) => when(writesUnderOwnName(view)) },
  { name: 'from:reply-elsewhere', evidence: { spam: 1 }, strength: (view) => when(impersonation.repliesElsewhere(view)) },
];

const TEXT_SIGNALS: Signal[] = [
  { name: 'text:links', evidence: { newsletter: 0.3, spam: 0.3 }, strength: ({ linkHosts }) => saturating(linkHosts.length) },
  { name: 'text:links-elsewhere', evidence: { spam: 0.4 }, strength: (view) => when(impersonation.linksElsewhere(view)) },
  { name: 'text:amount', evidence: { billing: 0.8 }, strength: ({ words }) => saturating(amountsIn(words).length) },
  { name: 'text:reference', evidence: { billing: 0.7, support: 0.3 }, strength: ({ words, subject }) => saturating(referencesIn(`${subject}\n${words}`).length) },
  { name: 'text:paper-attached', evidence: { billing: 1 }, strength: ({ mail }) => when(mail.attachments.some(({ filename }) => /invoice|rechnung|facture|factura|receipt|statement|mahnung|beleg|\d{4,}.*\.pdf$/i.test(filename))) },
  { name: 'text:risky-attachment', evidence: { spam: 2 }, strength: ({ mail }) => when(mail.attachments.some(({ filename }) => /\.(?:html?|exe|js|scr|iso|img|vbs|bat|lnk|docm|xlsm)$/i.test(filename))) },
  { name: 'text:picture-attached', evidence: { support: 0.6 }, strength: ({ mail }) => when(mail.attachments.some(({ contentType }) => contentType.startsWith('image/'))) },
  { name: 'text:shouting', evidence: { spam: 0.8 }, strength: ({ words, subject, wordCount }) => share(`${subject} ${words}`, /\b[A-Z]{4,}(?:\W+[A-Z]{2,})+\b|\b[A-Z]{7,}\b|!{2,}/g, wordCount) },
  { name: 'text:exclamations', evidence: { spam: 0.3, newsletter: 0.3 }, strength: ({ words, wordCount }) => share(words, /!/g, wordCount) },
  { name: 'text:questions', evidence: { support: 0.5, sales: 0.4, personal: 0.3, newsletter: -0.8 }, strength: ({ words }) => saturating(count(words, /\?/g)) },
  { name: 'text:no-ask', evidence: { newsletter: 0.4 }, strength: ({ words }) => when(asksIn(words).length === 0) },
  { name: 'text:generic-greeting', evidence: { spam: 1 }, strength: ({ words }) => when(GENERIC_GREETING.test(words)) },
  { name: 'text:greets-one', evidence: { newsletter: -0.6, spam: -0.3 }, strength: ({ words }) => when(GREETS_ONE.test(words)) },
  { name: 'text:no-greeting', evidence: { newsletter: 0.3 }, strength: ({ words }) => when(!GREETS.test(words)) },
  { name: 'text:first-person', evidence: { support: 0.6, personal: 0.4, newsletter: -0.8 }, strength: ({ lowerBody, wordCount }) => share(lowerBody, /(?<![\p{L}'])(?:i|i'm|i've|i'd|my|me|ich|mir|mich|mein\p{L}*|je|j'ai|mon|mes|yo|mi|me|he|io|mio|mia|ho|miei)(?![\p{L}])/gu, wordCount) },
  { name: 'text:we', evidence: { sales: 0.3, newsletter: 0.2, spam: 0.2 }, strength: ({ lowerBody, wordCount }) => share(lowerBody, /(?<![\p{L}'])(?:we|we're|our|us|wir|unser\p{L}*|nous|notre|nos|nuestr\p{L}*|nosotros|noi|nostr\p{L}*)(?![\p{L}])/gu, wordCount) },
  { name: 'text:you', evidence: { spam: 0.5, newsletter: 0.3 }, strength: ({ lowerBody, wordCount }) => share(lowerBody, /(?<![\p{L}'])(?:you|your|yours|ihr|ihre\p{L}*|ihnen|vous|votre|vos|usted|su|vostr\p{L}*|suo|sua|lei)(?![\p{L}])/gu, wordCount) },
  { name: 'text:intimate', evidence: { personal: 1.6 }, strength: (view) => saturating(intimacies(view)) },
  { name: 'text:short', evidence: { newsletter: -1, personal: 0.3 }, strength: ({ wordCount }) => when(wordCount < 25) },
  { name: 'text:long', evidence: { newsletter: 0.4 }, strength: ({ wordCount }) => when(wordCount > 160) },
  { name: 'text:no-subject', evidence: { support: 0.2, personal: 0.2, newsletter: -0.5 }, strength: ({ subject }) => when(subject === '') },
];

/** Forms of address among friends; `du` is `you` in German and `of the` in French, so the language decides. */
const FAMILIAR: Partial<Record<Language, RegExp>> = {
  de: /(?<![\p{L}])(?:du|dich|dir|dein\p{L}*|euch|ihr seid)(?![\p{L}])/gu,
  fr: /(?<![\p{L}])(?:tu|toi|ton|ta|tes|t')(?![\p{L}])/gu,
  es: /(?<![\p{L}])(?:tú|te|ti|vosotr\p{L}*|os)(?![\p{L}])/gu,
};
const ENDEARMENT = /(?<![\p{L}])(?:x{2,}|xo+|lol|haha\p{L}*|hey you|mate|hiya|u|ur|gonna|wanna|yay|omg)(?![\p{L}])|[:;]-?[)DP]|[\u2764\u{1F600}-\u{1F64F}\u{1F389}\u{1F973}]/gu;

function intimacies({ lowerBody, language }: MailView): number {
  const familiar = language && FAMILIAR[language];
  return count(lowerBody, ENDEARMENT) + (familiar ? count(lowerBody, familiar) / 2 : 0);
}

/** All signals, in the order of the trained weights. */
export const SIGNALS: readonly Signal[] = [...TOPIC_SIGNALS, ...HEADER_SIGNALS, ...SENDER_SIGNALS, ...TEXT_SIGNALS];

function scaled(evidence: Signal['evidence'], factor: number): Signal['evidence'] {
  return Object.fromEntries(Object.entries(evidence).map(([category, weight]) => [category, weight * factor]));
}
