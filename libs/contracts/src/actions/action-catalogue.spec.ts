import { z } from 'zod';
import { ActionSchema } from '../events/parts.ts';
import { ActionCatalogue, actionProblems, findAction, formUnder, inPresentForm, problemsUnder } from './action-catalogue.ts';
import { defineAction } from './action-contract.ts';
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

/** An action that has had three versions: one recipient, weight in kilograms; then in grams; then several recipients. */
const Parcel = defineAction({
  type: 'parcel.send', title: 'Send a parcel', connector: 'post', tier: 'T2', reversibility: 'irreversible', fields: [],
  version: 3,
  args: z.strictObject({ to: z.array(z.string()), weightGrams: z.int() }),
  upcasters: {
    1: (args) => ({ to: (args as { to: string }).to, weightGrams: (args as { kg: number }).kg * 1_000 }),
    2: (args) => ({ ...(args as object), to: [(args as { to: string }).to] }),
  },
});

describe('an action of another version of its contract', () => {
  it.each([
    ['none, from before they were said', { args: { to: 'ana', kg: 2 } }],
    ['1', { args: { to: 'ana', kg: 2 }, version: 1 }],
    ['2', { args: { to: 'ana', weightGrams: 2_000 }, version: 2 }],
    ['3', { args: { to: ['ana'], weightGrams: 2_000 }, version: 3 }],
  ])('is brought to the present one and checked there: %s', (_, written) => {
    const action = { type: 'parcel.send', ...written };
    expect(formUnder(Parcel, action)).toEqual({ type: 'parcel.send', version: 3, args: { to: ['ana'], weightGrams: 2_000 } });
    expect(problemsUnder(Parcel, action)).toEqual([]);
  });

  it('is not taken for another: what fits version 3 is unsound as version 2', () => {
    expect(problemsUnder(Parcel, { type: 'parcel.send', args: { to: 'ana', kg: 2 }, version: 3 })).not.toEqual([]);
    expect(problemsUnder(Parcel, { type: 'parcel.send', args: { to: ['ana'], weightGrams: 2_000 }, version: 2 })).not.toEqual([]);
  });

  it.each([4, 0, -1, 1.5, NaN])('cannot be read when it is %s, and that is the one problem', (version) => {
    const action = { type: 'parcel.send', args: { to: ['ana'], weightGrams: 2_000 }, version };
    expect(formUnder(Parcel, action)).toBeUndefined();
    expect(problemsUnder(Parcel, action)).toEqual([expect.stringMatching(/^version: parcel\.send of version .* cannot be read here, where it is of version 3; update/)]);
  });

  it('cannot be read when a step is missing', () => {
    const broken = defineAction({ ...Parcel, upcasters: { 2: (args: unknown) => args } });
    expect(formUnder(broken, { type: 'parcel.send', args: {}, version: 1 })).toBeUndefined();
  });

  it('is refused of every action of the catalogue, and of types that nobody knows there is no form', () => {
    for (const { type, version } of ActionCatalogue) expect(actionProblems({ type, args: {}, version: version + 1 })).toEqual([expect.stringMatching(/^version:/)]);
    expect(inPresentForm({ type: 'world.end', args: {} })).toBeUndefined();
  });

  it('must be a whole number from 1 to be an action at all', () => {
    const reads = [undefined, 1, 7, 0, 1.5, '1'].map((version) => ActionSchema.safeParse({ type: 'a.b', args: {}, version }).success);
    expect(reads).toEqual([true, true, true, false, false, false]);
  });
});
