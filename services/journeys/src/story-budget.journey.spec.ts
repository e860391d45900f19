import { eventually } from '@troupe/testkit';
import { sendMail } from './harness/mail.ts';
import type { Card } from './harness/operator.ts';
import { startWorld, type World } from './harness/world.ts';

/** A story that uses up more than it may: here its second model call is one too many. */
describe('a story that was stopped', () => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld({ env: { TROUPE_STORY_MODEL_CALLS: '1' } });
  }, 60_000);
  afterAll(() => world?.stop(), 30_000);

  /** The card that asks whether the story of a new mail may go on. */
  async function stoppedBy(subject: string): Promise<Card> {
    const known = new Set((await world.operator.cards()).map(({ id }) => id));
    await sendMail(world.smtpPort, { from: 'Bo <bo@customer.example>', subject, text: 'The CSV export fails with an error. Could you please have a look?' });
    return eventually(async () => {
      const [card] = (await world.operator.cards('&state=held')).filter(({ id, type }) => type === 'story.release' && !known.has(id));
      expect(card).toBeDefined();
      return card as Card;
    }, { timeoutMs: 30_000 });
  }

  async function told(story: string): Promise<string[]> {
    const { body } = await world.operator.get<{ items: { summary: string }[] }>(`/api/stories/${story}`);
    return body.items.map(({ summary }) => summary);
  }

  it('waits for the owner, who is told what was used up; released, it comes to its end', async () => {
    const card = await stoppedBy('The export is broken');
    expect(card.args).toMatchObject({ story: card.storyId, because: 'It has asked a model 2 times; 1 is the limit for one story.' });
    expect(card.policy).toMatchObject({ decision: 'permit_with_owner' });
    expect(await told(card.storyId)).toContain('Stopped. It has asked a model 2 times; 1 is the limit for one story.');
    const answer = await world.operator.decide(card, 'approve');
    expect(answer).toMatchObject({ status: 200, body: { state: 'answered' } });
    expect((await world.operator.decide(card, 'approve')).status).toBe(409);
    await eventually(async () => expect(await told(card.storyId)).toContain('The story goes on: it may use up as much again'));
    const reply = () => world.operator.cards(`&state=held&story=${card.storyId}`).then((cards) => cards.filter(({ type }) => type === 'email.send'));
    await eventually(async () => expect(await reply()).toHaveLength(1), { timeoutMs: 75_000, intervalMs: 500 });
  }, 120_000);

  it('refused, it stays silent', async () => {
    const card = await stoppedBy('The import is broken');
    expect(await world.operator.decide(card, 'reject', { reason: 'It is spam' })).toMatchObject({ status: 200, body: { state: 'denied' } });
    await eventually(async () => expect(await told(card.storyId)).toContain('The story stays silent: It is spam'));
    expect(world.outgoing.messages.filter(({ raw }) => raw.includes('The import is broken'))).toEqual([]);
  }, 60_000);
});
