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
import { acknowledgment, onRecord, quoted } from './reply-templates.ts';

const MAX_QUOTED = 2;
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
  if (!language) return declined('The mail is in a language I have no words for. Tell me what to answer, in your own words.');
  const replyClass = replyClassOf(request.triage, `${view.subject}\n${view.words}`);
  if (!replyClass) return declined(whatIsMissing(request.triage, view));
  return answered(acknowledge(request, view, language, replyClass));
}

function acknowledge(request: DraftRequest, view: MailView, language: Language, replyClass: ReplyClass): Letter {
  const asks = quotable(request.triage, view);
  const facts = relevantFacts(request.facts, `${view.subject}\n${view.words}`, language);
  const paragraphs = [acknowledgment(language, replyClass), quoted(language, asks), onRecord(language, facts.map(({ claim }) => claim))];
  return {
    subject: replySubject(view.subject, language),
    body: letterBody(paragraphs, { language, recipientName: request.mail.from.name, ownerName: request.ownerName }),
    citations: [...asks.map((ask) => ({ claim: `The sender wrote: ${ask}`, source: 'mail', span: ask })), ...facts],
    confidence: Math.round(ACKNOWLEDGMENT_CONFIDENCE * request.triage.confidence * 100) / 100,
  };
}

/** The asks to quote, or what the mail is about: only words that really stand in the mail. */
function quotable(triage: TriageAnswer, view: MailView): string[] {
  const words = view.words.replace(/\s+/g, ' ');
  const asks = triage.asks.length > 0 ? triage.asks : asksIn(view.words);
  const occurring = (asks.length > 0 ? asks : [triage.what]).filter((ask) => ask.trim() !== '' && words.includes(ask));
  return occurring.slice(0, MAX_QUOTED);
}

function whatIsMissing(triage: TriageAnswer, view: MailView): string {
  const ask = triage.asks[0] ?? triage.what ?? view.subject;
  switch (triage.category) {
    case 'spam':
    case 'newsletter':
      return `No reply is due: this looks like ${triage.category === 'spam' ? 'spam' : 'a newsletter'}.`;
    case 'personal':
      return `This is for you as a person; I have nothing to answer with: "${ask}"`;
    case 'sales':
    case 'billing':
    case 'support':
      return `I have nothing about: "${ask}"`;
    default:
      return triage.category satisfies never;
  }
}
