import { termsOf } from './lexicon.ts';
import type { Topic } from './lexicon.ts';
import { isCourtesy, sentencesOf } from './mail-text.ts';
import type { MailView } from './mail-view.ts';

const TELLING: Topic[] = ['trouble', 'wish', 'privacy', 'cancel', 'payment', 'paper', 'buying', 'urgent', 'privateLife', 'jobOffer', 'appearance'];
const MAX_CHARS = 240;
const ENOUGH_WORDS = 4;

/** The sentence that says most of what the mail is about, as written; the subject when there is no sentence. */
export function summaryOf(view: MailView, asks: readonly string[]): string {
  const sentences = sentencesOf(view.words).filter((sentence) => !isCourtesy(sentence));
  const ranked = sentences.map((sentence, index) => ({ sentence, score: scoreOf(sentence, index, asks) }));
  const best = ranked.reduce((top, next) => (next.score > top.score ? next : top), { sentence: view.subject, score: -Infinity });
  return shortened(best.sentence || view.subject || view.words);
}

/** Early sentences, requests and telling words count; fragments do not. */
function scoreOf(sentence: string, index: number, asks: readonly string[]): number {
  const words = sentence.split(' ').length;
  const telling = TELLING.filter((topic) => termsOf(topic, sentence.toLowerCase()).length > 0).length;
  return Math.min(telling, 3) + (asks.includes(sentence) ? 1 : 0) - 0.4 * Math.min(index, 6) - (words < ENOUGH_WORDS ? 3 : 0);
}

function shortened(sentence: string): string {
  const line = sentence.replace(/\s+/g, ' ').trim();
  if (line.length <= MAX_CHARS) return line;
  // Cut between words and add nothing, so that the line still occurs in the mail.
  return line.slice(0, line.lastIndexOf(' ', MAX_CHARS)) || line.slice(0, MAX_CHARS);
}
