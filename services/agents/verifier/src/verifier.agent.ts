import { Agent, On, type Story } from '@troupe/agent-kit';
import { ActionFlagged, ActionProposed, ActionVerified, type EventOf } from '@troupe/contracts';
import { checkProposal } from './check-proposal.ts';

/** Reads each proposal against its sources. It has no opinion and asks no model: what is not in a cited source is named. */
@Agent({
  name: 'verifier',
  version: '1.0.0',
  purpose: 'Checks that a proposal says only what its sources say.',
  emits: [ActionVerified, ActionFlagged],
  mayPropose: [],
})
export class VerifierAgent {
  @On(ActionProposed)
  async verify(event: EventOf<typeof ActionProposed>, story: Story): Promise<void> {
    const { actionId, digest } = event.data;
    const ownStory = await story.recall({ correlationId: story.correlationId, limit: 200 });
    const cited = await citedElsewhere(event, story, ownStory.map(({ event: { id } }) => id));
    const checks = checkProposal(event.data, [...ownStory, ...cited].map((episode) => episode.event));
    if (checks.every(({ passed }) => passed)) story.emit(ActionVerified, { actionId, digest, checks });
    else story.emit(ActionFlagged, { actionId, digest, checks });
  }
}

/** Sources of other stories: what memory says about the same person or customer. */
async function citedElsewhere({ data, subject }: EventOf<typeof ActionProposed>, story: Story, known: readonly string[]) {
  const sources = new Set(data.evidence.map(({ source }) => source).filter((source) => !known.includes(source)));
  if (sources.size === 0 || subject === undefined) return [];
  const episodes = await story.recall({ subject, limit: 200 });
  return episodes.filter(({ event }) => sources.has(event.id));
}
