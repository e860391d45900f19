import { actionDigest, actionProblems, findAction, inPresentForm, type ActionProposed, type Check, type DataOf, type Envelope } from '@troupe/contracts';
import { amounts } from './claims/amounts.ts';
import { without, type Claim, type ClaimKind, type Known } from './claims/claim.ts';
import { dates } from './claims/dates.ts';
import { links } from './claims/links.ts';
import { greetedName, nameWords, titledNames } from './claims/names.ts';
import { references } from './claims/references.ts';
import { flat, ownWords } from './quotes.ts';
import { namesOfRecipients, peopleIn, recipientsOf } from './recipients.ts';
import { citedSources, sourcesIn, type Source } from './sources.ts';

type Proposal = DataOf<typeof ActionProposed>;

/** What a check finds wrong, in the owner's words; nothing when it passes. */
interface Question {
  readonly name: string;
  readonly passed: string;
  readonly problems: () => readonly string[];
}

/** In this order: a date in a link is no date, a year in a date no reference. */
const CLAIM_KINDS: readonly ClaimKind[] = [links, dates, amounts, references];

/** Every check, passed or not, in the order an owner would ask. Pure: the events it may read are handed in. */
export function checkProposal(proposal: Proposal, events: readonly Envelope[]): Check[] {
  const sources = sourcesIn(events);
  return questionsFor(proposal, sources).map(checked);
}

/** A check that cannot be made has failed, and says why: an odd event never keeps the others from being made. */
function checked({ name, passed, problems }: Question): Check {
  try {
    const found = problems();
    return { name, passed: found.length === 0, detail: (found.join('; ') || passed).slice(0, 2_000) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { name, passed: false, detail: `Could not be checked: ${reason}`.slice(0, 2_000) };
  }
}

function questionsFor(proposal: Proposal, sources: readonly Source[]): Question[] {
  const { action, digest } = proposal;
  const common: Question[] = [
    { name: 'schema', passed: 'The arguments fit the catalogue.', problems: () => actionProblems(action) },
    { name: 'digest', passed: 'The digest is that of this action.', problems: () => (actionDigest(action) === digest ? [] : ['The digest belongs to another form of this action.']) },
    { name: 'citations', passed: 'Each citation stands in its source.', problems: () => unfoundedCitations(proposal, sources) },
    { name: 'targets', passed: 'What it acts on occurs in what it cites.', problems: () => unknownTargets(proposal, sources) },
  ];
  return action.type === 'email.send' ? [...common, ...letterQuestions(proposal, sources)] : common;
}

/** Evidence must name an event that can be read, and what is called sourced must stand there word for word. */
function unfoundedCitations({ evidence }: Proposal, sources: readonly Source[]): string[] {
  return evidence.flatMap(({ claim, source, span, grounds }) => {
    const cited = sources.find(({ event }) => event.id === source);
    if (!cited) return [`"${claim}" rests on ${source}, which is no source of this story or person`];
    return grounds !== 'sourced' || flat(cited.text).includes(flat(span)) ? [] : [`"${claim}" rests on "${span}", which its source does not say`];
  });
}

/** The ids an action names and nobody edits (a subscription, a message) must come from what it cites. */
function unknownTargets(proposal: Proposal, sources: readonly Source[]): string[] {
  const { action } = proposal;
  const keys = (findAction(action.type)?.fields ?? []).filter(({ kind, editable }) => kind === 'text' && !editable).map(({ key }) => key);
  const cited = citedSources(proposal, sources);
  const { args } = readable(action);
  const targets = keys.map((key) => textIn(args, key));
  return targets.filter((target) => !cited.some(({ text }) => text.split('\n').includes(target))).map((target) => `${target} does not occur in what it cites`);
}

function letterQuestions(proposal: Proposal, sources: readonly Source[]): Question[] {
  const { args } = readable(proposal.action);
  const cited = citedSources(proposal, sources);
  const body = ownWords(textIn(args, 'body'), cited.map(({ text }) => text));
  const known = cited.map(({ text }) => text).join('\n');
  const recipients = recipientsOf(args);
  return [
    { name: 'recipients', passed: 'Each recipient is somebody of this story.', problems: () => strangers(recipients, cited) },
    ...claimQuestions(`${textIn(args, 'subject')}\n${body}`, known),
    { name: 'names', passed: 'It greets its recipient, and names nobody else who is not in what it cites.', problems: () => strangeNames(body, known, namesOfRecipients(recipients, cited)) },
  ];
}

/** In the form that its fields and checks are written for; one that cannot be brought there fails the check of its schema. */
function readable(action: Proposal['action']): Proposal['action'] {
  return inPresentForm(action) ?? action;
}

/** The text of an argument; what is no text is for the schema to complain about. */
function textIn(args: Proposal['action']['args'], key: string): string {
  const value = args[key];
  return typeof value === 'string' ? value : '';
}

function strangers(recipients: readonly string[], cited: readonly Source[]): string[] {
  const known = new Set(cited.flatMap(({ event }) => peopleIn(event)).map(({ address }) => address.toLowerCase()));
  return recipients.filter((address) => !known.has(address)).map((address) => `${address} is nobody this story is about`);
}

function claimQuestions(text: string, known: string): Question[] {
  return CLAIM_KINDS.map((kind, index) => ({
    name: kind.name,
    passed: `All ${kind.name} occur in what it cites.`,
    problems: () => {
      const rest = CLAIM_KINDS.slice(0, index).reduce((left, earlier) => without(left, earlier.find(left)), text);
      return notFound(unfounded(kind, rest, known));
    },
  }));
}

function unfounded(kind: ClaimKind, text: string, source: string): Claim[] {
  const claims = kind.find(text);
  if (claims.length === 0) return [];
  const known: Known = { claims: kind.find(source), text: source };
  return claims.filter((claim) => !kind.isFounded(claim, known));
}

function strangeNames(body: string, known: string, recipientNames: ReadonlySet<string>): string[] {
  const everybody = new Set(nameWords(known));
  return notFound([
    ...greetedName(body).filter(({ readings }) => !readings.every((word) => recipientNames.has(word))),
    ...titledNames(body).filter(({ readings }) => !readings.every((word) => everybody.has(word))),
  ]);
}

function notFound(claims: readonly Claim[]): string[] {
  return [...new Set(claims.map(({ text }) => `Not found in what it cites: "${text}"`))];
}
