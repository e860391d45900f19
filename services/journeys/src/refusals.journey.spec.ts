import { eventually } from '@troupe/testkit';
import { sendMail } from './harness/mail.ts';
import { Operator, type Card } from './harness/operator.ts';
import { startWorld, type World } from './harness/world.ts';

/** What must not happen, and what is said instead. */
describe('the owner keeps the last word', () => {
  let world: World;
  let mails = 0;

  beforeAll(async () => {
    world = await startWorld({ env: { TROUPE_APPROVAL_TTL_SECONDS: '20' } });
  }, 60_000);
  afterAll(() => world?.stop(), 30_000);

  /** The held reply to a new mail. */
  async function heldReply(): Promise<Card> {
    mails += 1;
    const subject = `The export is broken, report ${mails}`;
    await sendMail(world.smtpPort, { from: 'Bo <bo@customer.example>', subject, text: 'The CSV export fails with an error. Could you please have a look?' });
    return eventually(async () => {
      const card = (await world.operator.cards('&state=held')).find(({ args }) => args['subject'] === `Re: ${subject}`);
      expect(card).toBeDefined();
      return card as Card;
    }, { timeoutMs: 30_000 });
  }

  it('a wrong token gets nowhere', async () => {
    const stranger = new Operator(world.inboxUrl, 'not-the-token-at-all');
    expect((await stranger.get('/api/actions')).status).toBe(401);
    expect((await stranger.post('/api/session', { token: 'not-the-token-at-all' })).status).toBe(401);
  });

  it('a stale digest is refused with 409, and nothing is sent', async () => {
    const card = await heldReply();
    const answer = await world.operator.decide({ id: card.id, digest: `sha256:${'0'.repeat(64)}` }, 'approve');
    expect(answer.status).toBe(409);
    expect(answer.body['type']).toBe('urn:troupe:problem:stale-digest');
    expect((await world.operator.card(card.id)).state).toBe('held');
  }, 60_000);

  it('a second decision is refused with 409', async () => {
    const card = await heldReply();
    expect((await world.operator.decide(card, 'reject', { reason: 'I will call them' })).status).toBe(200);
    const second = await world.operator.decide(card, 'approve');
    expect(second.status).toBe(409);
    expect(second.body['type']).toBe('urn:troupe:problem:already-decided');
    expect((await world.operator.card(card.id)).state).toBe('denied');
  }, 60_000);

  it('two decisions at the same moment: one counts', async () => {
    const card = await heldReply();
    const answers = await Promise.all([world.operator.decide(card, 'reject', { reason: 'no' }), world.operator.decide(card, 'approve')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  }, 60_000);

  it('an edit that policy refuses is held again, with its reasons, and nothing is sent', async () => {
    const card = await heldReply();
    const before = world.outgoing.messages.length;
    const body = 'Here is our key: sk_live_4eC39HqLyjWDarjtT1zdp7dc4eC39H';
    const answer = await world.operator.decide(card, 'edit', { args: { ...card.args, body } });
    expect(answer.status).toBe(422);
    expect(answer.body['type']).toBe('urn:troupe:problem:edit-refused');
    const held = await world.operator.card(card.id);
    expect(held.state).toBe('held');
    expect(held.policy?.reasons.join(' ')).toMatch(/secret|key/i);
    expect(world.outgoing.messages).toHaveLength(before);
  }, 60_000);

  it('an edit that breaks the catalogue names the field', async () => {
    const card = await heldReply();
    const answer = await world.operator.decide(card, 'edit', { args: { ...card.args, to: ['not an address'] } });
    expect(answer.status).toBe(422);
    expect(JSON.stringify(answer.body)).toContain('args.to.0');
  }, 60_000);

  it('an approval that comes too late is refused, and nothing runs (I8)', async () => {
    const card = await heldReply();
    await eventually(async () => expect((await world.operator.card(card.id)).state).toBe('expired'), { timeoutMs: 40_000, intervalMs: 500 });
    const answer = await world.operator.decide(card, 'approve');
    expect(answer.status).toBe(409);
    expect(answer.body['type']).toBe('urn:troupe:problem:expired');
    expect(world.outgoing.messages.filter(({ raw }) => raw.includes(String(card.args['subject'])))).toHaveLength(0);
  }, 90_000);
});
