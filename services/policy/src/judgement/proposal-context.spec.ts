import { ActionCatalogue, type Action, type Origin } from '@troupe/contracts';
import { cardFor, comingFrom } from '../testing/card.ts';
import { proposalContext } from './proposal-context.ts';

const mail = (args: Record<string, unknown>): Action => ({
  type: 'email.send',
  args: { to: ['Ana@Example.com'], subject: 'Hi', body: 'Hello', ...args },
});
const contextOf = (action: Action, known: string[] = []) => proposalContext(cardFor(action), comingFrom('external', known));

it('counts every recipient once, whatever the case and the header', () => {
  const context = contextOf(mail({ to: ['Ana@Example.com', 'bo@example.com'], cc: ['ana@example.com'] }), ['ana@example.com']);
  expect(context).toMatchObject({
    recipients: ['ana@example.com', 'bo@example.com'], recipientCount: 2, newRecipients: ['bo@example.com'], newRecipientCount: 1,
  });
});

it('looks for secrets in every text of an action', () => {
  expect(contextOf(mail({ subject: '4242 4242 4242 4242' })).containsSecret).toBe(true);
  expect(contextOf({ type: 'billing.refund', args: { reason: '4242424242424242' } }).containsSecret).toBe(true);
  expect(contextOf(mail({})).containsSecret).toBe(false);
});

it('names the hosts a text links to, each once', () => {
  expect(contextOf(mail({ body: 'See https://Pay.example.com/a, (http://pay.example.com/b) or https://[' })).linkHosts).toEqual(['pay.example.com']);
});

it('says how much money moves, and nothing when none does', () => {
  const refund = { type: 'billing.refund', args: { chargeId: 'ch_123', amount: { amountMinor: 4_900, currency: 'eur' } } };
  expect(contextOf(refund)).toMatchObject({ tier: 'T3', amountMinor: 4_900, currency: 'eur' });
  expect(contextOf(mail({}))).not.toHaveProperty('amountMinor');
});

it('is tainted exactly when it was found to be, whatever it claims', () => {
  const tainted = (claimed: Origin, found: Origin) => proposalContext(cardFor(mail({}), { origin: claimed }), comingFrom(found)).tainted;
  expect([tainted('system', 'external'), tainted('external', 'operator'), tainted('external', 'system')]).toEqual([true, false, false]);
});

it('takes the tier from the catalogue, and has none for what the catalogue does not know', () => {
  for (const { type, tier } of ActionCatalogue) expect(contextOf({ type, args: {} }).tier).toBe(tier);
  expect(contextOf({ type: 'disk.format', args: {} }).tier).toBe('none');
});
