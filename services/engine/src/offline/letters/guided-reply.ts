import type { MailView } from '../triage/mail-view.ts';
import type { DraftRequest } from './draft-request.ts';
import { languageOf } from '../language.ts';
import { letterBody, replySubject } from './letter.ts';
import type { Letter } from './letter.ts';
import { quoted } from './reply-templates.ts';

const GUIDED_CONFIDENCE = 0.9;
/** Shorter than this, the owner's answer is only clear next to the question. */
const TERSE_WORDS = 5;
const INSTRUCTION = /^(?:please\s+)?(?:tell|let|answer|reply|say|write)(?:\s+(?:to\s+)?(?:him|her|them|it))?(?:\s+know)?(?:\s+that|\s*:|,)?\s+|^(?:sag|schreib|antworte)(?:\s+(?:ihm|ihr|ihnen))?(?:,?\s+dass|\s*:|,)?\s+/i;
const OPENING = /^(?:hi|hello|dear|hey|hallo|guten tag|liebe[rs]?|sehr geehrte[rs]?|bonjour|hola)\b[^\n]{0,60}[,!:]\s*\n+/i;
const SIGN_OFF = /\n+(?:best|kind regards|regards|thanks|cheers|viele grüße|mit freundlichen grüßen|lg|cordialement|un saludo)\b[\s\S]{0,80}$/i;

/** The owner's words as a well-formed reply: nothing added but a greeting, a closing, and the question if it needs one. */
export function guidedReply(request: DraftRequest, view: MailView, guidance: string): Letter {
  const words = owned(guidance);
  const language = languageOf(words.split(' ').length >= TERSE_WORDS ? words : view.words) ?? 'en';
  const asks = words.split(' ').length < TERSE_WORDS ? request.triage.asks.slice(0, 1) : [];
  return {
    subject: replySubject(view.subject, language),
    body: letterBody([quoted(language, asks), words], { language, recipientName: request.mail.from.name, ownerName: request.ownerName }),
    citations: [{ claim: words.slice(0, 1_000), source: 'owner', span: guidance.trim().slice(0, 2_000) }],
    confidence: GUIDED_CONFIDENCE,
  };
}

function owned(guidance: string): string {
  const bare = guidance.trim().replace(OPENING, '').replace(SIGN_OFF, '').replace(INSTRUCTION, '').trim();
  const started = bare.charAt(0).toUpperCase() + bare.slice(1);
  return /[.!?…)\]"'”]$/.test(started) ? started : `${started}.`;
}
