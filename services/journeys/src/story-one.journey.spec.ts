import { describeWith, eventually } from '@troupe/testkit';
import { sendMail } from './harness/mail.ts';
import type { Card } from './harness/operator.ts';
import { FORMS, OWNER, startWorld, type World, type WorldOptions } from './harness/world.ts';

const QUESTION = {
  from: 'Ana Lopez <ana@customer.example>',
  subject: 'CSV export fails since yesterday',
  text: 'Hello,\n\nsince yesterday the CSV export of our March report stops with "Error 512". Could you have a look?\n\nThanks,\nAna',
  messageId: '<export-512@customer.example>',
  date: new Date('2026-01-05T09:00:00Z'),
  references: ['<earlier@customer.example>'],
};

/** Story one, from arrival to effect, the same however the services run and however often each event is delivered. */
function aCustomerWrites(options: WorldOptions): void {
  let world: World;

  beforeAll(async () => {
    world = await startWorld(options);
  }, 60_000);
  afterAll(() => world?.stop(), 30_000);

  async function replyCard(state: string): Promise<Card> {
    return eventually(async () => {
      const card = (await world.operator.cards()).find(({ type }) => type === 'email.send');
      expect(card?.state).toBe(state);
      return card as Card;
    }, { timeoutMs: 30_000 });
  }

  it('a mail becomes a card, an edit is approved, one threaded mail leaves, the card is done', async () => {
    await sendMail(world.smtpPort, QUESTION);
    const held = await replyCard('held');
    expect(held.args).toMatchObject({ to: ['ana@customer.example'], subject: 'Re: CSV export fails since yesterday' });
    expect(held.model).toMatchObject({ provider: 'offline-rules' });
    expect(held.policy).toMatchObject({ decision: 'permit_with_owner' });

    const body = 'Hello Ana,\n\nthank you, I am looking into Error 512 now.\n\nBest, the owner';
    const answer = await world.operator.decide(held, 'edit', { args: { ...held.args, body } });
    expect(answer.status).toBe(200);
    const done = await replyCard('executed');
    expect(done.digest).not.toBe(held.digest);

    expect(world.outgoing.messages).toHaveLength(1);
    const sent = world.outgoing.messages[0]?.raw ?? '';
    expect(sent).toContain('In-Reply-To: <export-512@customer.example>');
    expect(sent.replaceAll(/\r\n\s+/g, ' ')).toContain('References: <earlier@customer.example> <export-512@customer.example>');
    expect(sent).toContain(`From: ${OWNER}`);
    expect(sent).toContain('I am looking into Error 512 now.');
  }, 60_000);

  it('the same mail again changes nothing', async () => {
    await sendMail(world.smtpPort, QUESTION);
    await sendMail(world.smtpPort, { ...QUESTION, messageId: '<other@customer.example>', subject: 'A second mail to wait for' });
    const subjects = async (): Promise<unknown[]> => (await world.operator.cards()).map(({ args }) => args['subject']);
    await eventually(async () => expect(await subjects()).toContain('Re: A second mail to wait for'), { timeoutMs: 20_000 });
    const stories = new Set((await world.operator.cards()).map(({ storyId }) => storyId));
    expect(stories.size).toBe(2);
    expect(world.outgoing.messages).toHaveLength(1);
  }, 60_000);
}

describe.each(FORMS)('a customer writes: %s', (_name, options) => aCustomerWrites(options));

describeWith('nats-current', 'a customer writes: on a current nats-server', () => {
  const natsBinary = process.env['NATS_CURRENT_BIN'] ?? '';
  describe('each event once', () => aCustomerWrites({ natsBinary }));
  describe('every event delivered twice', () => aCustomerWrites({ natsBinary, deliverTwice: true }));
});

describe('undo send', () => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld({ env: { TROUPE_HOLD_SECONDS: '4' } });
  }, 60_000);
  afterAll(() => world?.stop(), 30_000);

  it('inside the hold window stops the mail for good', async () => {
    await sendMail(world.smtpPort, QUESTION);
    const held = await eventually(async () => {
      const card = (await world.operator.cards('&state=held')).find(({ type }) => type === 'email.send');
      expect(card).toBeDefined();
      return card as Card;
    }, { timeoutMs: 30_000 });
    expect((await world.operator.decide(held, 'approve')).status).toBe(200);
    expect((await world.operator.undo(held)).status).toBe(200);
    expect((await world.operator.card(held.id)).state).toBe('undone');
    await new Promise((resolve) => setTimeout(resolve, 5_500));
    expect(world.outgoing.messages).toHaveLength(0);
    expect((await world.operator.card(held.id)).state).toBe('undone');
  }, 60_000);
});
