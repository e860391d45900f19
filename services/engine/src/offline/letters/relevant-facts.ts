import { amountsIn, referencesIn } from '../triage/mail-facts.ts';
import { termsOf } from '../triage/lexicon.ts';
import type { Fact } from './letter.ts';
import { languageOf } from '../language.ts';
import type { Language } from '../language.ts';

const MAX_FACTS = 3;

/**
 * The facts that may be told in an answer: about money or its papers, on the same matter as the mail (a number or an
 * amount they share, or the same topic of payment), in the mail's language, and worded by their own source. Whatever
 * else memory holds about a person is not for a letter that nobody asked to mention it.
 */
export function relevantFacts(facts: readonly Fact[], text: string, language: Language): Fact[] {
  const told = facts.filter((fact) => isAboutMoney(fact.claim) && isSupported(fact) && speaks(fact.claim, language));
  return told.filter((fact) => sharesMatter(fact.claim, text)).slice(0, MAX_FACTS);
}

const isAboutMoney = (claim: string) => ['paper', 'payment'].some((topic) => termsOf(topic as 'paper', claim.toLowerCase()).length > 0);

const speaks = (claim: string, language: Language) => (languageOf(claim) ?? language) === language;

/** Each number in the claim must stand in the span that the claim rests on. */
function isSupported({ claim, span }: Fact): boolean {
  const digits = span.replace(/\D/g, '');
  return (claim.match(/\d[\d.,]*/g) ?? []).every((number) => digits.includes(number.replace(/\D/g, '')));
}

function sharesMatter(claim: string, text: string): boolean {
  const references = new Set(referencesIn(text));
  const amounts = new Set(amountsIn(text).map(({ amount, currency }) => `${Number(amount)} ${currency}`));
  return (
    referencesIn(claim).some((reference) => references.has(reference)) ||
    amountsIn(claim).some(({ amount, currency }) => amounts.has(`${Number(amount)} ${currency}`))
  );
}
