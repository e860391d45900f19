import { findAction } from '@troupe/contracts';
import type { DataOf, ActionHeld } from '@troupe/contracts';

/** What kind of action this is, in words: the catalogue's title, or the type of an action this build does not know. */
export function cardTitle(type: string): string {
  return findAction(type)?.title ?? type;
}

/** One line that tells this card from its neighbours. */
export function cardSummary(type: string, args: Readonly<Record<string, unknown>>): string {
  switch (type) {
    case 'email.send':
      return `${text(args['subject'])} → ${list(args['to'])}`;
    case 'email.label':
      return `${labels('+', args['add'])}${labels('−', args['remove'])}`.trim() || 'No change of labels';
    case 'owner.ask':
      return firstLine(text(args['question']));
    case 'story.release':
      return firstLine(text(args['because']));
    default:
      return firstLine(Object.values(args).map(text).filter(Boolean).join(' · ')) || cardTitle(type);
  }
}

/** Why a card waits. */
export function waitingReason(why: DataOf<typeof ActionHeld>['why']): string {
  switch (why) {
    case 'needs_owner':
      return 'This needs your word before anything happens.';
    case 'edit_refused':
      return 'Policy refused your edit. Change it again, or reject it.';
    case 'snooze_ended':
      return 'You asked to see this again now.';
    case 'unverified':
      return 'The verifier did not answer in time, so nothing in it has been checked.';
    default:
      return why satisfies never;
  }
}

/** The first line of a text, cut at `max` characters. */
export function firstLine(value: string, max = 160): string {
  const line = value.trim().split(/\r?\n/, 1)[0] ?? '';
  return line.length > max ? `${line.slice(0, max - 1).trimEnd()}…` : line;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function list(value: unknown): string {
  return Array.isArray(value) ? value.join(', ') : '';
}

function labels(sign: string, value: unknown): string {
  return Array.isArray(value) ? value.map((label) => `${sign}${String(label)} `).join('') : '';
}
