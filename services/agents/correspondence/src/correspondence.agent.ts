import { Agent, On, type Story } from '@troupe/agent-kit';
import {
  ApprovalAccepted, EmailReceived, EmailSend, EmailTriaged, personSubject,
  type Episode, type EventOf, type Evidence, type MailCategory,
} from '@troupe/contracts';
import { DraftReply, draftInput, type DraftMaterial, type Fact } from './draft-reply.ts';
import { FACT_EVENTS, knownFacts } from './known-facts.ts';
import { replySubject, threadHeaders } from './threading.ts';

/** Classes of mail that a reply is drafted for; the others are for the owner alone, or for nobody. */
const ANSWERED: readonly MailCategory[] = ['support', 'billing', 'sales'];

/** Drafts replies from the mail and from what memory knows. Where neither has the answer, it asks the owner and writes down theirs. */
@Agent({
  name: 'correspondence',
  version: '1.0.0',
  purpose: 'Drafts replies to mail that expects one, or asks the owner.',
  emits: [],
  mayPropose: ['email.send', 'owner.ask'],
})
export class CorrespondenceAgent {
  @On(EmailTriaged, { concurrency: 4 })
  async draft(event: EventOf<typeof EmailTriaged>, story: Story): Promise<void> {
    const { triage, emailEventId } = event.data;
    if (!ANSWERED.includes(triage.category)) return;
    const mail = await mailOf(story, emailEventId);
    if (!mail || isFromRobot(mail)) return;
    await proposeReply(story, { mail, triage, facts: await factsAbout(story, mail) });
  }

  /** The owner answered a question or sent a draft back with their own words. */
  @On(ApprovalAccepted)
  async draftAnew(event: EventOf<typeof ApprovalAccepted>, story: Story): Promise<void> {
    const { decision, proposedBy, response } = event.data;
    if (decision !== 'respond' || proposedBy !== 'correspondence' || !response) return;
    const triaged = (await story.recall({ correlationId: story.correlationId, types: [EmailTriaged.type] }))[0];
    const { triage, emailEventId } = (triaged?.event as EventOf<typeof EmailTriaged>).data;
    const mail = await mailOf(story, emailEventId);
    if (!mail) return;
    const guidance: Fact = { claim: 'The owner said so', source: event.id, span: response.slice(0, 2_000) };
    await proposeReply(story, { mail, triage, facts: [...(await factsAbout(story, mail)), guidance], ownerGuidance: response });
  }
}

async function proposeReply(story: Story, material: DraftMaterial): Promise<void> {
  const { mail } = material;
  const result = await story.ask(DraftReply, draftInput(material));
  if (result.kind === 'declined') {
    story.askOwner(`What should the answer to "${mail.data.subject || '(no subject)'}" from ${nameOf(mail)} say?`, {
      context: `${result.reason}\n\n${mail.data.text.slice(0, 4_000)}`,
      evidence: [{ claim: material.triage.what || 'The mail', source: mail.id, span: material.triage.what, grounds: 'sourced' }],
    });
    return;
  }
  const { body, citations } = result.answer;
  story.propose(EmailSend, {
    args: { to: [(mail.data.replyTo ?? mail.data.from).address], subject: replySubject(mail.data.subject), body, ...threadHeaders(mail.data) },
    rationale: `Answers ${nameOf(mail)}: ${material.triage.what || mail.data.subject}`,
    evidence: citations.map((fact) => cited(fact, mail)),
    basis: result,
  });
}

async function mailOf(story: Story, emailEventId: string): Promise<EventOf<typeof EmailReceived> | undefined> {
  const episodes = await story.recall({ correlationId: story.correlationId, types: [EmailReceived.type] });
  return episodes.find(({ event }) => event.id === emailEventId)?.event as EventOf<typeof EmailReceived> | undefined;
}

/** What earlier stories say about the sender; not this mail itself. */
async function factsAbout(story: Story, mail: EventOf<typeof EmailReceived>): Promise<Fact[]> {
  const types = FACT_EVENTS.map(({ type }) => type);
  const episodes: readonly Episode[] = await story.recall({ subject: personSubject(mail.data.from.address), types, limit: 20 });
  return knownFacts(episodes.filter(({ event }) => event.id !== mail.id));
}

/** Robots are not answered: two of them could write to each other for ever (RFC 3834). */
function isFromRobot({ data }: EventOf<typeof EmailReceived>): boolean {
  const auto = data.headers.autoSubmitted;
  return (auto !== undefined && auto.toLowerCase() !== 'no') || /^(mailer-daemon|no-?reply|do-?not-?reply)@/i.test(data.from.address);
}

function nameOf({ data }: EventOf<typeof EmailReceived>): string {
  return data.from.name || data.from.address;
}

/** The engine knows the mail it answers as `mail`; everybody else knows it by its event. */
function cited(fact: Fact, mail: EventOf<typeof EmailReceived>): Evidence {
  return { ...fact, source: fact.source === 'mail' ? mail.id : fact.source, grounds: fact.span ? 'sourced' : 'uncited' };
}
