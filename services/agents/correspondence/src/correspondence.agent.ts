import { Agent, On, type Story } from '@troupe/agent-kit';
import {
  ApprovalAccepted, EmailReceived, EmailSend, EmailTriaged, personSubject,
  type EventOf, type Evidence, type Mailbox, type MailCategory,
} from '@troupe/contracts';
import { DraftReply, draftInput, type DraftMaterial, type Fact } from './draft-reply.ts';
import { FACT_EVENTS, knownFacts } from './known-facts.ts';
import { replyRecipient } from './reply-recipient.ts';
import { replySubject, threadHeaders } from './threading.ts';

type Mail = EventOf<typeof EmailReceived>;
type Triaged = EventOf<typeof EmailTriaged>;

/** Classes of mail that a reply is drafted for; the others are for the owner alone, or for nobody. */
const ANSWERED: readonly MailCategory[] = ['support', 'billing', 'sales'];

/** An answer the owner can give to the question what to write. */
const NO_ANSWER = 'Do not answer';

/** Drafts replies from the mail and from what memory knows. Where neither has the answer, it asks the owner and writes down theirs. */
@Agent({
  name: 'correspondence',
  version: '1.1.0',
  purpose: 'Drafts replies to mail that expects one, or asks the owner.',
  emits: [],
  mayPropose: ['email.send', 'owner.ask'],
})
export class CorrespondenceAgent {
  @On(EmailTriaged, { concurrency: 4 })
  async draft(event: EventOf<typeof EmailTriaged>, story: Story): Promise<void> {
    if (!ANSWERED.includes(event.data.triage.category)) return;
    const [first, mail] = await Promise.all([firstTriaged(story, event.data.emailEventId), mailOf(story, event)]);
    if (!mail || first?.id !== event.id) return;
    const recipient = replyRecipient(mail.data, story.ownerEmail);
    if (recipient.kind === 'unreachable') return askWithoutAddress(story, mail);
    if (recipient.kind === 'person') await proposeReply(story, await material(story, event, mail, recipient.mailbox));
  }

  /** The owner answered a question or sent a draft back with their own words. A mail that was erased meanwhile is answered by nobody. */
  @On(ApprovalAccepted)
  async draftAnew(event: EventOf<typeof ApprovalAccepted>, story: Story): Promise<void> {
    const { decision, proposedBy, response = '' } = event.data;
    if (decision !== 'respond' || proposedBy !== 'correspondence' || response.trim() === '' || response === NO_ANSWER) return;
    const triaged = await firstTriaged(story);
    const mail = triaged && (await mailOf(story, triaged));
    const recipient = mail && replyRecipient(mail.data, story.ownerEmail);
    if (!triaged || !mail || recipient?.kind !== 'person') return;
    await proposeReply(story, await material(story, triaged, mail, recipient.mailbox), { words: response, source: event.id });
  }
}

interface Guidance {
  readonly words: string;
  readonly source: string;
}

async function proposeReply(story: Story, known: DraftMaterial, guidance?: Guidance): Promise<void> {
  const { mail, recipient, triage } = known;
  const result = await story.ask(DraftReply, draftInput(known, guidance?.words));
  if (result.kind === 'declined') return askForWords(story, known, result.reason);
  const { body, citations } = result.answer;
  story.propose(EmailSend, {
    args: { to: [recipient.address], subject: replySubject(mail.data.subject), body, ...threadHeaders(mail.data) },
    rationale: `Answers ${nameOf(recipient)}: ${triage.what || mail.data.subject}`,
    evidence: citations.map((fact) => cited(fact, mail.id, guidance?.source)),
    basis: result,
    subject: personSubject(recipient.address),
  });
}

function askForWords(story: Story, { mail, recipient, triage }: DraftMaterial, reason: string): void {
  story.askOwner(`What should the answer to "${mail.data.subject || '(no subject)'}" from ${nameOf(recipient)} say?`, {
    context: `${reason}\n\n${mail.data.text.slice(0, 4_000)}`,
    options: [NO_ANSWER],
    evidence: [{ claim: triage.what || 'The mail', source: mail.id, span: triage.what, grounds: 'inferred' }],
  });
}

function askWithoutAddress(story: Story, mail: Mail): void {
  const { subject, from, text } = mail.data;
  story.askOwner(`"${subject || '(no subject)'}" from ${from.name || 'an unknown sender'} has no address that can be answered. Do you know how to reach them?`, {
    context: text.slice(0, 4_000),
    options: [NO_ANSWER],
  });
}

/** One mail is answered once: on the first word about what kind of mail it is. */
async function firstTriaged(story: Story, emailEventId?: string): Promise<Triaged | undefined> {
  const all = await story.recallEvents(EmailTriaged, { correlationId: story.correlationId });
  return all.filter(({ data }) => data.emailEventId === (emailEventId ?? data.emailEventId)).at(-1);
}

async function mailOf(story: Story, { data }: Triaged): Promise<Mail | undefined> {
  const mails = await story.recallEvents(EmailReceived, { correlationId: story.correlationId });
  return mails.find(({ id }) => id === data.emailEventId);
}

async function material(story: Story, { data }: Triaged, mail: Mail, recipient: Mailbox): Promise<DraftMaterial> {
  return { mail, recipient, triage: data.triage, facts: await factsAbout(story, recipient, mail) };
}

/** What earlier stories say about the person; not this mail itself. */
async function factsAbout(story: Story, { address }: Mailbox, mail: Mail): Promise<Fact[]> {
  const episodes = await story.recall({ entity: personSubject(address), types: FACT_EVENTS.map(({ type }) => type), limit: 20 });
  return knownFacts(episodes.filter(({ event }) => event.id !== mail.id));
}

function nameOf({ name, address }: Mailbox): string {
  return name || address;
}

/** The engine knows the mail it answers as `mail` and the owner's words as `owner`; everybody else knows them by their events. */
function cited(fact: Fact, mailId: string, guidanceId: string | undefined): Evidence {
  const source = { mail: mailId, owner: guidanceId }[fact.source] ?? fact.source;
  return { ...fact, source, grounds: fact.span ? 'sourced' : 'uncited' };
}
