import { languageOf } from '../language.ts';
import type { Language } from '../language.ts';
import { domainOf } from './mail-sender.ts';
import { ownWords, readableText } from './mail-text.ts';
import type { Mail } from './triage-contract.ts';

/** A mail taken apart once, so that the signals below stay one-liners. Texts in `lower*` are for matching only. */
export interface MailView {
  mail: Mail;
  /** The sender's own words, quotes and signature block removed. */
  words: string;
  subject: string;
  lowerSubject: string;
  lowerBody: string;
  /** Undefined when it is none that we know. */
  language: Language | undefined;
  wordCount: number;
  fromAddress: string;
  fromLocal: string;
  fromDomain: string;
  /** The part of the domain its owner chose: `shop` of `mail.shop.co.uk`. */
  fromLabel: string;
  ownerDomain: string;
  ownerLabel: string;
  linkHosts: string[];
}

const MAX_CHARS = 6_000;

export function viewOf(mail: Mail): MailView {
  const whole = readableText(mail.text).slice(0, MAX_CHARS);
  const words = ownWords(whole) || whole;
  const fromAddress = mail.from.address.toLowerCase();
  const fromDomain = domainOf(fromAddress);
  const ownerDomain = domainOf(mail.ownerEmail);
  return {
    mail,
    words,
    subject: mail.subject.trim(),
    lowerSubject: lower(mail.subject),
    lowerBody: lower(words),
    language: languageOf(`${mail.subject} ${words}`),
    wordCount: words.split(/\s+/).filter(Boolean).length,
    fromAddress,
    fromLocal: fromAddress.split('@')[0] ?? '',
    fromDomain,
    fromLabel: chosenLabel(fromDomain),
    ownerDomain,
    ownerLabel: chosenLabel(ownerDomain),
    linkHosts: hostsIn(whole),
  };
}

/** Second-level registries where the chosen label is the third from the right. */
const SECOND_LEVEL = /\.(?:co|com|org|net|gov|ac|gob|gouv|k12)\.[a-z]{2}$/;

export function chosenLabel(domain: string): string {
  const labels = domain.split('.');
  return labels.at(SECOND_LEVEL.test(domain) ? -3 : -2) ?? '';
}

function hostsIn(text: string): string[] {
  const hosts = [...text.matchAll(/\b(?:https?:\/\/|www\.)([^\s/<>"')?#]+)/gi)].map(([, host = '']) => host.toLowerCase());
  return [...new Set(hosts)];
}

const lower = (text: string) => text.toLowerCase().replace(/[\u2018\u2019\u00b4`]/g, "'").replace(/\s+/g, ' ');
