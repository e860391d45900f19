import { eventually } from '@troupe/testkit';
import { sendMail } from './harness/mail.ts';
import type { Card } from './harness/operator.ts';
import { chargeRefunded, paymentFailed, postStripeEvent } from './harness/stripe.ts';
import { OWNER, startWorld, type World } from './harness/world.ts';

const FLAGGED = 'The verifier found something in it that no source says.';

/** What the agents write with the offline engine says only what its sources say, so nothing is flagged; nobody is answered in vain. */
describe('drafts and what they rest on', () => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld();
  }, 60_000);
  afterAll(() => world.stop(), 30_000);

  /** The one card that satisfies a condition, once it is there and held. */
  function heldCard(isIt: (card: Card) => boolean): Promise<Card> {
    return eventually(async () => {
      const [card, ...others] = (await world.operator.cards('&state=held')).filter(isIt);
      expect(others).toEqual([]);
      expect(card).toBeDefined();
      return card as Card;
    }, { timeoutMs: 30_000 });
  }

  const toAddress = (address: string) => (card: Card) => card.type === 'email.send' && String(card.args['to']) === address;

  it.each([
    ['Marie Dupont <marie@client.example>', 'Connexion', "Bonjour,\n\nje n'arrive pas à me connecter depuis le 14 juillet. Pouvez-vous m'aider ?\n\nCordialement,\nMarie"],
    ['Jürgen Weiß <jw@kunde.example>', 'Rechnung', 'Guten Tag,\n\nich habe die Rechnung RE-2026-0815 über 1.234,50 € vom 3. März 2026 nicht erhalten. Können Sie mir die Rechnung bitte noch einmal schicken?\n\nViele Grüße\nJürgen Weiß'],
    ['bo@shop.example', 'Refund', 'Hi, I was charged $49.00 twice on 4/3/2026 for order #123456. Please refund one of them.\n\nBo Berg'],
  ])('a reply to %s is verified', async (from, subject, text) => {
    await sendMail(world.smtpPort, { from, subject, text });
    const address = /[^ <]+@[^ >]+/.exec(from)?.[0] ?? '';
    expect((await heldCard(toAddress(address))).policy?.reasons).not.toContain(FLAGGED);
  }, 60_000);

  it('a reply may tell what billing has on record about the sender, and cites it', async () => {
    await postStripeEvent(world.gatewayUrl, paymentFailed({ attempt: 1, email: 'cy@customer.example' }));
    const letter = await heldCard(toAddress('cy@customer.example'));
    await world.operator.decide(letter, 'reject', { reason: 'They wrote themselves.' });
    await sendMail(world.smtpPort, { from: 'Cy <cy@customer.example>', subject: 'Payment', text: 'Hi,\n\nmy payment of 49.00 EUR failed. Could you send me the invoice again?\n\nCy' });
    const reply = await heldCard(toAddress('cy@customer.example'));
    expect(reply.args['body']).toContain('49.00 EUR');
    expect(reply.evidence.map(({ source }) => source)).toContain(letter.evidence[0]?.source);
    expect(reply.policy?.reasons).not.toContain(FLAGGED);
  }, 60_000);

  it('letters about payments are verified', async () => {
    await postStripeEvent(world.gatewayUrl, paymentFailed({ attempt: 3 }));
    await postStripeEvent(world.gatewayUrl, chargeRefunded());
    await eventually(async () => {
      const cards = await world.operator.cards('&state=held');
      const toAna = cards.filter(toAddress('ana@customer.example'));
      expect(toAna).toHaveLength(2);
      expect(cards.some(({ type }) => type === 'billing.pause_collection')).toBe(true);
      expect(cards.filter(({ policy }) => policy?.reasons.includes(FLAGGED))).toEqual([]);
    }, { timeoutMs: 30_000 });
  }, 60_000);

  it('what nobody knows is asked, and the answer of the owner becomes a verified draft', async () => {
    await sendMail(world.smtpPort, { from: 'Eve <eve@other.example>', subject: 'SAML', text: 'Hello, does your product support SAML single sign-on with Okta, and what does it cost for 250 users?\n\nEve' });
    const question = await heldCard(({ type }) => type === 'owner.ask');
    const response = 'Yes, SAML works with Okta. It costs 250 EUR a month from 1 May 2027, see https://acme.example/pricing.';
    expect((await world.operator.decide(question, 'respond', { response })).status).toBe(200);
    const draft = await heldCard(toAddress('eve@other.example'));
    expect(draft.args['body']).toContain('https://acme.example/pricing');
    expect(draft.policy?.reasons).not.toContain(FLAGGED);
  }, 60_000);

  it('robots and the owner themselves are labelled, not answered', async () => {
    const text = 'The export is broken. Could you have a look?';
    await sendMail(world.smtpPort, { from: 'no-reply@robot.example', subject: 'From a robot', text });
    await sendMail(world.smtpPort, { from: OWNER, subject: 'From myself', text });
    await sendMail(world.smtpPort, { from: 'last@customer.example', subject: 'The last one', text });
    await heldCard(toAddress('last@customer.example'));
    const answered = (await world.operator.cards()).map(({ args }) => String(args['to']));
    expect(answered).not.toContain('no-reply@robot.example');
    expect(answered).not.toContain(OWNER);
  }, 60_000);
});
