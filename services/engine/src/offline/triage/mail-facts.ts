import { isCourtesy, sentencesOf } from './mail-text.ts';
import type { Triage } from './triage-contract.ts';

const MAX_ASKS = 5;
const MAX_SPANS = 12;
const MAX_SPAN_CHARS = 100;

const CURRENCIES: Record<string, string> = {
  '€': 'EUR', eur: 'EUR', euro: 'EUR', euros: 'EUR',
  $: 'USD', usd: 'USD', 'us$': 'USD', dollar: 'USD', dollars: 'USD', bucks: 'USD',
  '£': 'GBP', gbp: 'GBP', pounds: 'GBP', quid: 'GBP',
  chf: 'CHF', franken: 'CHF', sek: 'SEK', nok: 'NOK', dkk: 'DKK', cad: 'CAD', aud: 'AUD', sgd: 'SGD', '¥': 'JPY', jpy: 'JPY', '₹': 'INR', inr: 'INR', pln: 'PLN',
};
const MARK = String.raw`(?:US\$|[€$£¥₹]|\b(?:EUR|USD|GBP|CHF|SEK|NOK|DKK|CAD|AUD|SGD|JPY|INR|PLN)\b)`;
const WORD = String.raw`(?:[€$£¥₹]|(?:EUR|USD|GBP|CHF|SEK|NOK|DKK|CAD|AUD|SGD|JPY|INR|PLN|euros?|dollars?|bucks|pounds|quid|Franken)\b)`;
const NUMBER = String.raw`\d{1,3}(?:[.,'\u2019 ]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?`;
const AMOUNT = new RegExp(String.raw`(${MARK})\s?(${NUMBER})(?![\d%])|(?<![\d.,])(${NUMBER})(?:,-|,–)?\s?(${WORD})`, 'gi');

/** Amounts of money, with the number normalised: "1.450,00 EUR" and "EUR 1,450" both carry 1450. */
export function amountsIn(text: string): Triage['amounts'] {
  const found = [...text.matchAll(AMOUNT)].map((match) => ({
    amount: decimalOf(match[2] ?? match[3] ?? ''),
    currency: CURRENCIES[(match[1] ?? match[4] ?? '').toLowerCase()] ?? '',
    span: match[0].trim(),
  }));
  return uniqueBy(found.filter(({ currency }) => currency !== ''), ({ span }) => span).slice(0, MAX_SPANS);
}

/** A separator followed by exactly three digits groups thousands, any other last one is the decimal point. */
function decimalOf(number: string): string {
  const [, whole = '', fraction] = /^(.*?)(?:[.,](\d{1,2}))?$/.exec(number) ?? [];
  const digits = whole.replace(/\D/g, '');
  return fraction === undefined ? digits : `${digits}.${fraction}`;
}

const MONTH = String.raw`(?:jan(?:uary|uar|vier)?|feb(?:ruary|ruar)?|février|enero|febrero|mar(?:ch|s|zo)?|märz|apr(?:il)?|avril|abril|may|mai|mayo|june?|juni|juin|junio|july?|juli|juillet|julio|aug(?:ust)?|août|agosto|sept?(?:ember|embre|iembre)?|o[ck]t(?:ober|obre|ubre)?|nov(?:ember|embre|iembre)?|de[cz](?:ember|embre)?|décembre|diciembre)`;
const WEEKDAY = String.raw`(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo)`;
const DATE = new RegExp(
  [
    String.raw`\b\d{4}-\d{2}-\d{2}\b`,
    String.raw`\b\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2})\b`,
    String.raw`\b\d{1,2}\.\d{1,2}\.(?!\d)`,
    String.raw`\b\d{1,2}(?:st|nd|rd|th|\.|er)?\s+(?:of\s+|de\s+)?${MONTH}(?![a-zäöü])(?:\s+(?:de\s+)?\d{4}\b)?`,
    String.raw`\b${MONTH}(?![a-zäöü])\s+\d{1,2}(?:st|nd|rd|th)?\b(?:,?\s+\d{4}\b)?`,
    String.raw`\b(?:next |this |on |by |until |kommenden |nächsten )?${WEEKDAY}\b`,
    String.raw`\b(?:today|tonight|tomorrow|heute|morgen früh|übermorgen|aujourd'hui|demain|mañana|hoy)\b`,
  ].join('|'),
  'giu',
);

