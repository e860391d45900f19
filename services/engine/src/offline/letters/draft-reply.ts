import type { TriageAnswer } from '@troupe/contracts';
import { answered, declined } from '../offline-task.ts';
import type { OfflineTask, TaskOutcome } from '../offline-task.ts';
import { readInput } from '../task-input.ts';
import { asksIn } from '../triage/mail-facts.ts';
import { viewOf } from '../triage/mail-view.ts';
import type { MailView } from '../triage/mail-view.ts';
import { DraftRequest } from './draft-request.ts';
import { guidedReply } from './guided-reply.ts';
import { languageOf } from '../language.ts';
import type { Language } from '../language.ts';
import { letterBody, replySubject } from './letter.ts';
import type { Letter } from './letter.ts';
import { relevantFacts } from './relevant-facts.ts';
import { replyClassOf } from './reply-class.ts';
import type { ReplyClass } from './reply-class.ts';
import { termsOf } from '../triage/lexicon.ts';
import { acknowledgment, onRecord, quoted, regret } from './reply-templates.ts';

const MAX_QUOTED = 2;
/** A request with fewer words leans on the sentence before it. */
const TELLING_WORDS = 7;
/** An acknowledgment is right more often than it is all that should be said. */
const ACKNOWLEDGMENT_CONFIDENCE = 0.7;

/**
 * `mail.draft_reply`: a reply out of the owner's words, or an acknowledgment of a request that one serves, with the facts
 * on record. Declines what would need knowledge or a decision, and names what is missing.
 */
export const draftReply: OfflineTask = {
  name: 'mail.draft_reply',
  answer: async (input) => draft(readInput('mail.draft_reply', DraftRequest, input)),
};

function draft(request: DraftRequest): TaskOutcome {
  const view = viewOf(request.mail);
  if (request.ownerGuidance?.trim()) return answered(guidedReply(request, view, request.ownerGuidance));
  const language = languageOf(`${view.subject} ${view.words}`);
  if (!language) return declined(`I write English, German, French and Spanish; this mail is in another language. Tell me what to answer to: "${request.triage.what}"`);
  const replyClass = replyClassOf(request.triage, `${view.subject}\n${view.words}`);
  if (!replyClass) return declined(whatIsMissing(request.triage, view));
  return answered(acknowledge(request, view, language, replyClass));
}

function acknowledge(request: DraftRequest, view: MailView, language: Language, replyClass: ReplyClass): Letter {
  const asks = quotable(request.triage, view);
  const facts = relevantFacts(request.facts, `${view.subject}\n${view.words}`, language);
  const paragraphs = [acknowledgment(language, replyClass), isAngry(view) ? regret(language) : '', quoted(language, asks), onRecord(language, facts.map(({ claim }) => claim))];
  return {
    subject: replySubject(view.subject, language),
    body: letterBody(paragraphs, { language, recipientName: request.mail.from.name, ownerName: request.ownerName }),
    citations: [...asks.map((ask) => ({ claim: `The sender wrote: ${ask}`, source: 'mail', span: ask })), ...facts],
    confidence: Math.round(ACKNOWLEDGMENT_CONFIDENCE * request.triage.confidence * 100) / 100,
  };
}

const isTelling = (ask: string) => ask.split(' ').length >= TELLING_WORDS;

const isAngry = (view: MailView) => termsOf('anger', view.lowerBody).length > 0;

/**
 * What to quote, only words that really stand in the mail: what the mail is about, and an ask that says more than that.
 * "Could you have a look?" alone would show nobody that they were understood.
 */
function quotable(triage: TriageAnswer, view: MailView): string[] {
  const words = view.words.replace(/\s+/g, ' ');
  const asks = triage.asks.length > 0 ? triage.asks : asksIn(view.words);
  const telling = asks.filter(isTelling);
  const chosen = telling.length > 0 ? telling : [triage.what, ...asks];
  const occurring = [...new Set(chosen)].filter((text) => text.trim() !== '' && words.includes(text));
  return occurring.filter((text) => !occurring.some((other) => other !== text && other.includes(text))).slice(0, MAX_QUOTED);
}

function whatIsMissing(triage: TriageAnswer, view: MailView): string {
  const about = triage.asks.find(isTelling) ?? (triage.what || view.subject);
  if (triage.category === 'spam') return 'No reply is due: this looks like spam.';
  if (triage.category === 'newsletter') return 'No reply is due: this looks like a newsletter.';
  if (triage.urgency === 'low' && triage.asks.length === 0) return `No reply seems due, it only informs you: "${about}"`;
  return `${MISSING[triage.category]} Tell me in a sentence what to answer to: "${about}"`;
}

const MISSING: Record<Exclude<TriageAnswer['category'], 'spam' | 'newsletter'>, string> = {
  personal: 'This is for you personally.',
  sales: 'I know neither your prices nor your plans.',
  billing: 'This is about money, and nothing on record settles it.',
  support: 'Nothing on record answers this.',
};
