import type { MailView } from './mail-view.ts';
import { isCourtesy, sentencesOf } from './mail-text.ts';
import { SIGNALS } from './signals.ts';

/** The encoder takes about a millisecond a word; what a mail is about shows in its subject and its first sentences. */
const EMBEDDED_WORDS = 36;
/** Unit vectors have components around 0.04; scaled up they move at the pace of the signals. */
const VECTOR_SCALE = 6;
/** The encoder learnt English; of other languages it mostly sees that they are other languages. */
const FOREIGN_VECTOR_SCALE = 2;

/** What of a mail the sentence encoder gets to read. */
export function embeddedTextOf(view: MailView): string {
  const sentences = sentencesOf(view.words).filter((sentence) => !isCourtesy(sentence));
  return `${view.subject}. ${sentences.join(' ')}`.split(' ').slice(0, EMBEDDED_WORDS).join(' ').replace(/https?:\S+/g, 'link');
}

/** The features of a mail: every signal, the scaled embedding, and the constant 1. */
export function featuresOf(view: MailView, vector: readonly number[]): number[] {
  const scale = view.language === 'en' ? VECTOR_SCALE : FOREIGN_VECTOR_SCALE;
  return [...SIGNALS.map((signal) => signal.strength(view)), ...vector.map((value) => value * scale), 1];
}
