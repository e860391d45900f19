import { ActionCatalogue, actionProblems, findAction } from './action-catalogue.ts';
import { BillingPauseCollection } from './billing-pause-collection.action.ts';
import { EmailLabel } from './email-label.action.ts';

const mail = { to: ['ana@example.com'], subject: 'Hello', body: 'Text' };

describe('the action catalogue', () => {
  it('has each type once, with its tier and reversibility', () => {
    const rows = ActionCatalogue.map(({ type, tier, reversibility }) => [type, tier, reversibility]);
    expect(rows).toEqual([
      ['email.send', 'T2', 'irreversible'],
      ['email.label', 'T1', 'reversible'],
      ['billing.send_invoice_reminder', 'T2', 'irreversible'],
      ['billing.pause_collection', 'T3', 'reversible'],
      ['billing.resume_collection', 'T3', 'irreversible'],
      ['billing.refund', 'T3', 'irreversible'],
      ['owner.ask', 'T0', 'reversible'],
      ['story.release', 'T3', 'irreversible'],
    ]);
  });

  it('names for every compensation an action of the catalogue whose arguments it fits', () => {
    const compensated = [
      EmailLabel.compensation?.args({ messageId: '<a@b>', add: ['spam'], remove: ['sales'] }),
      BillingPauseCollection.compensation?.args({ subscriptionId: 'sub_1', behavior: 'void' }),
    ];
    expect(compensated).toEqual([{ messageId: '<a@b>', add: ['sales'], remove: ['spam'] }, { subscriptionId: 'sub_1' }]);
    for (const { compensation } of ActionCatalogue) if (compensation) expect(findAction(compensation.type)).toBeDefined();
    expect(actionProblems({ type: 'email.label', args: compensated[0] })).toEqual([]);
    expect(actionProblems({ type: 'billing.resume_collection', args: compensated[1] })).toEqual([]);
  });

  it('renders every argument of an action as a field, or keeps it as a header', () => {
    const hidden = new Set(['inReplyTo', 'references']);
    for (const action of ActionCatalogue) {
      const shown = new Set(action.fields.map(({ key }) => key));
      const keys = Object.keys((action.args as unknown as { shape: object }).shape).filter((key) => !hidden.has(key));
      expect([action.type, [...shown].sort()]).toEqual([action.type, keys.sort()]);
    }
  });

  it.each([
    ['an unknown type', { type: 'email.burn', args: {} }, /^type: "email.burn" is not in the action catalogue; use one of email.send/],
    ['a header smuggled in by the subject', { type: 'email.send', args: { ...mail, subject: 'Hi\r\nBcc: x@y.zz' } }, /^args.subject: must be a single line/],
    ['a bad recipient', { type: 'email.send', args: { ...mail, to: ['ana'] } }, /^args.to.0: must be an email address/],
    ['no recipient', { type: 'email.send', args: { ...mail, to: [] } }, /^args.to:/],
    ['an unknown argument', { type: 'email.send', args: { ...mail, bcc: ['x@y.zz'] } }, /^args.: .*bcc/],
    ['a broken Message-ID', { type: 'email.send', args: { ...mail, inReplyTo: 'a@b' } }, /^args.inReplyTo: must be a Message-ID/],
    ['a negative refund', { type: 'billing.refund', args: { chargeId: 'ch_1', amount: { amountMinor: -1, currency: 'eur' } } }, /^args.amount.amountMinor:/],
    ['half a cent', { type: 'billing.refund', args: { chargeId: 'ch_1', amount: { amountMinor: 0.5, currency: 'eur' } } }, /^args.amount.amountMinor:/],
  ])('names the field and the fix for %s', (_name, action, expected) => {
    const [problem] = actionProblems(action);
    expect(problem).toMatch(expected);
  });

  it('finds nothing wrong with a sound action', () => {
    expect(actionProblems({ type: 'email.send', args: mail })).toEqual([]);
  });
});
