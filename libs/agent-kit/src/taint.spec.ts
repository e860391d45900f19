import { ActionProposed, type CompleteTask, EmailReceived, EmailRefused, OwnerAsk, SubscriptionDeleted, type Episode, type Origin, type RequestOf } from '@troupe/contracts';
import { CollectingContext } from '@troupe/messaging';
import { z } from 'zod';
import { Story } from './story.ts';
import { defineTask } from './task.ts';
import { aMail, anEndedSubscription, happened } from './testing.ts';

const card = { name: 'rememberer', version: '1', purpose: 'Remembers.', emits: [EmailRefused], mayPropose: [OwnerAsk.type] };
const Ponder = defineTask({ name: 'test.ponder', version: '1', instructions: 'Ponder.', answer: z.object({ words: z.string() }) });
const failure = { code: 'too_large', retryable: false, message: 'too large', hint: 'Send less.' };

/** A run that an event of one origin began, with a memory of events of other origins. */
function run(origin: Origin, remembered: readonly Origin[]) {
  const event = happened(SubscriptionDeleted, anEndedSubscription(), { origin });
  const asked: RequestOf<typeof CompleteTask>[] = [];
  const ctx = new CollectingContext(
    { event, sequence: 9, deliveryCount: 1, signal: new AbortController().signal },
    { producer: { ...card, emits: [EmailRefused, ActionProposed] }, handler: 'rememberer.run', publish: async () => {}, now: () => 0 },
  );
  const episodes: Episode[] = remembered.map((past, index) => ({ sequence: index + 1, event: happened(EmailReceived, aMail(), { origin: past, id: `evt_${index}` }) }));
  const story = new Story(card, ctx, {
    ownerEmail: 'owner@troupe.example',
    recall: async () => episodes,
    complete: async (request) => {
      asked.push(request);
      return { kind: 'declined', reason: 'no', model: { provider: 'p', model: 'm', version: '1' } };
    },
  });
  return { story, ctx, asked };
}

/** I5: an output is as tainted as the worst its handler was given, whatever the event was that it handled. */
describe('taint passes through memory', () => {
  it.each<[Origin, Origin[], Origin]>([
    ['system', [], 'system'],
    ['system', ['system', 'operator'], 'operator'],
    ['system', ['system', 'external', 'operator'], 'external'],
    ['operator', ['external'], 'external'],
    ['external', ['system'], 'external'],
  ])('a run that %s began and that recalled %j speaks as %s', async (origin, remembered, spoken) => {
    const { story, ctx, asked } = run(origin, remembered);
    await story.recall({});
    await story.ask(Ponder, {});
    story.emit(EmailRefused, { sizeBytes: 1, failure });
    story.askOwner('Which?');
    expect(ctx.outputs.map((output) => output.origin)).toEqual([spoken, spoken]);
    expect(asked.map(({ trigger }) => trigger.origin)).toEqual([spoken]);
  });

  it('what was said before the recall is not tainted by it', async () => {
    const { story, ctx } = run('system', ['external']);
    story.emit(EmailRefused, { sizeBytes: 1, failure });
    await story.recallEvents(EmailReceived, {});
    story.emit(EmailRefused, { sizeBytes: 2, failure });
    expect(ctx.outputs.map((output) => output.origin)).toEqual(['system', 'external']);
  });
});
