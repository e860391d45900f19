import { termsOf } from './lexicon.ts';
import type { Topic } from './lexicon.ts';
import { isCourtesy, sentencesOf } from './mail-text.ts';
import type { MailView } from './mail-view.ts';
import type { Category } from './triage-contract.ts';

/** What a telling sentence talks about, by the kind of mail. */
const TELLING: Record<Category, Topic[]> = {
  support: ['trouble', 'standstill', 'breach', 'howTo', 'wish', 'privacy', 'cancel', 'aftercare', 'urgent'],
  billing: ['payment', 'paper', 'paymentMethod', 'receipt', 'bookkeeping', 'urgent'],
  sales: ['buying', 'pitching'],
  newsletter: ['news'],
  spam: ['phishing', 'scam', 'massPitch'],
  personal: ['family', 'privateLife', 'jobOffer', 'appearance', 'urgent'],
};
const MAX_CHARS = 240;
/** "Could you have a look?" tells less than the sentence before it. */
const ENOUGH_WORDS = 6;

/** The sentence that says most of what the mail is about, as written; the subject when there is no sentence. */
export function summaryOf(view: MailView, category: Category, asks: readonly string[]): string {
  const sentences = sentencesOf(view.words).filter((sentence) => !isCourtesy(sentence));
  const ranked = sentences.map((sentence, index) => ({ sentence, score: scoreOf(sentence, index, TELLING[category], asks) }));
  const best = ranked.reduce((top, next) => (next.score > top.score ? next : top), { sentence: view.subject, score: -Infinity });
  return shortened(best.sentence || view.subject || view.words);
}

/** Early sentences, requests and telling words count; fragments do not. */
function scoreOf(sentence: string, index: number, telling: readonly Topic[], asks: readonly string[]): number {
  const words = sentence.split(' ').length;
  const hits = telling.filter((topic) => termsOf(topic, sentence.toLowerCase()).length > 0).length;
  return Math.min(hits, 3) + (asks.includes(sentence) && words >= ENOUGH_WORDS ? 1 : 0) - 0.4 * Math.min(index, 6) - (words < ENOUGH_WORDS ? 2 : 0);
}

function shortened(sentence: string): string {
  const line = sentence.replace(/\s+/g, ' ').trim();
  if (line.length <= MAX_CHARS) return line;
  // Cut between words and add nothing, so that the line still occurs in the mail.
  const cut = line.lastIndexOf(' ', MAX_CHARS);
  return line.slice(0, cut > 0 ? cut : MAX_CHARS);
}
