import { Agent, On, type Story } from '@troupe/agent-kit';
import { ActionFlagged, ActionProposed, ActionVerified, personSubject, type Envelope, type EventOf } from '@troupe/contracts';
import { checkProposal } from './check-proposal.ts';
import { recipientsOf } from './recipients.ts';

/** More than any story or person has to say; a proposal that cites something older is flagged for it. */
const MAX_EPISODES = 500;
/** Mail to more people than this is checked against its own story alone. */
const MAX_PEOPLE = 5;

/** Reads each proposal against its sources. It has no opinion and asks no model: what is not in a cited source is named. */
@Agent({
  name: 'verifier',
  version: '1.1.0',
  purpose: 'Checks that a proposal says only what its sources say.',
  emits: [ActionVerified, ActionFlagged],
  mayPropose: [],
})
export class VerifierAgent {
  @On(ActionProposed)
  async verify(event: EventOf<typeof ActionProposed>, story: Story): Promise<void> {
    const { actionId, digest } = event.data;
    const checks = checkProposal(event.data, await readableSources(event, story));
    const verdict = checks.every(({ passed }) => passed) ? ActionVerified : ActionFlagged;
    story.emit(verdict, { actionId, digest, checks });
  }
}

/** What a proposal may cite: its own story, and elsewhere what is about those it concerns. Nobody is told what is on record about others. */
async function readableSources(event: EventOf<typeof ActionProposed>, story: Story): Promise<Envelope[]> {
  const own = await story.recall({ correlationId: story.correlationId, limit: MAX_EPISODES });
  const known = new Set(own.map((episode) => episode.event.id));
  const isComplete = event.data.evidence.every(({ source }) => known.has(source));
  const entities = isComplete ? [] : concerned(event);
  const elsewhere = await Promise.all(entities.map((entity) => story.recall({ entity, limit: MAX_EPISODES })));
  return [...own, ...elsewhere.flat()].map((episode) => episode.event);
}

/**
 * Whom a letter goes to and what it is about, such as a customer, whose address may have changed. Where it goes to somebody,
 * the person it is about does not count: a sender can be made up, and the answer then goes to another.
 */
function concerned({ data, subject }: EventOf<typeof ActionProposed>): string[] {
  const people = recipientsOf(data.action.args).slice(0, MAX_PEOPLE).map(personSubject);
  const isForgeable = people.length > 0 && subject?.startsWith('person:');
  return subject === undefined || isForgeable ? people : [...people, subject];
}