/** Dates and days as the sender wrote them. */
export function datesIn(text: string): string[] {
  return spansOf(text, DATE);
}

const REFERENCE_WORD = String.raw`(?:invoice|order|ticket|case|booking|customer|account|contract|quote|PO|purchase order|reference|ref|request id|tracking|rechnung|rechnungsnummer|bestellung|auftrag|angebot|kundennummer|vorgang|aktenzeichen|facture|commande|devis|dossier|factura|pedido|presupuesto)`;
const REFERENCE = new RegExp(
  [
    String.raw`(?<=\b${REFERENCE_WORD}s?[ \-]*(?:no|nr|number|num|nummer|id|n°|nº)?[.:]?\s*#?)(?=[\w/-]*\d{2})[A-Z0-9][\w/-]{2,}`,
    String.raw`(?<![\w/])#\d{3,}\b`,
    String.raw`\b[A-Z]{1,5}[-_/]\d{2,}(?:[-_/]\d+)*\b`,
    String.raw`\breq_\w+\b`,
  ].join('|'),
  'gi',
);

/** Invoice, order, ticket and similar numbers. A plain year or date does not count. */
export function referencesIn(text: string): string[] {
  return spansOf(text, REFERENCE).filter((span) => !/^(?:19|20)\d\d$|^\d{1,2}[-/.]\d|^\d{4}-\d\d-\d\d/.test(span));
}

const REQUEST = new RegExp(
  [
    String.raw`\b(?:please|pls|plz|kindly)\b`,
    String.raw`\b(?:could|can|would|will) you\b`,
    String.raw`\bI (?:would|'d|’d) like\b|\bI'?d like\b|\b(?:I|we) (?:need|want|request|ask|expect|demand|wish)\b|\bneed to know\b`,
    String.raw`\blet (?:me|us) know\b|\b(?:cancel|fix|send|call|refund|delete|remove|check|tell|confirm) (?:me|my|it|this|us|the|our)\b`,
    String.raw`\bbitte\b|\bkönn(?:en|ten|t)? (?:sie|ihr|du|wir)\b|\bkannst du\b|\bich (?:möchte|brauche|hätte gern)\b|\bwir (?:möchten|benötigen|suchen)\b|\bwürden sie\b`,
    String.raw`\bpou(?:vez|rriez)[- ]vous\b|\bmerci de\b|\bje (?:voudrais|souhaite)\b|\bnous (?:aimerions|souhaitons)\b|\bveuillez\b`,
    String.raw`\bpod(?:éis|éis|rías|ría|rían|eis)\b|\bpuede[ns]?\b|\bme gustaría\b|\bnecesit(?:o|amos)\b|\bquiero\b|\bpor favor\b`,
  ].join('|'),
  'iu',
);

/** Questions and requests, in the sender's words, courtesies left out. */
export function asksIn(text: string): string[] {
  const sentences = sentencesOf(text).filter((sentence) => !isCourtesy(sentence));
  const asks = sentences.filter((sentence) => sentence.length <= 400 && (/\?["')\s]*$/.test(sentence) || REQUEST.test(sentence)));
  return uniqueBy(asks, (ask) => ask).slice(0, MAX_ASKS);
}

function spansOf(text: string, pattern: RegExp): string[] {
  const spans = [...text.matchAll(pattern)].map((match) => match[0].trim().slice(0, MAX_SPAN_CHARS));
  return uniqueBy(spans, (span) => span.toLowerCase()).slice(0, MAX_SPANS);
}

function uniqueBy<T>(items: T[], keyOf: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [keyOf(item), item] as const)).values()];
}
